import type { Clock } from '../../clock/clock.ts';
import type { Holdings } from '../../documents/holdings.ts';
import type { PasswordHasher } from '../../keys/password-hasher.ts';
import type { AccountCounts } from '../../subject/account-counts.ts';
import type { Credentials } from '../../subject/credentials.ts';
import type { Directory } from '../../subject/directory.ts';
import type { SubjectId } from '../../subject/subject.ts';
import type { Terms } from '../../subject/terms.ts';
import { syntheticPeople } from './synthetic-people.ts';
import type { SyntheticPerson } from './synthetic-person.ts';

interface Dependencies {
  readonly directory: Directory;
  readonly credentials: Credentials;
  readonly holdings: Holdings;
  readonly counts: Pick<AccountCounts, 'issued' | 'activated'>;
  readonly terms: Pick<Terms, 'accept'>;
  readonly hasher: Pick<PasswordHasher, 'hash'>;
  readonly clock: Clock;
}

/**
 * Puts the synthetic people into the directory. Who is there already is left alone, changes made since
 * included; who was only half added, by a start that was cut off, is completed.
 */
export async function seedPeople(deps: Dependencies): Promise<{ added: number; kept: number }> {
  const people = syntheticPeople(deps.clock.now());
  let added = 0;
  for (const person of people) {
    if (await seed(deps, person)) added += 1;
  }
  return { added, kept: people.length - added };
}

async function seed(deps: Dependencies, person: SyntheticPerson): Promise<boolean> {
  const id = await subjectId(deps, person);
  if (await isComplete(deps, id, person)) return false;
  const synced_at = new Date(deps.clock.now()).toISOString();
  for (const holding of person.holdings) await deps.holdings.put({ ...holding, subject: id, synced_at });
  if (person.password === '') return true;
  if (person.subject.status.kind !== 'not_activated') await deps.terms.accept(id);
  if (person.totpSecret) await deps.credentials.setTotp(id, person.totpSecret);
  await deps.credentials.setPassword(id, await deps.hasher.hash(person.password));
  return true;
}

/** What comes last says so: the password, or the last paper of who has none. */
async function isComplete(
  { credentials, holdings }: Dependencies,
  id: SubjectId,
  person: SyntheticPerson,
): Promise<boolean> {
  if (person.password !== '') return (await credentials.get(id)).password !== undefined;
  return (await holdings.get(id, person.holdings.at(-1)?.scope ?? '')) !== undefined;
}

async function subjectId(
  { counts, directory }: Pick<Dependencies, 'counts' | 'directory'>,
  { key, password, subject }: SyntheticPerson,
): Promise<SubjectId> {
  const found = await directory.findByNumber(subject.personal_number);
  if (found) return found.id;
  const outcome = await directory.add(subject);
  if (outcome.kind === 'added') {
    await counts.issued(outcome.id, subject);
    if (password !== '' && subject.status.kind !== 'active') await counts.activated(outcome.id, subject);
    return outcome.id;
  }
  throw new Error(`a number of the synthetic person "${key}" belongs to somebody else`);
}
