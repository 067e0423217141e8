import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import mongoose from 'mongoose';
import { freePort } from './process.ts';

const { MongoClient } = mongoose.mongo;

/** A real MongoDB replica set of three members, in a temporary folder. */
export interface ReplicaSet {
  /** The address of a database on it. */
  uri(database: string): string;
  /** Asks the primary to step down, as an operator does; resolves once another one was elected. */
  stepDown(): Promise<void>;
  /** Kills the primary with SIGKILL; resolves once another one was elected, and the killed one runs again. */
  killPrimary(): Promise<void>;
  /** Kills the members and removes their data. */
  stop(): Promise<void>;
}

interface Member {
  readonly port: number;
  readonly folder: string;
  process: ChildProcess;
  /** What it has written; the last lines tell why it does not start. */
  output: string;
}

const NAME = 'drill';
const MEMBERS = 3;
/** Of a member to start, or of the set to elect a primary. */
const PATIENCE_MS = 60_000;
/** A primary that stepped down does not stand for election again for so long. */
const STEPPED_DOWN_SECONDS = 10;

/** The set did not come up; the message tells why. */
class NoReplicaSet extends Error {
  override readonly name = 'NoReplicaSet';
}

/** Starts the members with a `mongod` and waits for the first primary. */
export async function startReplicaSet(mongod: string): Promise<ReplicaSet> {
  const folder = await mkdtemp(join(tmpdir(), 'motcua-drill-'));
  const members: Member[] = [];
  const stop = async () => {
    await Promise.all(members.map(kill));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    for (let number = 0; number < MEMBERS; number += 1) {
      const data = join(folder, `member-${number}`);
      await mkdir(data);
      members.push(run(mongod, { folder: data, port: await freePort() }));
    }
    await Promise.all(members.map(answers));
    await initiate(members);
    await primaryOf(members);
  } catch (error) {
    await stop();
    throw new NoReplicaSet(
      `The replica set did not start: ${error instanceof Error ? error.message : error}`,
    );
  }
  return {
    uri: (database) => `mongodb://${members.map(hostOf).join(',')}/${database}?replicaSet=${NAME}`,
    async stepDown() {
      const before = await primaryOf(members);
      await ask(before, { replSetStepDown: STEPPED_DOWN_SECONDS, force: true });
      await primaryOf(members, before);
    },
    async killPrimary() {
      const killed = await primaryOf(members);
      await kill(killed);
      await primaryOf(members, killed);
      Object.assign(killed, run(mongod, killed));
      await answers(killed);
    },
    stop,
  };
}

const hostOf = ({ port }: Pick<Member, 'port'>): string => `127.0.0.1:${port}`;

function run(mongod: string, { folder, port }: Pick<Member, 'folder' | 'port'>): Member {
  const options = ['--replSet', NAME, '--dbpath', folder, '--port', String(port), '--bind_ip', '127.0.0.1'];
  const member: Member = {
    folder,
    port,
    process: spawn(mongod, options, { stdio: ['ignore', 'pipe', 'pipe'] }),
    output: '',
  };
  const keep = (part: Buffer) => {
    member.output = `${member.output}${part}`.slice(-4000);
  };
  member.process.stdout?.on('data', keep);
  member.process.stderr?.on('data', keep);
  member.process.on('error', ({ message }) => keep(Buffer.from(message)));
  return member;
}

async function kill({ process }: Member): Promise<void> {
  if (process.pid === undefined || process.exitCode !== null || process.signalCode !== null) return;
  const ended = new Promise((resolve) => process.once('close', resolve));
  process.kill('SIGKILL');
  await ended;
}

/** One command on one member, whatever its state is. */
async function ask(member: Member, command: Record<string, unknown>): Promise<mongoose.mongo.Document> {
  const uri = `mongodb://${hostOf(member)}/?directConnection=true`;
  const client = await MongoClient.connect(uri, { serverSelectionTimeoutMS: 2000 });
  try {
    return await client.db('admin').command(command);
  } finally {
    await client.close();
  }
}

/** Asks until the answer will do. */
async function until<T>(what: string, find: () => Promise<T | undefined>): Promise<T> {
  for (const deadline = performance.now() + PATIENCE_MS; performance.now() < deadline; await wait(100)) {
    const found = await find().catch(() => undefined);
    if (found !== undefined) return found;
  }
  throw new Error(`${what} in ${PATIENCE_MS / 1000} seconds`);
}

async function answers(member: Member): Promise<void> {
  await until(`mongod on port ${member.port} did not answer`, async () => {
    if (member.process.exitCode !== null) return 'ended';
    return (await ask(member, { ping: 1 })) && 'answers';
  });
  if (member.process.exitCode !== null) {
    throw new Error(`mongod ended at its start with code ${member.process.exitCode}: ${member.output}`);
  }
}

async function initiate(members: readonly Member[]): Promise<void> {
  const [first] = members;
  if (first === undefined) throw new Error('a set has members');
  await ask(first, {
    replSetInitiate: {
      _id: NAME,
      members: members.map((member, _id) => ({ _id, host: hostOf(member) })),
      settings: { electionTimeoutMillis: 2000 },
    },
  });
}

/** The member that takes writes, once there is one, and it is not `former`. */
const primaryOf = (members: readonly Member[], former?: Member): Promise<Member> =>
  until('no primary was elected', async () => {
    for (const member of members) {
      if (member === former) continue;
      const hello = await ask(member, { hello: 1 }).catch(() => undefined);
      if (hello?.isWritablePrimary === true) return member;
    }
    return undefined;
  });
