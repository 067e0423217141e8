import { afterEach, beforeEach } from 'vitest';
import { auditEvents, createAuditTrail } from '../../../src/audit/trail.ts';
import type { Clock } from '../../../src/clock/clock.ts';
import { createKeyring } from '../../../src/keys/keyring.ts';
import { createOutbox, outboxRows } from '../../../src/outbox/outbox.ts';
import type { Storage } from '../../../src/storage/contract.ts';
import { type ContactChanges, createContactChanges } from '../../../src/subject/contact-changes.ts';
import { createCredentials } from '../../../src/subject/credentials.ts';
import { createDirectory } from '../../../src/subject/directory.ts';
import type { Subject } from '../../../src/subject/subject.ts';
import { openTestStorage, type TestStorage } from '../../support/storage.ts';

const key = Buffer.alloc(32, 7).toString('base64url');
const keyring = createKeyring({ root: key, storage: [key] });
const issuer = 'https://id.tinhmau.example';
/** Milliseconds: how long a change waits. */
export const COOLING = 3_600_000;
/** E-mail addresses: the one on record, and others. */
export const [OLD, NEW, THIRD] = ['cu@congdan.example', 'moi@congdan.example', 'ba@congdan.example'] as const;

const an: Subject = {
  holder_type: 'citizen',
  level: 2,
  personal_number: '098096000001',
  former_numbers: [],
  name: 'Nguyễn Văn An',
  birthdate: '1996-03-14',
  gender: 'male',
  nationality: 'VNM',
  email: { address: OLD, verified: true },
  phone: { number: '+84970000009', verified: true },
  status: { kind: 'active' },
  synced_at: '2026-11-21T00:00:00Z',
};

/** The storage of the test that runs. */
export let opened: TestStorage;
let time: number;
const clock: Clock = { now: () => time };

/** Another process on a storage. */
export function partsOn(storage: Storage) {
  const directory = createDirectory({ storage, keyedHash: keyring.keyedHash, clock });
  const credentials = createCredentials({ storage, clock });
  const audit = createAuditTrail({ storage, clock });
  const outbox = createOutbox({ storage, clock, issuer });
  const config = { issuer, contact: { cooling: COOLING / 1000 } };
  const changes = createContactChanges({
    storage,
    clock,
    audit,
    outbox,
    directory,
    credentials,
    config,
    keyring,
  });
  return { directory, credentials, changes };
}

/** Those on the storage of the test that runs, and a person with a password there. */
export let parts: ReturnType<typeof partsOn>;
export let id: string;

/** Lets time pass, in milliseconds. */
export const pass = (milliseconds: number): void => {
  time += milliseconds;
};

/** The person of this fixture, anew before each test of the file. */
export function eachTestAnew(): void {
  beforeEach(begun);
  afterEach(() => opened.close());
}

async function begun(): Promise<void> {
  time = Date.parse('2026-11-21T05:00:00Z');
  opened = await openTestStorage({ clock });
  parts = partsOn(opened.storage);
  const added = await parts.directory.add(an);
  if (added.kind !== 'added') throw new Error(added.kind);
  id = added.id;
  await parts.credentials.setPassword(id, '$argon2id$x');
  pass(1000);
}

/** The person as the account stands, reading Vietnamese. */
export const owner = async () => {
  const subject = await parts.directory.get(id);
  if (subject === undefined) throw new Error('nobody');
  return { id, subject, language: 'vi' as const };
};
/** What is on record. */
export const email = async () => (await parts.directory.get(id))?.email;

/** Codes are sent for another e-mail address. */
export async function ask(to: string = NEW, change = 'c1'): Promise<boolean> {
  return parts.changes.ask(await owner(), 'email', change, to);
}
/** Both sides are proved. */
export async function begin(to: string = NEW, change = 'c1'): Promise<boolean> {
  await ask(to, change);
  await parts.changes.oldProved(id, 'email', change);
  return parts.changes.begin(await owner(), 'email', change);
}
/** Applies whatever is due. */
export async function applyAll(changes: ContactChanges = parts.changes): Promise<boolean[]> {
  const due = await changes.due(10);
  return Promise.all(due.map((one) => changes.apply(one)));
}
/** The trail about changes of contact, with why one ended. */
export const events = async (): Promise<string[]> => {
  const rows = await opened.storage.collection(auditEvents).scan();
  const contact = rows.map(({ doc }) => doc).filter(({ kind }) => kind.startsWith('contact.'));
  return contact
    .toSorted((a, b) => a.at - b.at)
    .map(({ detail, kind }) => [kind, detail?.cause ?? []].flat().join(' '));
};
/** Whatever waits in the outbox. */
export const letters = async () => (await opened.storage.collection(outboxRows).scan()).map(({ doc }) => doc);
/** Of the last link that was sent. */
export async function linkToken(): Promise<string> {
  const links = (await letters()).flatMap(({ letter }) =>
    'link' in letter.values ? [letter.values.link] : [],
  );
  return new URL(links.at(-1) ?? issuer).searchParams.get('token') ?? '';
}
