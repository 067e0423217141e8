import type { AuditTrail } from '../audit/trail.ts';
import type { Clock } from '../clock/clock.ts';
import { epochSeconds } from '../clock/clock.ts';
import type { Config } from '../config/schema.ts';
import type { PasswordHasher } from '../keys/password-hasher.ts';
import type { Collection, Storage } from '../storage/contract.ts';
import type { Credentials } from '../subject/credentials.ts';
import type { Directory } from '../subject/directory.ts';
import type { AccountStatus, Subject, SubjectId } from '../subject/subject.ts';
import type { Log } from '../telemetry/log.ts';
import { type Authentication, proofOf } from './assurance.ts';
import type { MethodName } from './methods.ts';
import { networkOf } from './network.ts';
import type { HeldAttempt, Throttle } from './throttle.ts';
import { matchingStep, type TotpUse, takeStep, totpUses } from './totp.ts';

export interface Throttled {
  readonly kind: 'throttled';
  /** Milliseconds since the epoch. */
  readonly retryAt: number;
}

/** `refused` is all that anybody learns who has not proved the password. */
export type PasswordOutcome =
  | {
      readonly kind: 'proved';
      readonly id: SubjectId;
      readonly subject: Subject;
      readonly proof: Authentication;
    }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unavailable'; readonly status: Exclude<AccountStatus, { kind: 'active' }> }
  | Throttled;

export type TotpOutcome =
  | { readonly kind: 'proved'; readonly proof: Authentication }
  | { readonly kind: 'refused' }
  | Throttled;

export interface TotpAttempt {
  readonly subject: SubjectId;
  readonly code: string;
  readonly signIn: string;
  readonly address: string;
}

export interface SignIn {
  /** The first factor. `address` is the client's network address, for the throttle only. */
  provePassword(attempt: { number: string; password: string; address: string }): Promise<PasswordOutcome>;
  /** The second factor, once the first is proved. `code` is six digits, `signIn` names the sign-in. */
  proveTotp(attempt: TotpAttempt): Promise<TotpOutcome>;
}

interface Dependencies {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly directory: Directory;
  readonly credentials: Credentials;
  readonly hasher: PasswordHasher;
  readonly throttle: Throttle;
  readonly audit: AuditTrail;
  readonly log: Log;
  readonly windows: Config['throttle'];
  /** Keyed hash for throttle keys. */
  readonly keyedHash: (value: string) => string;
}

export function createSignIn(deps: Dependencies): SignIn {
  const uses = deps.storage.collection(totpUses);
  return {
    provePassword: (attempt) => provePassword(deps, attempt),
    proveTotp: (attempt) => proveTotp(deps, uses, attempt),
  };
}

async function provePassword(
  deps: Dependencies,
  { number, password, address }: { number: string; password: string; address: string },
): Promise<PasswordOutcome> {
  const { audit, keyedHash, throttle, windows } = deps;
  const byAddress = ['password:address', keyedHash(networkOf(address)), windows.password_address] as const;
  // Looked up beside a durable write, so that a wait does not take longer where there is an account.
  const [fromAddress, found] = await Promise.all([
    throttle.take(...byAddress),
    deps.directory.findByNumber(number),
  ]);
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
  if (!matches || found === undefined) {
    await audit.record({ kind: 'sign_in.refused', ...about(found?.id), detail: { method: 'password' } });
    return { kind: 'refused' };
  }

  await Promise.all([throttle.forget(...byAccount), throttle.giveBack(...byAddress)]);
  const { id, subject } = found;
  if (subject.status.kind !== 'active') {
    await audit.record({
      kind: 'sign_in.account_unavailable',
      subject: id,
      detail: { cause: subject.status.kind },
    });
    return { kind: 'unavailable', status: subject.status };
  }
  await audit.record({ kind: 'sign_in.proved', subject: id, detail: { method: 'password' } });
  return { kind: 'proved', id, subject, proof: proofOf('password', epochSeconds(deps.clock)) };
}

const about = (subject: SubjectId | undefined) => (subject === undefined ? {} : { subject });

/** Recorded once in a window and not for every attempt: nobody makes the trail grow by knocking. */
async function throttled(
  audit: AuditTrail,
  { crossed, retryAt }: HeldAttempt,
  method: MethodName,
  subject?: SubjectId,
): Promise<Throttled> {
  if (crossed) await audit.record({ kind: 'sign_in.throttled', ...about(subject), detail: { method } });
  return { kind: 'throttled', retryAt };
}

/** Costs the same whether or not there is such an account or it has a password. */
async function passwordMatches(
  deps: Dependencies,
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
  { credentials, hasher, log }: Dependencies,
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

async function proveTotp(
  { audit, clock, credentials, keyedHash, throttle, windows }: Dependencies,
  uses: Collection<TotpUse>,
  { subject, code, signIn, address }: TotpAttempt,
): Promise<TotpOutcome> {
  const byAddress = ['totp:address', keyedHash(networkOf(address)), windows.totp_address] as const;
  const fromAddress = await throttle.take(...byAddress);
  if (!fromAddress.allowed) return throttled(audit, fromAddress, 'totp');
  const byAccount = ['totp:account', keyedHash(subject), windows.totp_account] as const;
  const onAccount = await throttle.take(...byAccount);
  if (!onAccount.allowed) return throttled(audit, onAccount, 'totp', subject);
  const enrolled = (await credentials.get(subject)).totp;
  const step = enrolled && matchingStep(enrolled.secret, code, clock.now());
  const use = { used_at: clock.now(), used_by: signIn };
  if (step === undefined || !(await takeStep(uses, subject, step, use))) {
    await audit.record({ kind: 'sign_in.refused', subject, detail: { method: 'totp' } });
    return { kind: 'refused' };
  }
  await Promise.all([throttle.forget(...byAccount), throttle.giveBack(...byAddress)]);
  await audit.record({ kind: 'sign_in.proved', subject, detail: { method: 'totp' } });
  return { kind: 'proved', proof: proofOf('totp', epochSeconds(clock)) };
}
