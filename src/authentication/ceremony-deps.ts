import type { AuditTrail } from '../audit/trail.ts';
import type { Config } from '../config/schema.ts';
import type { AccountCounts } from '../subject/account-counts.ts';
import type { SubjectId } from '../subject/subject.ts';
import type { Terms } from '../subject/terms.ts';
import type { ProofDependencies, Throttled } from './attempt.ts';
import {
  type AccountFacts,
  type CeremonyRules,
  type CeremonyStep,
  nextCeremonyStep,
} from './ceremony-rules.ts';
import type { CeremonyStore, Standing } from './ceremony-store.ts';
import type { Devices } from './devices.ts';
import type { IdentificationLetters } from './identification-letters.ts';
import type { Invitations } from './invitations.ts';
import type { Locks } from './locks.ts';
import type { OneTimeCodes } from './one-time-codes.ts';
import type { PasskeyHandles } from './passkey-handles.ts';
import type { SignIn } from './sign-in.ts';

/** What activation and recovery stand on. */
export interface CeremonyParts extends ProofDependencies, CeremonyRules {
  readonly store: CeremonyStore;
  readonly signIn: SignIn;
  readonly handles: PasskeyHandles;
  readonly oneTimeCodes: OneTimeCodes;
  readonly identificationLetters: IdentificationLetters;
  readonly invitations: Invitations;
  readonly locks: Locks;
  readonly devices: Pick<Devices, 'remember' | 'removeAll'>;
  readonly counts: Pick<AccountCounts, 'activated'>;
  readonly terms: Pick<Terms, 'accept'>;
  readonly audit: AuditTrail;
  readonly passwordRules: Config['password_rules'];
  /** Ends every session of a person and every token. */
  readonly endSessions: (subject: SubjectId) => Promise<void>;
  /** Makes of a number that leads to nobody what stands in for a person. */
  readonly standIn: (number: string) => string;
}

/** What came of something typed. `stale`: it was not what is asked for now, which the caller shows. */
export type CeremonyOutcome = { readonly kind: 'taken' | 'refused' | 'ended' | 'stale' } | Throttled;

/** The account of a ceremony whose address was proved. */
export async function factsOf(
  { credentials, directory, identificationLetters }: CeremonyParts,
  { doc, id }: Standing,
): Promise<AccountFacts | undefined> {
  if (doc.stamp === undefined || doc.subject === undefined) return undefined;
  const [subject, record, letter] = await Promise.all([
    directory.get(doc.subject),
    credentials.get(doc.subject),
    identificationLetters.standing(doc.subject, id),
  ]);
  return subject && { subject, record, letter };
}

/** What is missing now, and the account that says so. */
export async function stepAt(
  parts: CeremonyParts,
  standing: Standing,
): Promise<{ readonly step: CeremonyStep; readonly facts: AccountFacts | undefined }> {
  const facts = await factsOf(parts, standing);
  return { step: nextCeremonyStep(standing.doc, facts, parts), facts };
}

/** Whether this is what is asked for now. */
export async function isAsked<K extends CeremonyStep['kind']>(
  parts: CeremonyParts,
  standing: Standing,
  ...kinds: K[]
): Promise<Extract<CeremonyStep, { kind: K }> | undefined> {
  const { step } = await stepAt(parts, standing);
  // The kind is one of those asked about.
  return kinds.some((kind) => kind === step.kind) ? (step as Extract<CeremonyStep, { kind: K }>) : undefined;
}
