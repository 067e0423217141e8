import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decision, type Demand, decide } from '../../../src/authentication/demand.ts';

type Row = [what: string, demand: Partial<Demand>, ceiling: 1 | 2, current: 0 | 1 | 2, decision: Decision];

const met = (acr: '1' | '2'): Decision => ({ kind: 'met', acr });
const stepUp = (to: 1 | 2, wish = false): Decision => ({ kind: 'step_up', to, wish });
const unreachable: Decision = { kind: 'unreachable' };

describe('a demand', () => {
  it.each<Row>([
    ['nothing asked, nobody signed in', {}, 2, 0, stepUp(1)],
    ['nothing asked, signed in at 1', {}, 2, 1, met('1')],
    ['nothing asked, signed in at 2', {}, 2, 2, met('2')],
    ['floor 2 on a level 1 account', { floor: 2 }, 1, 1, unreachable],
    ['floor 2 on a level 1 account nobody signed in to', { floor: 2 }, 1, 0, unreachable],
    ['floor 2, signed in at 1', { floor: 2 }, 2, 1, stepUp(2)],
    ['floor 2, signed in at 2', { floor: 2 }, 2, 2, met('2')],
    ['floor 2 against an essential 1', { floor: 2, essential: ['1'] }, 2, 2, unreachable],
    ['wish 2 on a level 1 account', { wished: ['2'] }, 1, 1, met('1')],
    ['wish 2, signed in at 1', { wished: ['2'] }, 2, 1, stepUp(2, true)],
    ['wish 2, nobody signed in', { wished: ['2'] }, 2, 0, stepUp(2)],
    ['wish 2, signed in at 2', { wished: ['2'] }, 2, 2, met('2')],
    ['wish 1 before 2', { wished: ['1', '2'] }, 2, 1, met('1')],
    ['wish 2 before 1', { wished: ['2', '1'] }, 2, 1, stepUp(2, true)],
    ['an unknown wish', { wished: ['urn:x', '3', '02', '2.0', '0x2', ' 2', ''] }, 2, 1, met('1')],
    ['an unknown wish before a known one', { wished: ['urn:x', '2'] }, 2, 1, stepUp(2, true)],
    ['essential 2 on a level 1 account', { essential: ['2'] }, 1, 1, unreachable],
    ['essential 2, signed in at 1', { essential: ['2'] }, 2, 1, stepUp(2)],
    ['essential 2, signed in at 2', { essential: ['2'] }, 2, 2, met('2')],
    ['essential 1, signed in at 2', { essential: ['1'] }, 2, 2, met('1')],
    ['essential 1 or 2 on a level 1 account', { essential: ['2', '1'] }, 1, 1, met('1')],
    ['essential 1 or 2, signed in at 2', { essential: ['1', '2'] }, 2, 2, met('2')],
    ['essential 2 against a wish for 1', { essential: ['2'], wished: ['1'] }, 2, 1, stepUp(2)],
    ['essential 1 and a wish for 2', { essential: ['1'], wished: ['2'] }, 2, 1, stepUp(2, true)],
    ['an unknown essential value', { essential: ['3'] }, 2, 2, unreachable],
    ['an essential value that only looks like 2', { essential: ['0x2'] }, 2, 2, unreachable],
    ['an essential value between the levels', { essential: ['1.5'] }, 2, 2, unreachable],
    ['an unknown essential value beside a known one', { essential: ['3', '2'] }, 2, 2, met('2')],
  ])('%s', (_, demand, ceiling, current, decision) => {
    expect(decide({ floor: 1, wished: [], ...demand }, ceiling, current, false)).toEqual(decision);
  });

  it('offers a wish once: after the sign-in of this request the rest is enough', () => {
    const wish: Demand = { floor: 1, wished: ['2'] };
    expect(decide(wish, 2, 1, true)).toEqual(met('1'));
    expect(decide(wish, 2, 2, true)).toEqual(met('2'));
  });

  it('that binds is asked for as often as it is not met', () => {
    expect(decide({ floor: 2, wished: [] }, 2, 1, true)).toEqual(stepUp(2));
    expect(decide({ floor: 1, essential: ['2'], wished: [] }, 2, 1, true)).toEqual(stepUp(2));
  });
});

const value = fc.oneof(fc.constantFrom('1', '2', '3', '0', '02', '2.0', '0x2', '1e0', ''), fc.string());
const level = fc.constantFrom<1 | 2>(1, 2);
const situation = fc.record({
  demand: fc.record(
    { floor: level, wished: fc.array(value), essential: fc.array(value, { minLength: 1 }) },
    { requiredKeys: ['floor', 'wished'] },
  ) as fc.Arbitrary<Demand>,
  ceiling: level,
  reached: fc.constantFrom<0 | 1 | 2>(0, 1, 2),
  askedOnce: fc.boolean(),
});
type Situation = typeof situation extends fc.Arbitrary<infer S> ? S : never;

const decisionOf = ({ demand, ceiling, reached, askedOnce }: Situation) =>
  decide(demand, ceiling, reached > ceiling ? ceiling : reached, askedOnce);

describe('any demand', () => {
  const always = (rule: (given: Situation, decision: Decision) => void): void =>
    fc.assert(
      fc.property(situation, (given) => rule(given, decisionOf(given))),
      { numRuns: 2000 },
    );

  it('is never met below the floor, above the ceiling or above what was proved', () => {
    always(({ demand, ceiling, reached }, decision) => {
      if (decision.kind !== 'met') return;
      expect(Number(decision.acr)).toBeGreaterThanOrEqual(demand.floor);
      expect(Number(decision.acr)).toBeLessThanOrEqual(Math.min(ceiling, reached));
    });
  });

  it('is never met by anything but a value that an essential claim names', () => {
    always(({ demand }, decision) => {
      if (decision.kind === 'met' && demand.essential) expect(demand.essential).toContain(decision.acr);
    });
  });

  it('never asks for more than the account can reach', () => {
    always(({ ceiling }, decision) => {
      if (decision.kind === 'step_up') expect(decision.to).toBeLessThanOrEqual(ceiling);
    });
  });

  it('is decided as if values that nobody knows were not there', () => {
    const known = (values: readonly string[]) => values.filter((one) => one === '1' || one === '2');
    always((given, decision) => {
      const { demand } = given;
      const essential = demand.essential && { essential: known(demand.essential) };
      expect(
        decisionOf({ ...given, demand: { ...demand, wished: known(demand.wished), ...essential } }),
      ).toEqual(decision);
    });
  });

  it('can be declined only where going on without it meets everything that binds', () => {
    always((given, decision) => {
      if (decision.kind !== 'step_up' || !decision.wish) return;
      expect(decisionOf({ ...given, askedOnce: true }).kind).toBe('met');
    });
  });
});
