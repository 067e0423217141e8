import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openBrowser, person, signIn } from '../../support/citizen.ts';
import { type FreshDatabase, freshDatabaseUri, mongoServer } from '../../support/mongo.ts';
import { endServer, fastHashing, type ServerProcess, startServer } from '../../support/process.ts';
import { ask } from '../surface/wire.ts';
import { narrow } from './descriptors.ts';

const LONG = { timeout: 30_000, interval: 50 };
const GRACE = { MOTCUA_SHUTDOWN_GRACE: '1' };

interface Line {
  readonly pid: number;
  readonly component?: string;
  readonly reason?: string;
  readonly msg: string;
}

describe.skipIf(mongoServer() === undefined)('a server of several processes', { timeout: 90_000 }, () => {
  let database: FreshDatabase;
  let server: ServerProcess;
  beforeAll(() => {
    database = freshDatabaseUri();
  });
  beforeEach(async () => {
    const env = { ...fastHashing, ...GRACE, MOTCUA_STORAGE_URL: database.uri, MOTCUA_WORKERS: '2' };
    server = await startServer({ env });
  }, 90_000);
  afterEach(() => endServer(server));
  afterAll(() => database.drop());

  const lines = (): Line[] =>
    server
      .output()
      .out.split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));

  /** Who answers, asked often enough that everybody has a turn. */
  async function answering(): Promise<number[]> {
    const before = lines().length;
    const statuses = await Promise.all(
      Array.from({ length: 20 }, async () => (await ask(server, '/jwks')).status),
    );
    expect(new Set(statuses)).toEqual(new Set([200]));
    const requests = await vi.waitFor(() => {
      const found = lines()
        .slice(before)
        .filter(({ msg }) => msg === 'request');
      // The line of an earlier request may come late.
      expect(found.length).toBeGreaterThanOrEqual(20);
      return found;
    });
    return [...new Set(requests.map(({ pid }) => pid))].toSorted((a, b) => a - b);
  }

  const both = () =>
    vi.waitFor(async () => {
      const pids = await answering();
      expect(pids).toHaveLength(2);
      return pids;
    }, LONG);

  it('is told of once, fills the demo once, and answers in each of them', async () => {
    const { out, err } = server.output();
    expect(out.split('Một Cửa ID is running')).toHaveLength(2);
    expect(out).toMatch(/^2 processes, each with 1 thread for passwords, on (FerretDB|MongoDB) \d/m);
    expect(out.split('synthetic people')).toHaveLength(2);
    expect(err).toBe('');
    expect(await both()).toHaveLength(2);
    expect((await fetch(server.portalOrigin)).status).toBe(200);
  });

  it('signs a person in whichever process answers', async () => {
    await both();
    for (const key of ['level-1', 'mother']) {
      const browser = openBrowser(server);
      const left = await signIn(browser, new URL(await portalSignIn()), person(key));
      expect(left.origin).toBe(server.portalOrigin);
      expect(left.searchParams.get('code')).toEqual(expect.any(String));
    }
  });

  /** Where the demo portal sends a person who signs in. */
  async function portalSignIn(): Promise<string> {
    const answer = await fetch(`${server.portalOrigin}/dang-nhap`, { redirect: 'manual' });
    return answer.headers.get('location') ?? '';
  }

  it('starts one again that was killed, and answers meanwhile', async () => {
    for (const nth of [0, 1]) {
      const before = await both();
      const killed = before[nth] ?? 0;
      process.kill(killed, 'SIGKILL');
      expect(await answering()).not.toContain(killed);
      expect(await both()).not.toEqual(before);
    }
    await vi.waitFor(async () => expect((await fetch(server.portalOrigin)).status).toBe(200), LONG);
    expect(server.output().out.split('Một Cửa ID is running')).toHaveLength(2);
  });

  it.runIf(process.platform === 'linux')(
    'serves in each of them again after a flood that took all their file descriptors',
    async () => {
      const narrowed = (await both()).map((pid) => narrow(pid, 8));
      const { port } = new URL(server.address);
      const flood = Array.from({ length: 40 }, () =>
        connect(Number(port), '127.0.0.1').on('error', () => undefined),
      );
      await vi.waitFor(() => expect(narrowed.map(({ room }) => room())).toEqual([0, 0]), LONG);
      const late = ask(server, '/jwks');
      for (const socket of flood) socket.destroy();
      expect(await late).toMatchObject({ status: 200 });
      for (const { widen } of narrowed) widen();
      await both();
    },
  );

  it.runIf(process.platform === 'linux')(
    'goes on when a worker cannot be started, and tries again',
    async () => {
      const [killed = 0] = await both();
      const { widen } = narrow(server.pid, 0);
      process.kill(killed, 'SIGKILL');
      await vi.waitFor(
        () =>
          expect(lines()).toContainEqual(expect.objectContaining({ component: 'worker', reason: 'EMFILE' })),
        LONG,
      );
      widen();
      expect(await both()).not.toContain(killed);
    },
  );

  it('stops when it is asked to, and not when only its workers are', async () => {
    const pids = await both();
    for (const pid of pids) process.kill(pid, 'SIGINT');
    expect(await both()).toEqual(pids);
    server.send('SIGINT');
    expect(await server.ended).toEqual({ code: 0, signal: null });
    expect(lines().filter(({ msg }) => msg === 'stopping')).toHaveLength(1);
    expect(lines().filter(({ component }) => component === 'worker')).toEqual([]);
  });

  it('ends also with a worker that does not, and says by its exit code that something was cut off', async () => {
    const [stuck = 0] = await both();
    process.kill(stuck, 'SIGSTOP');
    server.send('SIGTERM');
    expect(await server.ended).toEqual({ code: 1, signal: null });
  });

  it('leaves no worker behind when its supervisor is killed', async () => {
    await both();
    server.send('SIGKILL');
    // The output is closed only when nobody holds it any more.
    expect(await server.ended).toEqual({ code: null, signal: 'SIGKILL' });
    await expect(ask(server, '/healthz')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
