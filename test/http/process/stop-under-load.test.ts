import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { freshDatabaseUri, mongoServer } from '../../support/mongo.ts';
import { endServer, fastHashing, type ServerProcess, startServer } from '../../support/process.ts';
import { temporaryFolder } from '../../support/storage.ts';
import { ask } from '../surface/wire.ts';
import { startLoad } from './open-load.ts';

/** Few enough for a machine that runs other tests meanwhile: whom a flooded server has not let in is turned away. */
const PER_SECOND = 80;
const SECONDS_BEFORE = 1;

interface Place {
  readonly env: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

async function onSqlite(): Promise<Place> {
  const { folder, remove } = await temporaryFolder();
  return { env: { MOTCUA_STORAGE_URL: `sqlite:${join(folder, 'motcua.db')}` }, remove };
}

async function onMongo(): Promise<Place> {
  const { uri, drop } = freshDatabaseUri();
  return { env: { MOTCUA_STORAGE_URL: uri, MOTCUA_WORKERS: '2' }, remove: drop };
}

const requestsIn = ({ out }: { readonly out: string }) =>
  out
    .split('\n')
    .filter((line) => line.includes('"msg":"request"'))
    .map((line): { path: string; request_id: string; pid: number } => JSON.parse(line))
    .filter(({ path }) => path !== '/readyz');

describe.each([
  { where: 'one process on SQLite', place: onSqlite, processes: 1, skipped: false },
  { where: 'two processes on MongoDB', place: onMongo, processes: 2, skipped: mongoServer() === undefined },
])('a server of $where that is asked to stop under load', ({ place, processes, skipped }) => {
  let server: ServerProcess | undefined;
  let at: Place | undefined;
  afterEach(async () => {
    await endServer(server);
    await at?.remove();
  });

  it.skipIf(skipped)('answers all that it took, and then takes no more', { timeout: 90_000 }, async () => {
    at = await place();
    const running = await startServer({ env: { ...fastHashing, ...at.env, MOTCUA_SHUTDOWN_DRAIN: '1' } });
    server = running;
    const load = startLoad(running, PER_SECOND);
    await wait(SECONDS_BEFORE * 1000);
    running.send('SIGTERM');
    await vi.waitFor(async () => expect(await ask(running, '/readyz')).toMatchObject({ status: 503 }));
    expect(await running.ended).toEqual({ code: 0, signal: null });
    await vi.waitFor(() => expect(load.sent()).toBeGreaterThan(2.2 * PER_SECOND));
    const outcomes = await load.end();

    const answers = outcomes.filter(({ failure }) => failure === undefined);
    expect(answers.filter(({ status = 0 }) => status >= 500)).toEqual([]);
    expect(new Set(outcomes.map(({ failure }) => failure))).toEqual(new Set([undefined, 'ECONNREFUSED']));
    const taken = requestsIn(running.output());
    expect(new Set(taken.map(({ pid }) => pid)).size).toBe(processes);
    expect(answers.map(({ id }) => id).toSorted()).toEqual(
      taken.map(({ request_id }) => request_id).toSorted(),
    );
    const onKept = answers.filter(({ kept }) => kept);
    expect(onKept.filter(({ connection }) => connection === 'keep-alive').length).toBeGreaterThan(20);
    expect(onKept.filter(({ connection }) => connection === 'close').length).toBeGreaterThan(20);
  });
});
