import type { AuditEvent, AuditKind } from '../../audit/trail.ts';
import type { MessageKey } from '../../messages/translate.ts';

/** By what people look for: the filters of the list. */
export const activityGroups = [
  'sign_in',
  'refused',
  'consent',
  'withdrawal',
  'documents',
  'security',
] as const;
export type ActivityGroup = (typeof activityGroups)[number];

interface ActivityKind {
  readonly group: ActivityGroup;
  readonly title: MessageKey;
  /** Worth a second look: it may have been somebody else. */
  readonly caution?: true;
}

/** What of the trail a person is shown; an event of a kind that is not here is not about the person. */
const kinds: Readonly<Partial<Record<AuditKind, ActivityKind>>> = {
  'sign_in.completed': { group: 'sign_in', title: 'accountActivity.event.sign_in.completed' },
  'sign_in.proved': { group: 'sign_in', title: 'accountActivity.event.sign_in.proved' },
  'sign_in.refused': { group: 'refused', title: 'accountActivity.event.sign_in.refused', caution: true },
  'sign_in.throttled': { group: 'refused', title: 'accountActivity.event.sign_in.throttled', caution: true },
  'sign_in.account_unavailable': {
    group: 'refused',
    title: 'accountActivity.event.sign_in.account_unavailable',
    caution: true,
  },
  'consent.given': { group: 'consent', title: 'accountActivity.event.consent.given' },
  'consent.refused': { group: 'consent', title: 'accountActivity.event.consent.refused' },
  'consent.withdrawn': { group: 'withdrawal', title: 'accountActivity.event.consent.withdrawn' },
  'terms.accepted': { group: 'consent', title: 'accountActivity.event.terms.accepted' },
  'preferences.changed': { group: 'security', title: 'accountActivity.event.preferences.changed' },
  'documents.released': { group: 'documents', title: 'accountActivity.event.documents.released' },
  'passkey.enrolled': { group: 'security', title: 'accountActivity.event.passkey.enrolled' },
  'passkey.renamed': { group: 'security', title: 'accountActivity.event.passkey.renamed' },
  'passkey.removed': { group: 'security', title: 'accountActivity.event.passkey.removed' },
  'passkey.clone_suspected': {
    group: 'refused',
    title: 'accountActivity.event.passkey.clone_suspected',
    caution: true,
  },
  'totp.enrolled': { group: 'security', title: 'accountActivity.event.totp.enrolled' },
  'totp.removed': { group: 'security', title: 'accountActivity.event.totp.removed' },
  'recovery_codes.issued': { group: 'security', title: 'accountActivity.event.recovery_codes.issued' },
  'account.imported': { group: 'security', title: 'accountActivity.event.account.imported' },
  'identification_letter.issued': {
    group: 'security',
    title: 'accountActivity.event.identification_letter.issued',
  },
  'identification_letter.refused': {
    group: 'refused',
    title: 'accountActivity.event.identification_letter.refused',
    caution: true,
  },
  'account.locked': { group: 'security', title: 'accountActivity.event.account.locked', caution: true },
  'account.unlocked': { group: 'security', title: 'accountActivity.event.account.unlocked' },
  'account.closed': { group: 'security', title: 'accountActivity.event.account.closed', caution: true },
  'contact.change_asked': {
    group: 'security',
    title: 'accountActivity.event.contact.change_asked',
    caution: true,
  },
  'contact.change_cancelled': {
    group: 'security',
    title: 'accountActivity.event.contact.change_cancelled',
  },
  'contact.changed': { group: 'security', title: 'accountActivity.event.contact.changed' },
  'device.confirmed': { group: 'security', title: 'accountActivity.event.device.confirmed' },
  'device.refused': { group: 'refused', title: 'accountActivity.event.device.refused', caution: true },
  'device.removed': { group: 'security', title: 'accountActivity.event.device.removed' },
  'sign_in.disowned': {
    group: 'security',
    title: 'accountActivity.event.sign_in.disowned',
    caution: true,
  },
  'password.recovered': {
    group: 'security',
    title: 'accountActivity.event.password.recovered',
    caution: true,
  },
  'account.activation_sent': { group: 'security', title: 'accountActivity.event.account.activation_sent' },
  'account.activated': { group: 'security', title: 'accountActivity.event.account.activated' },
  'account.recovered': {
    group: 'security',
    title: 'accountActivity.event.account.recovered',
    caution: true,
  },
  'password.changed': { group: 'security', title: 'accountActivity.event.password.changed' },
};

/** How an event is shown; undefined for one that is not. */
export const activityKindOf = ({ kind }: Pick<AuditEvent, 'kind'>): ActivityKind | undefined => kinds[kind];
