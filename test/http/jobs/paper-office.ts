import { join } from 'node:path';
import type { Clock } from '../../../src/clock/clock.ts';
import { loadConfig } from '../../../src/config/load-config.ts';
import { startExpiryNotices } from '../../../src/jobs/expiry-notices.ts';
import type { Rounds } from '../../../src/jobs/rounds.ts';
import { outboxRows, type Waiting } from '../../../src/outbox/outbox.ts';
import { openServices, type Services } from '../../../src/services.ts';
import type { Storage } from '../../../src/storage/contract.ts';
import type { Subject } from '../../../src/subject/subject.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { person } from '../../support/citizen.ts';
import { freshDatabaseUri } from '../../support/mongo.ts';
import { temporaryFolder } from '../../support/storage.ts';

/** Rounds begin by `run` alone: a test that lasts an hour has other troubles. */
const INTERVAL = 3600;

/** One instance of the job, on a connection of its own. */
export interface Office {
  readonly services: Services;
  readonly notices: Rounds;
}

/** Several instances on one database, with one clock that a test sets. */
export interface Offices {
  readonly clock: Clock & { set(moment: string | number): void };
  /** Half of a lease, in milliseconds: after two of them a dead holder is forgotten. */
  readonly interval: number;
  readonly logged: readonly Record<string, unknown>[];
  /** `storage`: a stand-in for the real one, for faults. `clock`: its own, that goes wrong. */
  open(options?: { storage?: (real: Storage) => Storage; clock?: Clock }): Promise<Office>;
  close(): Promise<void>;
}

const directory = join(import.meta.dirname, '..', '..', '..', 'config');

/** A place for a fresh database: a file, or one on the server of this run. */
async function databaseOn(engine: 'sqlite' | 'mongo') {
  if (engine === 'mongo') {
    const { drop, uri } = freshDatabaseUri();
    return { url: uri, remove: drop };
  }
  const { folder, remove } = await temporaryFolder();
  return { url: `sqlite:${join(folder, 'motcua.db')}`, remove };
}

export async function openOffices(engine: 'sqlite' | 'mongo'): Promise<Offices> {
  const { remove, url } = await databaseOn(engine);
  const config = loadConfig({ env: {}, directory, overrides: { storage: { url } } });
  const logged: Record<string, unknown>[] = [];
  const log = createLog({
    level: 'debug',
    destination: { write: (line: string) => void logged.push(JSON.parse(line)) },
  });
  let now = Date.parse('2026-11-21T05:00:00Z');
  const common: Offices['clock'] = {
    now: () => now,
    set: (moment) => {
      now = typeof moment === 'number' ? moment : Date.parse(moment);
    },
  };
  const opened: { services: Services; notices: Rounds }[] = [];
  return {
    clock: common,
    interval: INTERVAL * 1000,
    logged,
    async open({ clock = common, storage } = {}) {
      const real = await openServices(config, { clock, log });
      const services = storage
        ? await openServices(config, { clock, log, storage: storage(real.storage) })
        : real;
      const days = config.notices.expiry_days;
      const notices = startExpiryNotices({ ...services, clock, days, interval: INTERVAL });
      opened.push({ services: real, notices });
      return { services, notices };
    },
    async close() {
      await Promise.all(opened.map(({ notices }) => notices.stop()));
      await Promise.all(opened.map(({ services }) => services.storage.close()));
      await remove();
    },
  };
}

/** Somebody with a confirmed address and no papers; the number makes each another person. */
export async function addPerson(
  { directory: people }: Services,
  index: number,
  given: Partial<Subject> = {},
): Promise<string> {
  const { identity_paper_expires_at: _, ...subject } = person('officer').subject;
  const outcome = await people.add({
    ...subject,
    personal_number: `0971930${String(10_000 + index)}`,
    email: { address: `nguoi.${index}@congdan.example`, verified: true },
    ...given,
  });
  if (outcome.kind !== 'added') throw new Error(outcome.kind);
  return outcome.id;
}

/** Every letter that was put in, also those that have left: to whom, about what, until when it is valid. */
export async function lettersIn({ storage }: Services): Promise<string[]> {
  const rows: Waiting[] = [];
  for (let after = ''; ; ) {
    const page = await storage.collection(outboxRows).scan({ after: { id: after }, limit: 500 });
    rows.push(...page.map(({ doc }) => doc));
    const last = page.at(-1);
    if (last === undefined) return rows.map(line).toSorted();
    after = last.id;
  }
}

function line({ letter, to }: Waiting): string {
  if (letter.kind !== 'document_expiring' || !('address' in to)) return letter.kind;
  return `${to.address} ${letter.values.document.vi} ${letter.values.expires}`;
}

/** As if all letters that wait had been sent. */
export async function sendAll({ outbox }: Services): Promise<number> {
  const claimed = await outbox.claimDue(500);
  await Promise.all(claimed.map((one) => outbox.forget(one)));
  return claimed.length;
}
