import type { HistoryEvent } from '../../audit/history.ts';
import type { AuditEvent } from '../../audit/trail.ts';
import { confirmations } from '../../authentication/devices.ts';
import type { GrantContexts } from '../../consent/grant-context.ts';
import { scopeNamed, scopeOfClaim } from '../../documents/catalogue.ts';
import { formatDate, formatMoment } from '../../messages/format.ts';
import type { Language } from '../../messages/language.ts';
import { type MessageKey, type Translate, translator } from '../../messages/translate.ts';
import { noticeKinds } from '../../subject/preferences.ts';
import { isLockCause } from '../lock-shown.ts';
import { activityKindOf } from './activity-kinds.ts';
import type { ActivityEntry, FactShown } from './page-models.ts';
import type { PortalNames } from './portal-names.ts';

export interface RowParts {
  readonly grantContexts: Pick<GrantContexts, 'find'>;
  readonly portalNames: PortalNames;
}

const texts = (event: AuditEvent, name: string): string[] => {
  const value = event.detail?.[name];
  return typeof value === 'string' ? [value] : Array.isArray(value) ? [...value] : [];
};

/** What scopes and claims are called on pages, each once; the protocol's own have no name there. */
export function namesOf(items: readonly string[], language: Language): string[] {
  const t = translator(language);
  const names = items.map((item) =>
    item === 'offline_access'
      ? t('consent.offlineTitle')
      : (scopeNamed(item) ?? scopeOfClaim(item))?.label[language],
  );
  return [...new Set(names.filter((name) => name !== undefined))];
}

/** Names of RFC 8176, and of our methods, as people call them. */
const MEANS: Readonly<Record<string, MessageKey>> = {
  pwd: 'accountActivity.method.password',
  otp: 'accountActivity.method.totp',
  pop: 'accountActivity.method.passkey',
  password: 'accountActivity.method.password',
  totp: 'accountActivity.method.totp',
  passkey: 'accountActivity.method.passkey',
  recovery_code: 'accountActivity.method.recovery_code',
  email: 'accountActivity.method.email',
  letter: 'accountActivity.method.letter',
};

const means = (names: readonly string[], t: Translate): string =>
  names.flatMap((name) => (MEANS[name] === undefined ? [] : [t(MEANS[name])])).join(', ');

type Facts = (event: AuditEvent, language: Language, parts: RowParts) => FactShown[] | Promise<FactShown[]>;

const fact = (label: string, value: string): FactShown[] => (value === '' ? [] : [{ label, value }]);

const method: Facts = (event, language) => {
  const t = translator(language);
  return fact(t('accountActivity.how'), means(texts(event, 'method'), t));
};

const completed: Facts = (event, language) => {
  const t = translator(language);
  const silent = texts(event, 'by')[0] === 'session';
  const how = means(texts(event, 'amr'), t);
  return [
    ...fact(t('accountActivity.level'), texts(event, 'acr')[0] ?? ''),
    ...fact(t('accountActivity.how'), silent ? t('accountActivity.bySession') : how),
    ...fact(t('accountActivity.opened'), namesOf(texts(event, 'opened'), language).join(', ')),
  ];
};

const given: Facts = (event, language) => {
  const t = translator(language);
  const purposes = texts(event, 'purposes').map((line): [string, string] => {
    const [scope = '', ...purpose] = line.split(' ');
    return [scope, purpose.join(' ')];
  });
  return [
    ...fact(t('accountActivity.granted'), namesOf(texts(event, 'granted'), language).join(', ')),
    ...fact(t('accountActivity.refused'), namesOf(texts(event, 'refused'), language).join(', ')),
    ...purposeFacts(purposes, language),
  ];
};

function purposeFacts(purposes: readonly (readonly [string, string])[], language: Language): FactShown[] {
  const t = translator(language);
  const lines = purposes.map(([scope, purpose]) =>
    t('accountActivity.purposeOf', { item: namesOf([scope], language)[0] ?? scope, purpose }),
  );
  return fact(t('accountActivity.purpose'), lines.join('; '));
}

const withdrawn: Facts = (event, language) => {
  const t = translator(language);
  const names = namesOf(texts(event, 'scopes'), language).join(', ');
  return fact(t('accountActivity.withdrawn'), names === '' ? t('accountActivity.everything') : names);
};

const released: Facts = async (event, language, { grantContexts }) => {
  const t = translator(language);
  const documents = texts(event, 'documents');
  const context = await grantContexts.find(texts(event, 'grant')[0] ?? '');
  const purposes = documents.flatMap((scope) => {
    const purpose = context?.purposes[scope];
    return purpose === undefined ? [] : [[scope, purpose] as const];
  });
  return [
    ...fact(t('accountActivity.documents'), namesOf(documents, language).join(', ')),
    ...purposeFacts(purposes, language),
    ...fact(t('accountActivity.how'), t('accountActivity.online')),
  ];
};

