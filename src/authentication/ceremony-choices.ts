import { createHash } from 'node:crypto';
import { type CeremonyOutcome, type CeremonyParts, isAsked, stepAt } from './ceremony-deps.ts';
import { takeChallenge } from './ceremony-proofs.ts';
import { type AccountFacts, type CeremonyRules, hasFactorBeside } from './ceremony-rules.ts';
import { type Ceremony, personOf, type Standing } from './ceremony-store.ts';
import { nameOf } from './factors.ts';
import { judgePassword, type PasswordContext, type PasswordProblem } from './password-rules.ts';
import { newRecoveryCodes, recoveryCodeHash } from './recovery-codes.ts';
import { matchingStep, takeStep, totpAddress, totpUses } from './totp.ts';

export type PasswordChosen =
  | { readonly kind: 'taken' | 'stale' }
  | { readonly kind: 'unfit'; readonly problem: PasswordProblem | 'same' };

/** What a new password is judged by here. */
export const passwordContextOf = (
  parts: CeremonyParts,
  { doc }: Standing,
  facts: AccountFacts,
): PasswordContext => ({
  rules: parts.passwordRules,
  secondFactor: hasFactorBeside(doc, facts, parts),
  subject: facts.subject,
});

/** Keeps the hash of a new password until the end. It is not the one of before, which somebody else may know. */
export async function choosePassword(
  parts: CeremonyParts,
  standing: Standing,
  password: string,
): Promise<PasswordChosen> {
  const { facts, step } = await stepAt(parts, standing);
  if (step.kind !== 'password' || facts === undefined) return { kind: 'stale' };
  const { hasher, store } = parts;
  const context = passwordContextOf(parts, standing, facts);
  const { problem } = judgePassword(password, context);
  if (problem !== undefined) return { kind: 'unfit', problem };
  const present = facts.record.password?.hash;
  if (present !== undefined && (await hasher.verify(present, password))) {
    return { kind: 'unfit', problem: 'same' };
  }
  const hash = await hasher.hash(password);
  const alone = judgePassword(password, { ...context, secondFactor: false });
  const short = alone.problem === 'too_short';
  // The first of two presses stands, unless the choice of a way has made it too short.
  const stands = ({ password: chosen }: Ceremony) =>
    chosen !== undefined && (context.secondFactor || !chosen.short);
  await store.change(standing.id, (row) => ({
    ...row,
    ...(stands(row) ? {} : { password: { hash, short } }),
  }));
  return { kind: 'taken' };
}

/** What can become the second factor here: what counts as one. */
export const enrolable = ({
  rules: { second_factors },
}: CeremonyRules): { readonly totp: boolean; readonly passkey: boolean } => ({
  totp: second_factors.includes('totp'),
  passkey: second_factors.includes('passkey'),
});

/** What an authenticator app is given. */
export const secretOf = (
  { doc }: Standing,
  { subject }: AccountFacts,
): { readonly secret: string; readonly address: string } => ({
  secret: doc.secret,
  address: totpAddress(doc.secret, subject.name),
});

/** The app shows that it has the secret. */
export async function enrolTotp(
  parts: CeremonyParts,
  standing: Standing,
  code: string,
): Promise<CeremonyOutcome> {
  const { clock, storage, store } = parts;
  if ((await isAsked(parts, standing, 'enrol')) === undefined) return { kind: 'stale' };
  if (!enrolable(parts).totp) return { kind: 'stale' };
  const step = matchingStep(standing.doc.secret, code, clock.now());
  if (step === undefined) return { kind: 'refused' };
  // The code that confirms the app opens no sign-in.
  const use = { used_at: clock.now(), used_by: 'enrolment' };
  await takeStep(storage.collection(totpUses), personOf(standing.doc), step, use);
  await store.change(standing.id, (row) => ({ ...row, factor: row.factor ?? { kind: 'totp' } }));
  return { kind: 'taken' };
}

/** What the browser is asked for a new passkey. */
export async function passkeyOptions(
  { ceremony, handles }: CeremonyParts,
  { doc }: Standing,
  { subject }: AccountFacts,
  challenge: string,
): Promise<string> {
  const handle = await handles.of(personOf(doc));
  const options = { challenge, handle, userName: subject.name, known: [] };
  return JSON.stringify(await ceremony.creationOptions(options));
}

/** A passkey in the place of an app. */
export async function enrolPasskey(
  parts: CeremonyParts,
  standing: Standing,
  posted: { readonly response: string; readonly name: string },
): Promise<CeremonyOutcome> {
  if ((await isAsked(parts, standing, 'enrol')) === undefined) return { kind: 'stale' };
  if (!enrolable(parts).passkey) return { kind: 'stale' };
  const challenge = await takeChallenge(parts, standing);
  const made = challenge && (await parts.ceremony.verifyAttestation(posted.response, challenge));
  if (!made) return { kind: 'refused' };
  const factor = { kind: 'passkey', passkey: { ...made, name: nameOf(posted.name) ?? '1' } } as const;
  await parts.store.change(standing.id, (row) => ({ ...row, factor: row.factor ?? factor }));
  return { kind: 'taken' };
}

/** Recovery codes as they are shown once; `shown` names this set. */
export interface ShownCodes {
  readonly codes: readonly string[];
  readonly shown: string;
}

/** New recovery codes; those shown before in this ceremony are void. Undefined where none are asked for. */
export async function makeRecoveryCodes(
  parts: CeremonyParts,
  standing: Standing,
): Promise<ShownCodes | undefined> {
  if ((await isAsked(parts, standing, 'codes')) === undefined) return undefined;
  const person = personOf(standing.doc);
  const codes = newRecoveryCodes();
  const hashes = codes.map((code) => recoveryCodeHash(parts.recoveryHash, person, code));
  const kept = await parts.store.change(standing.id, (row) =>
    row.recovery_codes?.saved ? undefined : { ...row, recovery_codes: { hashes, saved: false } },
  );
  return kept && { codes, shown: setOf(hashes) };
}

/** The person says to have those of one set: the one that was made last, or it is not true any more. */
export async function saveRecoveryCodes(
  parts: CeremonyParts,
  standing: Standing,
  shown: string,
): Promise<CeremonyOutcome> {
  const kept = await parts.store.change(standing.id, ({ recovery_codes: codes, ...row }) =>
    codes !== undefined && setOf(codes.hashes) === shown
      ? { ...row, recovery_codes: { ...codes, saved: true } }
      : undefined,
  );
  return { kind: kept === undefined ? 'stale' : 'taken' };
}

const setOf = (hashes: readonly string[]): string =>
  createHash('sha256').update(hashes.join()).digest('base64url').slice(0, 22);

/** Another way than the one that is asked for; nothing that was proved is lost by it. */
export async function turnTo(
  parts: CeremonyParts,
  standing: Standing,
  way: 'forgot' | 'lost' | 'found',
): Promise<CeremonyOutcome> {
  const asked = await isAsked(parts, standing, 'present_password', 'second_factor', 'letter', 'counter');
  if (asked === undefined || standing.doc.goal !== 'recovery') return { kind: 'stale' };
  await parts.store.change(standing.id, ({ forgot, lost, ...row }) => ({
    ...row,
    ...(forgot || way === 'forgot' ? { forgot: true as const } : {}),
    ...(way === 'lost' || (way === 'forgot' && lost) ? { lost: true as const } : {}),
  }));
  return { kind: 'taken' };
}
