import { epochSeconds } from '../clock/clock.ts';
import { type Chosen, mark } from '../subject/passkeys.ts';
import type { SubjectId } from '../subject/subject.ts';
import { proofOf } from './assurance.ts';
import {
  addressBudget,
  type FirstFactorOutcome,
  firstFactorProved,
  type ProofDependencies,
  refused,
  throttled,
} from './attempt.ts';
import type { Assertion } from './passkey-ceremony.ts';
import type { PasskeyHandles } from './passkey-handles.ts';

export interface PasskeyAttempt {
  /** The browser's answer, as it was posted. */
  readonly response: string;
  /** The challenge that was given out, taken so that it answers once; undefined where there is none to answer. */
  readonly challenge: string | undefined;
  /** Whose passkey it has to be, where somebody is known already. */
  readonly expected?: SubjectId | undefined;
  readonly address: string;
}

/** A passkey: whose it is, is what the authenticator says, and counts once the signature is that person's. */
export async function provePasskey(
  deps: ProofDependencies,
  handles: PasskeyHandles,
  { response, challenge, expected, address }: PasskeyAttempt,
): Promise<FirstFactorOutcome> {
  const { audit, ceremony, keyedHash, throttle, windows } = deps;
  const byAddress = addressBudget(deps, 'passkey', address, windows.passkey_address);
  const fromAddress = await throttle.take(...byAddress);
  if (!fromAddress.allowed) return throttled(audit, fromAddress, 'passkey');
  const assertion = ceremony.readAssertion(response);
  const id = assertion && (await handles.holder(assertion.response.userHandle));
  if (id === undefined) return refused(audit, 'passkey');
  const byAccount = ['passkey:account', keyedHash(id), windows.passkey_account] as const;
  const onAccount = await throttle.take(...byAccount);
  if (!onAccount.allowed) return throttled(audit, onAccount, 'passkey', id);

  const judged = await judge(deps, id, assertion, { challenge, expected });
  const subject = judged.cause === undefined ? await deps.directory.get(id) : undefined;
  if (subject === undefined) return refused(audit, 'passkey', id, judged.cause);
  await Promise.all([throttle.forget(...byAccount), throttle.giveBack(...byAddress)]);
  const proof = { ...proofOf('passkey', epochSeconds(deps.clock)), ...mark(judged) };
  return firstFactorProved(deps, { id, subject }, proof);
}

interface Judged extends Chosen {
  readonly cause?: string;
}

const against = (cause: string): Judged => ({ cause, atLevel1: false });

/** What speaks against an answer; where nothing does, its use is noted. */
async function judge(
  { audit, ceremony, credentials }: ProofDependencies,
  id: SubjectId,
  assertion: Assertion | undefined,
  { challenge, expected }: Pick<PasskeyAttempt, 'challenge' | 'expected'>,
): Promise<Judged> {
  if (challenge === undefined) return against('challenge_over');
  const passkey = (await credentials.get(id)).passkeys?.find((one) => one.id === assertion?.id);
  if (assertion === undefined || passkey === undefined) return against('unknown_passkey');
  const counter = await ceremony.verifyAssertion(assertion, challenge, passkey);
  if (counter === undefined) return against('not_verified');
  if (expected !== undefined && expected !== id) return against('other_person');
  const use = await credentials.usePasskey(id, passkey.id, counter);
  if (use === 'gone') return against('unknown_passkey');
  if (use === 'used') return { atLevel1: passkey.at_level_1 === true };
  await audit.record({ kind: 'passkey.clone_suspected', subject: id, detail: { name: passkey.name } });
  return against('cloned');
}
