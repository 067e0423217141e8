import { epochSeconds } from '../clock/clock.ts';
import type { Collection } from '../storage/contract.ts';
import type { SubjectId } from '../subject/subject.ts';
import { proofOf } from './assurance.ts';
import {
  addressBudget,
  type Budget,
  type ProofDependencies,
  refused,
  type SecondFactorOutcome,
  throttled,
} from './attempt.ts';
import { writeTo } from './factor-change.ts';
import { recoveryCodeHash } from './recovery-codes.ts';
import { matchingStep, type TotpUse, takeStep } from './totp.ts';

/** A code typed after the first factor; `signIn` names the sign-in. */
export interface CodeAttempt {
  readonly subject: SubjectId;
  readonly code: string;
  readonly signIn: string;
  readonly address: string;
}

/** The one-time code of a generator: six digits. */
export const proveTotp = (
  deps: ProofDependencies,
  uses: Collection<TotpUse>,
  attempt: CodeAttempt,
): Promise<SecondFactorOutcome> => proveCode(deps, attempt, 'totp', () => takeTotp(deps, uses, attempt));

/** One of the recovery codes that stand in for a lost factor. */
export const proveRecoveryCode = (
  deps: ProofDependencies,
  attempt: CodeAttempt,
): Promise<SecondFactorOutcome> => {
  const { code, subject } = attempt;
  return proveCode(deps, attempt, 'recovery_code', async () => {
    const hash = recoveryCodeHash(deps.recoveryHash, subject, code);
    if ((await deps.credentials.takeRecoveryCode(subject, hash)) === undefined) return false;
    const owner = await deps.directory.get(subject);
    const values = { at: deps.clock.now(), change: 'recovery_code_used' } as const;
    // Whoever lost such a code learns it from this letter alone, so it is written before the code opens anything.
    if (owner)
      await writeTo(
        deps,
        { id: subject, subject: owner, language: 'vi' },
        { kind: 'factor_changed', values },
      );
    return true;
  });
};

/** Codes of both kinds have one budget: whoever may guess six at one may not guess six more at the other. */
async function proveCode(
  deps: ProofDependencies,
  { subject, address }: CodeAttempt,
  method: 'totp' | 'recovery_code',
  take: () => Promise<boolean>,
): Promise<SecondFactorOutcome> {
  const { audit, clock, keyedHash, throttle, windows } = deps;
  const byAddress = addressBudget(deps, 'totp', address, windows.totp_address);
  const fromAddress = await throttle.take(...byAddress);
  if (!fromAddress.allowed) return throttled(audit, fromAddress, method);
  const byAccount: Budget = ['totp:account', keyedHash(subject), windows.totp_account];
  const onAccount = await throttle.take(...byAccount);
  if (!onAccount.allowed) {
    const held = await throttled(audit, onAccount, method, subject);
    if (onAccount.crossed) await lockIfUsedUp(deps, subject, byAccount);
    return held;
  }
  if (!(await take())) return refused(audit, method, subject);
  await Promise.all([throttle.forget(...byAccount), throttle.giveBack(...byAddress)]);
  await audit.record({ kind: 'sign_in.proved', subject, detail: { method } });
  return { kind: 'proved', proof: proofOf(method, epochSeconds(clock)) };
}

/**
 * Whoever guesses at a code knows the password. When the longest window has refused for the first time, the account is
 * locked, and from then on the lock holds instead of the window: its way out asks for a code of the owner's.
 */
async function lockIfUsedUp(
  { locks, throttle }: ProofDependencies,
  subject: SubjectId,
  [kind, key, windows]: Budget,
): Promise<void> {
  const longest = Math.max(...windows.map(({ seconds }) => seconds));
  const long = windows.filter(({ seconds }) => seconds === longest);
  if ((await throttle.peek(kind, key, long)).allowed) return;
  if ((await locks.lock(subject, 'too_many_failures')) === 'done') await throttle.forget(kind, key, windows);
}

async function takeTotp(
  { clock, credentials }: ProofDependencies,
  uses: Collection<TotpUse>,
  { subject, code, signIn }: CodeAttempt,
): Promise<boolean> {
  const enrolled = (await credentials.get(subject)).totp;
  const step = enrolled && matchingStep(enrolled.secret, code, clock.now());
  const use = { used_at: clock.now(), used_by: signIn };
  return step !== undefined && takeStep(uses, subject, step, use);
}
