import {
  type AssuranceRules,
  type Authentication,
  firstFactorLive,
  mergeProofs,
  stillGood,
  supportedLevel,
} from '../../authentication/assurance.ts';
import { decide } from '../../authentication/demand.ts';
import {
  type Reach,
  type ReachDependencies,
  reachOf,
  type SecondFactors,
  secondFactorsOf,
} from '../../authentication/reach.ts';
import { epochSeconds } from '../../clock/clock.ts';
import type { Interaction } from '../../oidc/interactions.ts';
import type { Directory } from '../../subject/directory.ts';
import type { AccountStatus, Subject, SubjectId } from '../../subject/subject.ts';
import {
  type DeviceDependencies,
  type DeviceVerdict,
  type DeviceWays,
  judgeDevice,
} from './device-verdict.ts';
import type { Progress } from './progress.ts';

export interface Person {
  readonly id: SubjectId;
  readonly subject: Subject;
}

export type TooLowCause = Exclude<Reach, { level: 2 }>;

/** The page that a sign-in needs next, decided from stored state alone: no page ever calls another. */
export type NextStep =
  | { readonly kind: 'password'; readonly known?: Person }
  | { readonly kind: 'locked'; readonly status: Exclude<AccountStatus, { kind: 'active' }> }
  | { readonly kind: 'too_low'; readonly person: Person; readonly cause: TooLowCause }
  /** The request contradicts itself: no account could meet it. */
  | { readonly kind: 'impossible' }
  /** `first`: nothing was proved in this sign-in yet, the session's own proof stands for the password. */
  | {
      readonly kind: 'second_factor';
      readonly person: Person;
      readonly ways: SecondFactors;
      readonly wish: boolean;
      readonly first: boolean;
    }
  /** Everything is proved, in a browser that is not known to be the person's. */
  | { readonly kind: 'device'; readonly person: Person; readonly ways: DeviceWays }
  | {
      readonly kind: 'done';
      readonly person: Person;
      readonly proofs: readonly Authentication[];
      readonly device: DeviceVerdict;
    };

export interface StepDependencies extends ReachDependencies, DeviceDependencies {
  readonly directory: Directory;
  readonly rules: AssuranceRules;
}

export async function nextStep(
  deps: StepDependencies,
  interaction: Interaction,
  progress: Progress | undefined,
  deviceToken: string,
): Promise<NextStep> {
  const now = epochSeconds(deps.clock);
  const person = await personOf(deps, interaction, progress);
  if (person === undefined) return { kind: 'password' };
  const { made, proofs } = await standingProofs(deps, interaction, progress, person.id);
  if (!firstFactorLive(proofs, deps.rules, now)) return { kind: 'password', known: person };
  const { status } = person.subject;
  if (status.kind !== 'active') return { kind: 'locked', status };

  const reach = await reachOf(deps, person.id, person.subject);
  const decision = decide(
    interaction.demand,
    reach.level,
    supportedLevel(proofs, deps.rules, now),
    progress?.wish_declined ?? false,
  );
  if (decision.kind === 'unreachable') {
    return reach.level === 1 ? { kind: 'too_low', person, cause: reach } : { kind: 'impossible' };
  }
  if (decision.kind === 'step_up') {
    const ways = secondFactorsOf(await deps.credentials.get(person.id), deps.rules);
    const first = progress?.subject === undefined;
    return { kind: 'second_factor', person, ways, wish: decision.wish, first };
  }
  const device = await judgeDevice(deps, interaction, person, { made, token: deviceToken });
  if (device.kind !== 'open') return { kind: 'done', person, proofs, device };
  const ways = secondFactorsOf(await deps.credentials.get(person.id), deps.rules);
  // Whoever gets no mail can still show the second factor that the request did not need.
  if (!device.ways.code && (ways.totp || ways.passkey)) {
    return { kind: 'second_factor', person, ways, wish: false, first: false };
  }
  return { kind: 'device', person, ways: device.ways };
}

/** Who signs in: whoever proved a first factor here, else the session's person unless that is refused. */
async function personOf(
  { directory }: StepDependencies,
  interaction: Interaction,
  progress: Progress | undefined,
): Promise<Person | undefined> {
  const ofSession =
    interaction.otherPerson || progress?.other_account === true ? undefined : interaction.session?.subject;
  const id = progress?.subject ?? ofSession;
  const subject = id === undefined ? undefined : await directory.get(id);
  return id === undefined || subject === undefined ? undefined : { id, subject };
}

/** Proofs that count here: those made in this sign-in, and the session's own unless the request wants fresh ones. */
async function standingProofs(
  deps: StepDependencies,
  interaction: Interaction,
  progress: Progress | undefined,
  person: SubjectId,
): Promise<{ readonly made: Authentication[]; readonly proofs: Authentication[] }> {
  const given =
    progress?.subject === undefined || progress.subject === person ? (progress?.proofs ?? []) : [];
  const { session } = interaction;
  const kept = !interaction.fresh && session?.subject === person ? session.proofs : [];
  if (given.length === 0) return { made: [], proofs: [...kept] };
  const made = stillGood(given, await deps.credentials.get(person));
  return { made, proofs: mergeProofs(kept, made) };
}
