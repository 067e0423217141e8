import type { Clock } from '../../clock/clock.ts';
import type { Holdings } from '../../documents/holdings.ts';
import type { PasswordHasher } from '../../keys/password-hasher.ts';
import type { Credentials } from '../../subject/credentials.ts';
import type { Directory } from '../../subject/directory.ts';
import type { SubjectId } from '../../subject/subject.ts';
import { syntheticPeople } from './synthetic-people.ts';
import type { SyntheticPerson } from './synthetic-person.ts';

interface Dependencies {
  readonly directory: Directory;
  readonly credentials: Credentials;
  readonly holdings: Holdings;
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

/** The password comes last: who has one is complete. */
async function seed(deps: Dependencies, person: SyntheticPerson): Promise<boolean> {
  const id = await subjectId(deps.directory, person);
  if ((await deps.credentials.get(id)).password !== undefined) return false;
  const synced_at = new Date(deps.clock.now()).toISOString();
  await Promise.all(
    person.holdings.map((holding) => deps.holdings.put({ ...holding, subject: id, synced_at })),
  );
  if (person.totpSecret) await deps.credentials.setTotp(id, person.totpSecret);
  await deps.credentials.setPassword(id, await deps.hasher.hash(person.password));
  return true;
}

async function subjectId(directory: Directory, { key, subject }: SyntheticPerson): Promise<SubjectId> {
  const found = await directory.findByNumber(subject.personal_number);
  if (found) return found.id;
  const outcome = await directory.add(subject);
  if (outcome.kind === 'added') return outcome.id;
  throw new Error(`a number of the synthetic person "${key}" belongs to somebody else`);
}
