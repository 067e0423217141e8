import type { Consent } from '../../consent/consent.ts';
import { scopeNamed, scopeOfClaim } from '../../documents/catalogue.ts';
import { describeRecord } from '../../documents/describe-record.ts';
import type { Holdings } from '../../documents/holdings.ts';
import { releaseDocument } from '../../documents/release.ts';
import type { DocumentScope, Scope } from '../../documents/scope.ts';
import { formatMoment } from '../../messages/format.ts';
import type { Language } from '../../messages/language.ts';
import type { Interaction } from '../../oidc/interactions.ts';
import { purposeOf, type ScopeUse } from '../../relying-party/relying-party.ts';
import type { ConsentRow } from '../pages/page-models.ts';
import type { Person } from './next-step.ts';

/** One thing to decide about: a scope, with the single claims that were asked for without it. */
export interface Item {
  readonly scope: Scope;
  readonly use: ScopeUse;
  /** Empty: the scope itself is asked for. */
  readonly claims: readonly string[];
}

/** What the person decides about: each scope asked for, and the scopes of claims asked for singly. */
export function itemsOf({ scopes, claims, relyingParty }: Interaction): Item[] {
  const singly = new Map<string, string[]>();
  for (const claim of claims) {
    const scope = scopeOfClaim(claim)?.scope;
    if (scope !== undefined && !scopes.includes(scope))
      singly.set(scope, [...(singly.get(scope) ?? []), claim]);
  }
  return [...scopes, ...singly.keys()].flatMap((name) => {
    const scope = scopeNamed(name);
    const use = relyingParty.scopes[name];
    return scope === undefined || use === undefined ? [] : [{ scope, use, claims: singly.get(name) ?? [] }];
  });
}

/** The rows of the consent page; a document's row says what the relying party would receive today. */
export function rowsOf(
  holdings: Holdings,
  items: readonly Item[],
  person: Person,
  standing: Consent | undefined,
  language: Language,
  now: number,
): Promise<ConsentRow[]> {
  return Promise.all(
    items.map(async (item) => ({
      ...plainRow(item, standing, language),
      ...(item.scope.kind === 'document'
        ? { document: await documentOf(holdings, item.scope, person, language, now) }
        : {}),
    })),
  );
}

function plainRow(
  { scope, use, claims }: Item,
  standing: Consent | undefined,
  language: Language,
): ConsentRow {
  return {
    scope: scope.scope,
    label: scope.label[language],
    fields: fieldLabels(scope, claims, language),
    required: use.required,
    purpose: purposeOf(use)[language],
    ...(use.legal_basis === undefined ? {} : { legalBasis: use.legal_basis }),
    sensitive: scope.sensitive,
    agreedBefore: standing?.granted.includes(scope.scope) ?? false,
  };
}

/** What a row hands over; a single claim without a name of its own stands under the whole scope's. */
function fieldLabels(scope: Scope, claims: readonly string[], language: Language): string[] {
  const named = scope.fields.filter(({ name }) => claims.includes(name));
  return (named.length > 0 ? named : scope.fields).map(({ label }) => label[language]);
}

async function documentOf(
  holdings: Holdings,
  scope: DocumentScope,
  { id, subject }: Person,
  language: Language,
  now: number,
): Promise<NonNullable<ConsentRow['document']>> {
  const holding = await holdings.get(id, scope.scope);
  return {
    issuer: scope.issuer[language],
    ...(holding === undefined ? {} : { syncedAt: formatMoment(Date.parse(holding.synced_at)) }),
    records: releaseDocument(scope, holding, subject, now).map((record) =>
      describeRecord(scope, record, language),
    ),
  };
}
