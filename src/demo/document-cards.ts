import { scopeNamed } from '../documents/catalogue.ts';
import type { DocumentScope } from '../documents/scope.ts';
import { formatMoment } from '../messages/format.ts';
import type { Language } from '../messages/language.ts';
import { portalText } from './portal-sentences.ts';
import { type Fact, shownValue } from './shown-value.ts';

/** One released record, or the reason why there is none. */
export interface DocumentCard {
  readonly title: string;
  readonly state: 'valid' | 'expired' | 'revoked' | 'missing';
  readonly stateText: string;
  /** Set instead of facts about the paper. */
  readonly reason?: string;
  readonly facts: readonly Fact[];
  /** The registry that answers for it. */
  readonly issuer: string;
  /** dd/mm/yyyy hh:mm: when the registry was last asked. */
  readonly asOf?: string;
}

export interface DocumentSections {
  readonly cards: readonly DocumentCard[];
  /** Labels of documents that were asked for and not agreed to: their claims are absent. */
  readonly withheld: readonly string[];
}

type Released = Readonly<Record<string, unknown>>;

const states = ['valid', 'expired', 'revoked'] as const;
const reasons = ['not_issued', 'registry_unavailable'] as const;
const paperFields = ['number', 'issued_at', 'expires_at'] as const;
const isRecord = (value: unknown): value is Released =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function sourceOf(document: DocumentScope, released: Released, language: Language) {
  // The registry travels by id; its name of today is in the catalogue.
  const issuer =
    released.issuer === document.issuer.id ? document.issuer[language] : String(released.issuer ?? '');
  const moment = Date.parse(String(released.synced_at));
  return { issuer, ...(Number.isNaN(moment) ? {} : { asOf: formatMoment(moment) }) };
}

function factsOf(document: DocumentScope, released: Released, language: Language): readonly Fact[] {
  const paper = paperFields.flatMap((name) =>
    released[name] === undefined ? [] : [[name, released[name]] as const],
  );
  const data = isRecord(released.data) ? released.data : {};
  const shown = shownValue({ ...Object.fromEntries(paper), ...data }, language, document.fields);
  return shown.kind === 'facts' ? shown.facts : [];
}

function cardOf(document: DocumentScope, released: Released, language: Language): DocumentCard {
  const t = portalText(language);
  const shared = { title: document.label[language], ...sourceOf(document, released, language) };
  const reason = reasons.find((known) => known === released.unavailable);
  if (reason !== undefined) {
    const stateText = t('state.missing');
    return { ...shared, state: 'missing', stateText, reason: t(`unavailable.${reason}`), facts: [] };
  }
  const state = states.find((known) => known === released.status) ?? 'missing';
  return { ...shared, state, stateText: t(`state.${state}`), facts: factsOf(document, released, language) };
}

/** Cards for the document claims of UserInfo, in the order of the scopes that were requested. */
export function documentSections(
  userInfo: Released,
  scopes: readonly string[],
  language: Language,
): DocumentSections {
  const asked = scopes.map(scopeNamed).filter((scope) => scope?.kind === 'document');
  const claimed = (document: DocumentScope) => {
    const value = userInfo[document.claim];
    return Array.isArray(value) ? value.filter(isRecord) : [];
  };
  return {
    cards: asked.flatMap((document) =>
      claimed(document).map((released) => cardOf(document, released, language)),
    ),
    withheld: asked.flatMap((document) =>
      userInfo[document.claim] === undefined ? [document.label[language]] : [],
    ),
  };
}
