import { SECOND } from '../clock/clock.ts';
import { type CeremonyOutcome, type CeremonyParts, isAsked, stepAt } from './ceremony-deps.ts';
import { isLevel2 } from './ceremony-rules.ts';
import { type Ceremony, personOf, type Standing } from './ceremony-store.ts';
import { CHALLENGE_SECONDS } from './passkey-ceremony.ts';
import { checkPassword } from './prove-password.ts';
import type { SecondFactors } from './reach.ts';

const note = async (
  { store }: CeremonyParts,
  { id }: Standing,
  proved: Partial<Ceremony>,
): Promise<CeremonyOutcome> => {
  await store.change(id, (row) => ({ ...row, ...proved }));
  return { kind: 'taken' };
};

/** The code of the letter that was handed over face to face. It stays good until the end. */
export async function proveLetter(
  parts: CeremonyParts,
  standing: Standing,
  typed: string,
): Promise<CeremonyOutcome> {
  if ((await isAsked(parts, standing, 'letter')) === undefined) return { kind: 'stale' };
  const outcome = await parts.identificationLetters.prove(personOf(standing.doc), typed);
  if (outcome.kind === 'throttled') return outcome;
  if (outcome.kind !== 'proved') return { kind: outcome.kind === 'over' ? 'stale' : 'refused' };
  return note(parts, standing, { letter: outcome.letter });
}

/** The password that the account has. Guesses count as at a sign-in. */
export async function provePresentPassword(
  parts: CeremonyParts,
  standing: Standing,
  typed: { readonly password: string; readonly address: string },
): Promise<CeremonyOutcome> {
  const { facts, step } = await stepAt(parts, standing);
  if (step.kind !== 'present_password' || facts === undefined) return { kind: 'stale' };
  const found = { id: personOf(standing.doc), subject: facts.subject };
  const number = facts.subject.personal_number;
  const checked = await checkPassword(parts, { ...typed, number, found });
  if (checked.kind === 'throttled') return checked;
  if (checked.kind === 'refused') return { kind: 'refused' };
  return note(parts, standing, { present_password: true });
}

/** A code of the second factor; `normalized`, as a sign-in takes it. */
export async function proveSecondCode(
  parts: CeremonyParts,
  standing: Standing,
  {
    address,
    code,
    way,
  }: {
    readonly way: Exclude<keyof SecondFactors, 'passkey'>;
    readonly code: string;
    readonly address: string;
  },
): Promise<CeremonyOutcome> {
  const step = await isAsked(parts, standing, 'second_factor');
  if (!step?.ways[way]) return { kind: 'stale' };
  const attempt = { subject: personOf(standing.doc), code, signIn: standing.id, address };
  const { signIn } = parts;
  const outcome = await (way === 'totp' ? signIn.proveTotp(attempt) : signIn.proveRecoveryCode(attempt));
  if (outcome.kind === 'throttled') return outcome;
  if (outcome.kind === 'refused') return { kind: 'refused' };
  return note(parts, standing, { second_factor: way === 'totp' ? 'totp' : 'recovery_code' });
}

/** A passkey of the person's. Of level 2 it has to be one that carries level 2. */
export async function proveSecondPasskey(
  parts: CeremonyParts,
  standing: Standing,
  { address, response }: { readonly response: string; readonly address: string },
): Promise<CeremonyOutcome> {
  const { facts, step } = await stepAt(parts, standing);
  if (step.kind !== 'second_factor' || !step.ways.passkey || facts === undefined) return { kind: 'stale' };
  const challenge = await takeChallenge(parts, standing);
  const expected = personOf(standing.doc);
  const outcome = await parts.signIn.provePasskey({ response, challenge, expected, address });
  if (outcome.kind === 'throttled') return outcome;
  if (outcome.kind === 'refused') return { kind: 'refused' };
  // An account that its owner may unlock is not open yet: the passkey is right all the same.
  const used = parts.ceremony.readAssertion(response)?.id;
  const passkey = facts.record.passkeys?.find(({ id }) => id === used);
  const counts = passkey !== undefined && (!passkey.at_level_1 || !isLevel2(facts.subject, parts));
  return counts ? note(parts, standing, { second_factor: 'passkey' }) : { kind: 'refused' };
}

/** What a passkey has to sign here. With less than half its time left a new one is made. */
export async function challengeOf(
  { ceremony, clock, store }: CeremonyParts,
  { doc, id }: Standing,
): Promise<{ readonly value: string; readonly seconds: number }> {
  const half = (CHALLENGE_SECONDS * SECOND) / 2;
  const fresh = { value: ceremony.newChallenge(), until: clock.now() + CHALLENGE_SECONDS * SECOND };
  const early = doc.challenge !== undefined && doc.challenge.until - clock.now() > half;
  const given = early ? doc.challenge : fresh;
  if (given === fresh) await store.change(id, (row) => ({ ...row, challenge: fresh }));
  return { value: given.value, seconds: Math.floor((given.until - clock.now()) / SECOND) };
}

/** The challenge, for the one answer that there can be. */
export async function takeChallenge(
  { clock, store }: CeremonyParts,
  { id }: Standing,
): Promise<string | undefined> {
  const taken: { challenge?: Ceremony['challenge'] } = {};
  await store.change(id, ({ challenge, ...row }) => {
    taken.challenge = challenge;
    return row;
  });
  return taken.challenge && taken.challenge.until > clock.now() ? taken.challenge.value : undefined;
}
