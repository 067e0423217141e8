import type { AuditTrail } from '../audit/trail.ts';
import type { Clock } from '../clock/clock.ts';
import type { Config } from '../config/schema.ts';
import type { PasswordHasher } from '../keys/password-hasher.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Storage } from '../storage/contract.ts';
import type { Credentials } from '../subject/credentials.ts';
import type { Directory } from '../subject/directory.ts';
import type { AccountStatus, Subject, SubjectId } from '../subject/subject.ts';
import type { Log } from '../telemetry/log.ts';
import type { Authentication } from './assurance.ts';
import type { Disowning } from './disowning.ts';
import type { Locks } from './locks.ts';
import type { MethodName } from './methods.ts';
import { networkOf } from './network.ts';
import type { PasskeyCeremony } from './passkey-ceremony.ts';
import type { HeldAttempt, Throttle, ThrottleWindow } from './throttle.ts';

export interface Throttled {
  readonly kind: 'throttled';
  /** Milliseconds since the epoch. */
  readonly retryAt: number;
}

/** `refused` is all that anybody learns who has not proved a first factor. */
export type FirstFactorOutcome =
  | {
      readonly kind: 'proved';
      readonly id: SubjectId;
      readonly subject: Subject;
      readonly proof: Authentication;
    }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unavailable'; readonly status: Exclude<AccountStatus, { kind: 'active' }> }
  | Throttled;

export type SecondFactorOutcome =
  | { readonly kind: 'proved'; readonly proof: Authentication }
  | { readonly kind: 'refused' }
  | Throttled;

export interface ProofDependencies {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly directory: Directory;
  readonly credentials: Credentials;
  readonly hasher: PasswordHasher;
  readonly ceremony: PasskeyCeremony;
  readonly throttle: Throttle;
  readonly audit: AuditTrail;
  readonly outbox: Outbox;
  readonly disowning: Pick<Disowning, 'link'>;
  readonly locks: Pick<Locks, 'lock'>;
  readonly log: Log;
  readonly windows: Config['throttle'];
  /** Keyed hash for throttle keys. */
  readonly keyedHash: (value: string) => string;
  /** Keyed hash of recovery codes. */
  readonly recoveryHash: (value: string) => string;
}

/** What a throttle counts by: the kind of attempt, a keyed hash, and the windows for it. */
export type Budget = readonly [kind: string, key: string, windows: readonly ThrottleWindow[]];

/** The budget of an address; of IPv6 that of its /64. */
export const addressBudget = (
  { keyedHash }: Pick<ProofDependencies, 'keyedHash'>,
  kind: 'password' | 'totp' | 'passkey',
  address: string,
  windows: readonly ThrottleWindow[],
): Budget => [`${kind}:address`, keyedHash(networkOf(address)), windows];

/** Recorded once in a window and not for every attempt: nobody makes the trail grow by knocking. */
export async function throttled(
  audit: AuditTrail,
  { crossed, retryAt }: HeldAttempt,
  method: MethodName,
  subject?: SubjectId,
): Promise<Throttled> {
  if (crossed) await audit.record({ kind: 'sign_in.throttled', ...about(subject), detail: { method } });
  return { kind: 'throttled', retryAt };
}

/** An attempt that failed; `cause` where more is known than that. */
export async function refused(
  audit: AuditTrail,
  method: MethodName,
  subject?: SubjectId,
  cause?: string,
): Promise<{ readonly kind: 'refused' }> {
  const detail = cause === undefined ? { method } : { method, cause };
  await audit.record({ kind: 'sign_in.refused', ...about(subject), detail });
  return { kind: 'refused' };
}

/** A first factor was proved: the account opens, or says why it does not. */
export async function firstFactorProved(
  { audit }: Pick<ProofDependencies, 'audit'>,
  { id, subject }: { readonly id: SubjectId; readonly subject: Subject },
  proof: Authentication,
): Promise<FirstFactorOutcome> {
  const { method } = proof;
  const { status } = subject;
  if (status.kind !== 'active') {
    const detail = { method, cause: status.kind };
    await audit.record({ kind: 'sign_in.account_unavailable', subject: id, detail });
    return { kind: 'unavailable', status };
  }
  await audit.record({ kind: 'sign_in.proved', subject: id, detail: { method } });
  return { kind: 'proved', id, subject, proof };
}

const about = (subject: SubjectId | undefined) => (subject === undefined ? {} : { subject });
