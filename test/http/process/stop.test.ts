import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../support/citizen.ts';
import {
  endServer,
  fastHashing,
  openClient,
  runScript,
  type ServerProcess,
  startServer,
} from '../../support/process.ts';
import { start, type TestRelyingParty } from '../../support/relying-parties.ts';
import { temporaryFolder } from '../../support/storage.ts';
import { ask } from '../surface/wire.ts';

/** For a number that nobody has, a password is checked at the cost of today's configuration: a slow request. */
const NOBODY = { personal_number: '098000000001', password: 'nobody has this password' };
const SLOW = { MOTCUA_PASSWORDS_MEMORY_KIB: '131072', MOTCUA_PASSWORDS_PASSES: '6' };
const GRACEFUL = { code: 0, signal: null };

describe('a server that is asked to stop', { timeout: 90_000 }, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let registered: Parameters<typeof openClient>[1];
  let server: ServerProcess;
  let sockets: Socket[] = [];
  const storage = () => ({ MOTCUA_STORAGE_URL: `sqlite:${join(folder.folder, 'motcua.db')}` });

  beforeAll(async () => {
    folder = await temporaryFolder();
    const added = await runScript(
      [
        'scripts/admin.ts',
        'client',
        'add',
        '--json',
        '--name',
        'Cổng thử',
        '--organization',
        'Sở Mẫu',
        '--redirect-uri',
        'https://portal.example/cb',
      ],
      storage(),
    );
    registered = JSON.parse(added.out);
    await endServer(await startServer({ env: { ...fastHashing, ...storage() } }));
  }, 90_000);
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    sockets = [];
    await endServer(server);
  });
  afterAll(() => folder.remove());

  const run = async (): Promise<TestRelyingParty> => {
    server = await startServer({ env: { ...SLOW, ...storage() } });
    return openClient(server, registered);
  };

  const openSocket = async (): Promise<Socket> => {
    const { hostname, port } = new URL(server.address);
    const socket = connect(Number(port), hostname);
    sockets.push(socket);
    socket.on('error', () => undefined);
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    return socket;
  };

  const within = async (milliseconds: number) => {
    const started = performance.now();
    expect(await server.ended).toEqual(GRACEFUL);
    expect(performance.now() - started).toBeLessThan(milliseconds);
  };

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s finishes the requests under way, takes no new ones and ends well',
    async (signal) => {
      const rp = await run();
      const browsers = await Promise.all(
        [1, 2].map(async () => {
          const browser = openBrowser(server);
          return { browser, visit: await browser.follow((await start(rp, { scope: 'openid' })).url) };
        }),
      );
      const answers = Promise.all(
        browsers.map(({ browser, visit }) => browser.submit(visit, '/password', NOBODY)),
      );
      await new Promise((resolve) => setTimeout(resolve, 150));
      server.send(signal);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await expect(ask(server, '/healthz')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      const pages = (await answers).map(({ page }) => page);
      expect(pages.map((page) => page?.status)).toEqual([422, 422]);
      await within(2000);
      const lines = server
        .output()
        .out.split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line));
      expect(lines).toContainEqual(expect.objectContaining({ signal, msg: 'stopping' }));
      expect(lines.filter(({ status }) => status >= 500)).toEqual([]);
    },
  );

  it('twice is not hurried by the second time', async () => {
    const rp = await run();
    const browser = openBrowser(server);
    const visit = await browser.follow((await start(rp, { scope: 'openid' })).url);
    const answer = browser.submit(visit, '/password', NOBODY);
    await new Promise((resolve) => setTimeout(resolve, 150));
    server.send('SIGTERM');
    server.send('SIGTERM');
    expect((await answer).page?.status).toBe(422);
    await within(2000);
  });

  it('answers a request that is still being sent, and keeps its connection for no other', async () => {
    await run();
    const socket = await openSocket();
    const { host } = new URL(server.issuer);
    const form = 'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3';
    socket.write(`POST /token HTTP/1.1\r\nHost: ${host}\r\n${form}\r\n\r\na`);
    await new Promise((resolve) => setTimeout(resolve, 150));
    server.send('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 150));
    socket.write('=b');
    const answer = String(await new Promise((resolve) => socket.once('data', resolve)));
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toMatch(/^connection: close\r$/im);
    await within(2000);
  });

  it('does not wait for connections on which nobody asks', async () => {
    await run();
    await openSocket();
    const used = await openSocket();
    used.write(`GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n`);
    await new Promise((resolve) => used.once('data', resolve));
    server.send('SIGTERM');
    await within(2000);
  });
});
