import { setTimeout as wait } from 'node:timers/promises';
import { type AuditTrail, createAuditTrail } from '../audit/trail.ts';
import type { Devices } from '../authentication/devices.ts';
import type { IdentificationLetters } from '../authentication/identification-letters.ts';
import type { Invitations } from '../authentication/invitations.ts';
import type { Locks } from '../authentication/locks.ts';
import { type Clock, SECOND } from '../clock/clock.ts';
import type { Config } from '../config/schema.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Storage } from '../storage/contract.ts';
import type { AccountCounts } from '../subject/account-counts.ts';
import { type CounterContact, createCounterContact } from '../subject/counter-contact.ts';
import type { Credentials } from '../subject/credentials.ts';
import { type Directory, subjectRows } from '../subject/directory.ts';
import { createPeopleImport, type PeopleImport } from '../subject/import.ts';
import { type Recounted, type RecountParts, recount } from '../subject/recount.ts';
import type { SubjectId } from '../subject/subject.ts';

/** What the commands about people work on. */
export interface PeopleContext {
  readonly directory: Pick<Directory, 'findByNumber'>;
  readonly credentials: Pick<Credentials, 'get'>;
  readonly devices: Pick<Devices, 'list'>;
  readonly invitations: Pick<Invitations, 'invite'>;
  readonly identificationLetters: Pick<IdentificationLetters, 'issue' | 'standing'>;
  readonly locks: Locks;
  readonly counts: Pick<AccountCounts, 'kept'>;
  readonly contact: CounterContact;
  readonly imports: PeopleImport;
  /** Counts everybody anew and mends what is kept; undefined where it was ended. */
  recount(watch: Pick<RecountParts, 'report' | 'stopped'>): Promise<Recounted | undefined>;
  /** How many people a recount walks by. */
  people(): Promise<number>;
  readonly province: Config['province'];
}

interface Sources
  extends Omit<
    PeopleContext,
    'contact' | 'credentials' | 'imports' | 'recount' | 'people' | 'province' | 'counts'
  > {
  readonly credentials: Pick<Credentials, 'get' | 'voidProofs'>;
  readonly config: Pick<Config, 'province'>;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly audit: AuditTrail;
  readonly outbox: Outbox;
  readonly directory: Directory;
  readonly counts: AccountCounts;
  /** Ends every session of a person and every token. */
  readonly endSessions: (subject: SubjectId) => Promise<void>;
  /** In place of a pause, for tests. */
  readonly settle?: () => Promise<void>;
}

/** Longer than the moment between adding a person and counting the person. */
const SETTLED = 3 * SECOND;

/** An import records so many events side by side: one by one, they would take most of its time. */
const CHAINS = 64;

export function createPeopleContext(sources: Sources): PeopleContext {
  const { config, storage } = sources;
  const settle = sources.settle ?? (async () => void (await wait(SETTLED)));
  return {
    ...sources,
    province: config.province,
    contact: createCounterContact(sources),
    imports: createPeopleImport({ ...sources, audit: createAuditTrail({ ...sources, chains: CHAINS }) }),
    recount: (watch) => recount({ ...sources, ...watch, settle }),
    people: () => storage.collection(subjectRows).count(),
  };
}
