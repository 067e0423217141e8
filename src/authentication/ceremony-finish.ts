import { DAY } from '../clock/clock.ts';
import type { Language } from '../messages/language.ts';
import type { Renewed } from '../subject/credential-renewal.ts';
import type { Subject, SubjectId } from '../subject/subject.ts';
import { type CeremonyParts, factsOf } from './ceremony-deps.ts';
import {
  type AccountFacts,
  type CeremonyEnd,
  endOf,
  isLevel2,
  nextCeremonyStep,
  OWN_LOCKS,
} from './ceremony-rules.ts';
import { type Ceremony, personOf, type Standing } from './ceremony-store.ts';
import type { DeviceWords } from './devices.ts';
import { writeTo } from './factor-change.ts';

/** The browser in which it was done, and the language of the letter about it. */
export interface FinishedIn {
  readonly device: DeviceWords & { readonly token: string };
  readonly language: Language;
  /** The terms of use were read and accepted: an activation waits for that. */
  readonly termsAccepted: boolean;
}

interface Ending extends FinishedIn {
  readonly id: SubjectId;
  readonly standing: Standing;
  readonly facts: AccountFacts;
  readonly end: CeremonyEnd;
}

/**
 * Does what the ceremony was for, where nothing is missing: in an order in which it may be cut off anywhere and done
 * again, and of which exactly one of two that race does the deciding write. False where it did not come to pass; what
 * is asked for now says why.
 */
export async function finish(parts: CeremonyParts, standing: Standing, where: FinishedIn): Promise<boolean> {
  const facts = await factsOf(parts, standing);
  const { doc } = standing;
  if (doc.goal === 'activation' && !where.termsAccepted) return false;
  if (facts === undefined || nextCeremonyStep(doc, facts, parts).kind !== 'finish') return false;
  const ending = { ...where, id: personOf(doc), standing, facts, end: endOf(doc, facts, parts) };
  const outcome = await (doc.goal === 'activation' ? activate(parts, ending) : recover(parts, ending));
  if (outcome === undefined) return false;
  await parts.store.change(standing.id, (row) => ({ ...blanked(row), finished: outcome }));
  return true;
}

/** How long the letter about it is of use. */
const OF_USE = 2 * DAY;

/** Nothing that was chosen stays behind. */
const blanked = ({ factor: _, password: __, recovery_codes: ___, ...row }: Ceremony): Ceremony => row;

async function activate(parts: CeremonyParts, ending: Ending): Promise<Ceremony['finished']> {
  const { audit, counts, devices, directory, terms } = parts;
  const { device, facts, id, standing } = ending;
  const level = isLevel2(facts.subject, parts) ? 2 : 1;
  await audit.record({ kind: 'account.activated', subject: id, detail: { level: String(level) } });
  await tellActivated(parts, ending);
  if (!(await renewed(parts, ending))) return undefined;
  await terms.accept(id);
  await devices.remember(id, device.token, device, 'activation');
  let won = false;
  const written = await directory.update(id, (subject) => {
    won = subject.status.kind === 'not_activated';
    return won
      ? { ...subject, ...proved(subject, standing.doc.address), status: { kind: 'active' } }
      : subject;
  });
  if (written?.status.kind !== 'active') return undefined;
  if (won) await counts.activated(id, written);
  return 'activated';
}

/** The address that the ceremony began with is proved, and no other that came between. */
const proved = ({ email }: Subject, address: string | undefined): Partial<Subject> =>
  email === undefined || email.address !== address ? {} : { email: { ...email, verified: true } };

async function tellActivated(
  { clock, outbox }: CeremonyParts,
  { facts, id, language }: Ending,
): Promise<void> {
  const { email, name } = facts.subject;
  if (email === undefined) return;
  await outbox.enqueue({
    kind: 'account_activated',
    values: { at: clock.now() },
    to: { address: email.address, name },
    language,
    subject: id,
    expiresAt: clock.now() + OF_USE,
  });
}

async function recover(parts: CeremonyParts, ending: Ending): Promise<Ceremony['finished']> {
  const { device, end, id } = ending;
  if (end.kind === 'renew') {
    await tell(parts, ending, end);
    // Also before: a process that dies after the write leaves nothing of whoever was in until then.
    await endOld(parts, id);
    if (!(await renewed(parts, ending))) return undefined;
    await endOld(parts, id);
  }
  await parts.devices.remember(id, device.token, device, 'recovery');
  if (!(await opened(parts, ending))) return undefined;
  return end.kind === 'renew' ? 'recovered' : 'unlocked';
}

/** Whoever got in before was perhaps on one of the known devices. */
async function endOld({ devices, endSessions }: CeremonyParts, id: SubjectId): Promise<void> {
  await endSessions(id);
  await devices.removeAll(id);
}

/** Ends the lock that was seen, and none that came between; whether the account is open now. */
async function opened(
  { directory, locks }: CeremonyParts,
  { facts: { subject }, id }: Ending,
): Promise<boolean> {
  const { status } = subject;
  if (status.kind === 'locked') {
    const seen = OWN_LOCKS.filter((cause) => cause === status.cause);
    if ((await locks.unlock(id, seen, 'owner')) === 'done') return true;
  }
  return (await directory.get(id))?.status.kind === 'active';
}

/** The trail and the letters know of it before it shows. */
async function tell(
  parts: CeremonyParts,
  { facts, id, language, standing: { doc } }: Ending,
  { factors }: Extract<CeremonyEnd, { kind: 'renew' }>,
): Promise<void> {
  const { audit, clock } = parts;
  const owner = { id, subject: facts.subject, language };
  const values = { at: clock.now() };
  if (factors === 'replaced') await audit.record({ kind: 'account.recovered', subject: id });
  const detail = { method: factors === 'replaced' ? 'letter' : (doc.second_factor ?? 'email') };
  await audit.record({ kind: 'password.recovered', subject: id, detail });
  await writeTo(parts, owner, { kind: 'password_changed', values });
  if (factors === 'replaced')
    await writeTo(parts, owner, {
      kind: 'factor_changed',
      values: { ...values, change: 'factors_replaced' },
    });
}

/** Uses the letter up and writes the credentials; false, and said in the trail, where another one came before. */
async function renewed(parts: CeremonyParts, { end, id, standing }: Ending): Promise<boolean> {
  const { audit, credentials, identificationLetters } = parts;
  const { doc } = standing;
  const { letter, password, stamp } = doc;
  if (end.kind !== 'renew' || password === undefined || stamp === undefined) return false;
  const open = end.factors === 'kept' || (await identificationLetters.use(id, letter ?? '', standing.id));
  const factors = end.factors === 'replaced' ? { factors: factorsIn(doc) } : {};
  if (open && (await credentials.renew(id, stamp, { password, ...factors }))) return true;
  const detail = { change: doc.goal, cause: 'changed_meanwhile' };
  await audit.record({ kind: 'factor_change.failed', subject: id, detail });
  return false;
}

const factorsIn = ({ factor, recovery_codes, secret }: Ceremony): NonNullable<Renewed['factors']> => ({
  ...(factor?.kind === 'totp' ? { totp: secret } : {}),
  ...(factor?.kind === 'passkey' ? { passkey: factor.passkey } : {}),
  ...(factor && recovery_codes ? { recoveryCodes: recovery_codes.hashes } : {}),
});
