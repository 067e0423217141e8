import type { AuditKind, AuditTrail } from '../audit/trail.ts';
import { type Clock, DAY } from '../clock/clock.ts';
import type { Language } from '../messages/language.ts';
import type { Letter } from '../outbox/letter.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { addresseeOf } from '../subject/letters.ts';
import type { Chosen } from '../subject/passkeys.ts';
import type { Subject, SubjectId } from '../subject/subject.ts';
import type { Log } from '../telemetry/log.ts';
import type { Disowning } from './disowning.ts';

/** Whose factors change. */
export interface Owner {
  readonly id: SubjectId;
  readonly subject: Subject;
  readonly language: Language;
}

/** Who changes them: the person, in a session, at a level. */
export interface Changer extends Owner, Chosen {
  /** Names the session. */
  readonly session: string;
}

export interface NoticeDependencies {
  readonly clock: Clock;
  readonly audit: AuditTrail;
  readonly outbox: Outbox;
  readonly disowning: Pick<Disowning, 'link'>;
  readonly log: Log;
}

type FactorChange = Extract<Letter, { kind: 'factor_changed' }>['values']['change'];

/** How long a letter about a change is of use. */
const OF_USE = 2 * DAY;

const inTrail = {
  passkey_added: 'passkey.enrolled',
  passkey_removed: 'passkey.removed',
  totp_added: 'totp.enrolled',
  totp_removed: 'totp.removed',
  recovery_codes_renewed: 'recovery_codes.issued',
} as const satisfies Partial<Record<FactorChange, AuditKind>>;

/** Puts a change of factors into the audit trail and into a letter, before it shows. */
export async function announceChange(
  deps: NoticeDependencies,
  owner: Owner,
  change: keyof typeof inTrail,
  detail: Readonly<Record<string, string>> = {},
): Promise<void> {
  await deps.audit.record({ kind: inTrail[change], subject: owner.id, detail });
  await writeTo(deps, owner, { kind: 'factor_changed', values: { at: deps.clock.now(), change } });
}

/** Puts into the trail that a change told of did not happen: another one came between. */
export const announceFailure = (
  { audit }: Pick<NoticeDependencies, 'audit'>,
  { id }: Owner,
  change: keyof typeof inTrail | 'password_changed',
  cause: string,
): Promise<void> => audit.record({ kind: 'factor_change.failed', subject: id, detail: { change, cause } });

/**
 * A letter to the address on record, where there is one that was confirmed, with a link for whoever it was not. One to
 * which no mail goes holds up nothing: what the letter would tell of is in the trail.
 */
export async function writeTo(
  { clock, disowning, log, outbox }: Omit<NoticeDependencies, 'audit'>,
  { id, language, subject }: Owner,
  letter: Extract<Letter, { kind: 'factor_changed' | 'password_changed' }>,
): Promise<void> {
  const to = addresseeOf(log, id, subject);
  if (to === undefined) return;
  const link = await disowning.link({ subject: id, at: letter.values.at, what: letter.kind });
  const linked: typeof letter =
    letter.kind === 'password_changed'
      ? { kind: letter.kind, values: { ...letter.values, link } }
      : { kind: letter.kind, values: { ...letter.values, link } };
  await outbox.enqueue({
    ...linked,
    to,
    language,
    subject: id,
    expiresAt: clock.now() + OF_USE,
  });
}
