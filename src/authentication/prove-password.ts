import { epochSeconds } from '../clock/clock.ts';
import type { Subject, SubjectId } from '../subject/subject.ts';
import { proofOf } from './assurance.ts';
import {
  addressBudget,
  type FirstFactorOutcome,
  firstFactorProved,
  type ProofDependencies,
  refused,
  type Throttled,
  throttled,
} from './attempt.ts';

export interface PasswordAttempt {
  readonly number: string;
  readonly password: string;
  /** The client's network address, for the throttle only. */
  readonly address: string;
}

/** Number and password. */
export async function provePassword(
  deps: ProofDependencies,
  attempt: PasswordAttempt,
): Promise<FirstFactorOutcome> {
  const found = deps.directory.findByNumber(attempt.number);
  const checked = await checkPassword(deps, { ...attempt, found });
  if (checked.kind !== 'right') return checked;
  return firstFactorProved(deps, checked.owner, proofOf('password', epochSeconds(deps.clock)));
}

type Found = { readonly id: SubjectId; readonly subject: Subject };

/** Whether the password is that of whoever was found, counted as one attempt of the address and of the account. */
export async function checkPassword(
  deps: ProofDependencies,
  {
    address,
    found: finding,
    number,
    password,
  }: PasswordAttempt & {
    readonly found: Found | Promise<Found | undefined>;
  },
): Promise<{ readonly kind: 'right'; readonly owner: Found } | { readonly kind: 'refused' } | Throttled> {
  const { audit, keyedHash, throttle, windows } = deps;
  const byAddress = addressBudget(deps, 'password', address, windows.password_address);
  // Looked up beside a durable write, so that a wait does not take longer where there is an account.
  const [fromAddress, found] = await Promise.all([throttle.take(...byAddress), finding]);
  // In this order, so that an address that has to wait takes nothing from the accounts it tries.
  if (!fromAddress.allowed) return throttled(audit, fromAddress, 'password');
  // One budget for all numbers of a person; a number that nobody has gets one too.
  const byAccount = ['password:account', keyedHash(found?.id ?? number), windows.password_account] as const;
  const onAccount = await throttle.take(...byAccount);
  if (!onAccount.allowed) return throttled(audit, onAccount, 'password', found?.id);

  const matches = await passwordMatches(deps, found?.id, password).catch(async (error: unknown) => {
    // Nothing was learned from an attempt that was not decided.
    await Promise.all([throttle.giveBack(...byAddress), throttle.giveBack(...byAccount)]);
    throw error;
  });
  if (!matches || found === undefined) return refused(audit, 'password', found?.id);
  await Promise.all([throttle.forget(...byAccount), throttle.giveBack(...byAddress)]);
  return { kind: 'right', owner: found };
}

/** Costs the same whether or not there is such an account or it has a password. */
async function passwordMatches(
  deps: ProofDependencies,
  id: SubjectId | undefined,
  password: string,
): Promise<boolean> {
  const { credentials, hasher } = deps;
  const stored = (await credentials.get(id ?? 'nobody')).password;
  if (id === undefined || stored === undefined) return hasher.verifyNothing(password);
  if (!(await hasher.verify(stored.hash, password))) return false;
  if (hasher.needsRehash(stored.hash)) await rehash(deps, id, stored.hash, password);
  return true;
}

/** Best effort: the password is right whether or not there is time and room to keep it at today's cost. */
async function rehash(
  { credentials, hasher, log }: ProofDependencies,
  id: SubjectId,
  from: string,
  password: string,
): Promise<void> {
  try {
    await credentials.rehash(id, from, await hasher.hash(password));
  } catch (error) {
    log.warn({ subject: id, err: error }, 'password not rehashed');
  }
}
