import { documentScopes } from '../../documents/catalogue.ts';
import { accountStates, levelOne } from './account-states.ts';
import { changingPapers } from './changing-papers.ts';
import { families } from './families.ts';
import { fullWallet } from './full-wallet.ts';
import type { SyntheticHolding, SyntheticPerson } from './synthetic-person.ts';

/**
 * All of them, as they are on a day (milliseconds since the epoch): a passport about to expire, a lock of last
 * week. Equal days give equal people.
 */
export const syntheticPeople = (now: number): readonly SyntheticPerson[] =>
  [levelOne(now), fullWallet(now), ...families(now), ...changingPapers(now), ...accountStates(now)].map(
    asked,
  );

/** Each registry has answered about everybody at level 2: what nobody wrote down was not issued. */
const asked = (person: SyntheticPerson): SyntheticPerson =>
  person.subject.level === 2 ? { ...person, holdings: [...person.holdings, ...notIssued(person)] } : person;

function notIssued({ subject, holdings }: SyntheticPerson): SyntheticHolding[] {
  const known = new Set(holdings.map(({ scope }) => scope));
  return documentScopes
    .filter(({ scope, holders }) => holders.includes(subject.holder_type) && !known.has(scope))
    .map(({ scope }) => ({ scope, records: [], unavailable: 'not_issued' }));
}