/** Why, and where an administrator did it, in whose words. */
const lockFacts: Facts = (event, language) => {
  const t = translator(language);
  const [cause = ''] = texts(event, 'cause');
  return [
    ...(isLockCause(cause) ? fact(t('accountActivity.why'), t(`locked.${cause}`)) : []),
    ...(texts(event, 'by')[0] === 'administrator'
      ? fact(t('accountActivity.how'), t('accountActivity.byAdministrator'))
      : []),
    ...fact(t('locked.reason'), texts(event, 'reason')[0] ?? ''),
  ];
};

const CONTACT_ENDS = ['owner', 'link', 'locked', 'factors_changed', 'superseded'] as const;

/** Which of the two, by whom, and why it came to nothing. */
const contactFacts: Facts = (event, language) => {
  const t = translator(language);
  const [what = ''] = texts(event, 'what');
  const cause = CONTACT_ENDS.find((one) => one === texts(event, 'cause')[0]);
  return [
    ...fact(t('accountActivity.what'), what === 'email' || what === 'phone' ? t(`contact.${what}.row`) : ''),
    ...(cause === undefined ? [] : fact(t('accountActivity.why'), t(`accountActivity.contactEnd.${cause}`))),
    ...(texts(event, 'by')[0] === 'administrator'
      ? fact(t('accountActivity.how'), t('accountActivity.byAdministrator'))
      : []),
  ];
};

const termsAccepted: Facts = (event, language) => {
  const version = texts(event, 'version')[0] ?? '';
  return fact(translator(language)('accountActivity.version'), version === '' ? '' : formatDate(version));
};

const preferencesChanged: Facts = (event, language) => {
  const t = translator(language);
  const named = (which: string) =>
    noticeKinds
      .filter((kind) => texts(event, which).includes(kind))
      .map((kind) => t(`noticePreferences.kind.${kind}`));
  return [
    ...fact(t('noticePreferences.on'), named('on').join('; ')),
    ...fact(t('noticePreferences.off'), named('off').join('; ')),
  ];
};

/** Which device, and by what it was confirmed. */
const deviceFacts: Facts = (event, language) => {
  const t = translator(language);
  const by = confirmations.find((one) => one === texts(event, 'by')[0]);
  return [
    ...fact(t('devices.device'), texts(event, 'device').join(', ')),
    ...(by === undefined ? [] : fact(t('devices.by'), t(`devices.by.${by}`))),
  ];
};

const factsOf: Readonly<Partial<Record<AuditEvent['kind'], Facts>>> = {
  'sign_in.completed': completed,
  'device.confirmed': deviceFacts,
  'device.refused': deviceFacts,
  'device.removed': deviceFacts,
  'sign_in.disowned': deviceFacts,
  'consent.given': given,
  'consent.withdrawn': withdrawn,
  'documents.released': released,
  'terms.accepted': termsAccepted,
  'preferences.changed': preferencesChanged,
  'account.locked': lockFacts,
  'account.unlocked': lockFacts,
  'account.closed': lockFacts,
  'contact.change_asked': contactFacts,
  'contact.change_cancelled': contactFacts,
  'contact.changed': contactFacts,
};

/** Events in a person's words; each portal and each grant is looked up once. */
export function entriesOf(
  { grantContexts, portalNames }: RowParts,
  language: Language,
  events: readonly HistoryEvent[],
): Promise<ActivityEntry[]> {
  const parts: RowParts = {
    grantContexts: { find: once(grantContexts.find) },
    portalNames: once((clientId: string) => portalNames(clientId, language)),
  };
  return Promise.all(events.map((event) => entryOf(event, language, parts)));
}

function once<T>(read: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const begun = new Map<string, Promise<T>>();
  return (key) => {
    const reading = begun.get(key) ?? read(key);
    begun.set(key, reading);
    return reading;
  };
}

/** Throws for a kind that is not shown. */
async function entryOf(
  { event, at }: HistoryEvent,
  language: Language,
  parts: RowParts,
): Promise<ActivityEntry> {
  const kind = activityKindOf(event);
  if (kind === undefined) throw new Error(`an event "${event.kind}" is not shown`);
  const portal = event.relying_party && (await parts.portalNames(event.relying_party, language));
  return {
    when: formatMoment(at),
    title: translator(language)(kind.title),
    state: kind.caution ? 'caution' : 'plain',
    ...(portal ? { portal } : {}),
    facts: await (factsOf[event.kind] ?? method)(event, language, parts),
  };
}
