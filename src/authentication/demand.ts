import type { AccountLevel } from '../subject/subject.ts';

/** What a request asks of the sign-in: binding rules, and a wish (design head 4). */
export interface Demand {
  /** The relying party's floor, or 2 where documents are asked for. */
  readonly floor: AccountLevel;
  /** Values of an essential `acr` claim (OpenID Connect Core 5.5.1.1); binding. */
  readonly essential?: readonly string[];
  /** `acr_values`, or a voluntary `acr` claim, in order of preference; a wish. Unknown values are ignored. */
  readonly wished: readonly string[];
}

export type Decision =
  /** No sign-in of this account can meet the binding demand. */
  | { readonly kind: 'unreachable' }
  /** Prove more, up to this level; `wish` says that the person may go on without. */
  | { readonly kind: 'step_up'; readonly to: AccountLevel; readonly wish: boolean }
  | { readonly kind: 'met'; readonly acr: '1' | '2' };

const LEVELS: readonly AccountLevel[] = [1, 2];

/** Exactly "1" and "2": "02", "2.0" or "0x2" is a value that nobody here knows. */
const levelNamed = (value: string): AccountLevel | undefined =>
  LEVELS.find((level) => String(level) === value);

const satisfies = ({ essential, floor }: Demand, level: AccountLevel): boolean =>
  level >= floor &&
  (essential === undefined ||
    LEVELS.some((known) => known >= floor && known <= level && essential.includes(String(known))));

/** The levels up to `ceiling` at which the binding demand holds, lowest first. */
const reachable = (demand: Demand, ceiling: AccountLevel): AccountLevel[] =>
  LEVELS.filter((level) => level <= ceiling && satisfies(demand, level));

/** The value to publish for a level that meets the demand: an essential one gets one of its own values. */
function published({ essential }: Demand, level: AccountLevel): '1' | '2' {
  return level === 2 && (essential === undefined || essential.includes('2')) ? '2' : '1';
}

/** The level that a sign-in should aim at: the first wish that can be reached, or the least that is binding. */
function targetLevel(demand: Demand, ceiling: AccountLevel, askedOnce: boolean): AccountLevel | undefined {
  const levels = reachable(demand, ceiling);
  const [least] = levels;
  if (least === undefined || askedOnce) return least;
  return demand.wished.map(levelNamed).find((level) => level && levels.includes(level)) ?? least;
}

/**
 * Decides one request. `current` is what the session supports, already capped by the account; `askedOnce`
 * says that this very request has had its sign-in, so that a wish is not offered twice.
 */
export function decide(
  demand: Demand,
  ceiling: AccountLevel,
  current: 0 | AccountLevel,
  askedOnce: boolean,
): Decision {
  const target = targetLevel(demand, ceiling, askedOnce);
  if (target === undefined) return { kind: 'unreachable' };
  if (current < target) {
    const [least] = reachable(demand, ceiling);
    return { kind: 'step_up', to: target, wish: current > 0 && least !== undefined && current >= least };
  }
  return { kind: 'met', acr: published(demand, current === 2 ? 2 : 1) };
}
