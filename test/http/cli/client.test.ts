import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, person, signIn } from '../../support/citizen.ts';
import {
  endServer,
  fastHashing,
  openClient,
  runScript,
  type ServerProcess,
  startServer,
} from '../../support/process.ts';
import { redeem, start, userInfo } from '../../support/relying-parties.ts';
import { temporaryFolder } from '../../support/storage.ts';
import { ask } from '../surface/wire.ts';

/** What `relying_parties.cache` allows, and generous time for a busy machine. */
const SECONDS = 15_000;
const GOOD = [
  '--name',
  'Cổng dịch vụ công thử',
  '--organization',
  'Sở Mẫu',
  '--redirect-uri',
  'https://portal.example/cb',
  '--scope',
  'profile',
  '--purpose',
  'Biết người nộp hồ sơ',
  '--refresh',
];

describe('the command line beside a running server', { timeout: 90_000 }, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let server: ServerProcess;
  const database = () => join(folder.folder, 'motcua.db');
  const storage = () => ({ MOTCUA_STORAGE_URL: `sqlite:${database()}` });
  beforeAll(async () => {
    folder = await temporaryFolder();
    server = await startServer({ env: { ...fastHashing, ...storage() } });
  }, 90_000);
  afterAll(async () => {
    await endServer(server);
    await folder.remove();
  });

  const admin = (...args: string[]) => runScript(['scripts/admin.ts', ...args], storage());
  const add = (id: string, ...args: string[]) =>
    admin('client', 'add', '--json', '--id', id, ...GOOD, ...args);
  const ids = async (): Promise<string> => (await admin('client', 'list', '--json')).out;

  const databaseBytes = async (): Promise<string> =>
    Buffer.concat(
      await Promise.all(
        ['', '-wal'].map((suffix) => readFile(database() + suffix).catch(() => Buffer.alloc(0))),
      ),
    ).toString('latin1');

  /** Asks again until the answer is as expected; a registration may be remembered for seconds. */
  async function soon(check: () => Promise<boolean>): Promise<void> {
    for (const deadline = Date.now() + SECONDS; Date.now() < deadline; ) {
      if (await check()) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('it did not come about within seconds');
  }

  const authorizeStatus = async (id: string): Promise<number> => {
    const query = new URLSearchParams({
      client_id: id,
      redirect_uri: 'https://portal.example/cb',
      response_type: 'code',
      scope: 'openid',
      code_challenge: 'a'.repeat(43),
      code_challenge_method: 'S256',
    });
    return (await ask(server, `/authorize?${query}`, { headers: { accept: 'text/html' } })).status;
  };

  it('stores nothing of what it refuses, says why and ends with 2', async () => {
    const before = await ids();
    const refusals: readonly (readonly [string, readonly string[]])[] = [
      ['--name', GOOD.slice(2)],
      ['https://portal.example/*', [...GOOD, '--redirect-uri', 'https://portal.example/*']],
      ['doc:everything', [...GOOD, '--scope', 'doc:everything']],
      ['--grant', [...GOOD, '--grant', 'all']],
    ];
    for (const [why, args] of refusals) {
      const refused = await admin('client', 'add', '--json', '--id', 'refused-portal', ...args);
      expect(refused, why).toMatchObject({ code: 2, out: '', err: expect.stringContaining(why) });
      expect(refused.err).not.toMatch(/^\s+at /m);
    }
    expect(await ids()).toBe(before);
  });

  it('refuses private keys where public ones belong, and does not repeat them', async () => {
    const file = join(folder.folder, 'keys.json');
    const d = 'c2VjcmV0LXByaXZhdGUta2V5LW1hdGVyaWFsLTEyMzQ1Njc';
    await writeFile(
      file,
      JSON.stringify({ keys: [{ kty: 'EC', crv: 'P-256', alg: 'ES256', x: 'a', y: 'b', d }] }),
    );
    const refused = await add('leaky-portal', '--jwks', file);
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).not.toContain(d);
    expect(await databaseBytes()).not.toContain(d);
  });

  it('gives one id to one of two that register it at once', async () => {
    const both = await Promise.all([add('one-portal'), add('one-portal')]);
    expect(both.map(({ code }) => code).sort()).toEqual([0, 2]);
    const [loser] = both.filter(({ code }) => code === 2);
    expect(loser?.out).toBe('');
    expect(loser?.err).toContain('registered already');
    const [winner] = both.filter(({ code }) => code === 0);
    const rp = await openClient(server, JSON.parse(winner?.out ?? ''));
    const started = await start(rp);
    const callback = await signIn(openBrowser(server), started.url, person('level-1'));
    expect((await redeem(started, callback)).claims()).toMatchObject({ acr: '1' });
  });

  it('registers a relying party that the server then serves, and its secret is kept nowhere', async () => {
    expect(await authorizeStatus('new-portal')).toBe(400);
    const added = await add('new-portal');
    expect(added.code).toBe(0);
    const registered = JSON.parse(added.out);
    const { client_secret: secret } = registered;
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43,}$/);
    await soon(async () => (await authorizeStatus('new-portal')) === 303);

    const rp = await openClient(server, registered);
    const started = await start(rp, { scope: 'openid profile offline_access', prompt: 'consent' });
    const callback = await signIn(openBrowser(server), started.url, person('level-1'));
    const tokens = await redeem(started, callback);
    expect(await userInfo(started, tokens)).toMatchObject({ name: person('level-1').subject.name });

    const shown = await admin('client', 'show', 'new-portal', '--json');
    const kept = [await databaseBytes(), shown.out, await ids(), JSON.stringify(server.output())];
    for (const text of kept) expect(text).not.toContain(secret);
    for (const text of kept.slice(1)) expect(text).not.toMatch(/secret_hash|"client_secret"\s*:/);
  });

  it('removes a relying party: requests, codes and tokens of it are refused within seconds', async () => {
    const rp = await openClient(server, JSON.parse((await add('short-lived')).out));
    const started = await start(rp, { scope: 'openid profile offline_access', prompt: 'consent' });
    const tokens = await redeem(started, await signIn(openBrowser(server), started.url, person('level-1')));
    const [unredeemed, browser] = [await start(rp), openBrowser(server)];
    const code = await signIn(browser, unredeemed.url, person('level-1'));

    expect((await admin('client', 'remove', 'short-lived')).code).toBe(2);
    expect(await authorizeStatus('short-lived')).toBe(303);
    expect(await admin('client', 'remove', 'short-lived', '--yes', '--json')).toMatchObject({ code: 0 });

    await soon(async () => (await authorizeStatus('short-lived')) === 400);
    const bearer = { authorization: `Bearer ${tokens.access_token}` };
    expect(await ask(server, '/userinfo', { headers: bearer })).toMatchObject({ status: 401 });
    await expect(redeem(unredeemed, code)).rejects.toMatchObject({ status: 401 });
    await expect(client.refreshTokenGrant(rp.config, tokens.refresh_token ?? '')).rejects.toMatchObject({
      status: 401,
    });
    const again = await add('short-lived');
    expect(again).toMatchObject({ code: 2, err: expect.stringContaining('not given again') });
  });

  it('without a database it may open says so in one sentence', async () => {
    const refused = await runScript(['scripts/admin.ts', 'client', 'list'], {
      MOTCUA_STORAGE_URL: `sqlite:${join(database(), 'below-a-file.db')}`,
    });
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err.trim().split('\n')).toHaveLength(1);
  });
});
