import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, person, signIn, type TestBrowser } from '../../support/citizen.ts';
import {
  endServer,
  fastHashing,
  freePort,
  openClient,
  runScript,
  type ServerProcess,
  startServer,
} from '../../support/process.ts';
import {
  redeem,
  type Started,
  start,
  type TestRelyingParty,
  userInfo,
} from '../../support/relying-parties.ts';
import { temporaryFolder } from '../../support/storage.ts';

const ROUNDS = 3;
/** People who sign in side by side, again and again; level 1 needs no code that works only once. */
const PEOPLE = ['level-1', 'officer', 'mother', 'guardian', 'all-documents', 'expired-card'];
const MANY = '[{ attempts: 100000, seconds: 60 }]';

type Tokens = Awaited<ReturnType<typeof redeem>>;

/** What the server has said to be so, and what it was only asked for, when it was killed. */
interface Seen {
  readonly redeemed: { started: Started; callback: URL }[];
  readonly undecided: { started: Started; callback: URL }[];
  readonly signedIn: { started: Started; tokens: Tokens }[];
  readonly signedOut: { browser: TestBrowser; started: Started; tokens: Tokens }[];
}

describe('a server that is killed while people sign in', { timeout: 180_000 }, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let server: ServerProcess | undefined;
  let options: Parameters<typeof startServer>[0];
  let registered: Parameters<typeof openClient>[1];
  beforeAll(async () => {
    folder = await temporaryFolder();
    const storage = { MOTCUA_STORAGE_URL: `sqlite:${join(folder.folder, 'motcua.db')}` };
    const throttles = {
      MOTCUA_THROTTLE_PASSWORD_ACCOUNT: MANY,
      MOTCUA_THROTTLE_PASSWORD_ADDRESS: MANY,
      MOTCUA_THROTTLE_CLIENT_ADDRESS: MANY,
    };
    const ports = { port: await freePort(), portalPort: await freePort() };
    options = { ...ports, env: { ...fastHashing, ...storage, ...throttles } };
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
        '--scope',
        'profile',
        '--purpose',
        'Thử',
      ],
      storage,
    );
    registered = JSON.parse(added.out);
  }, 90_000);
  afterEach(() => endServer(server));
  afterAll(() => folder.remove());

  const restart = async (): Promise<TestRelyingParty> => {
    server = await startServer(options);
    return openClient(server, registered);
  };

  const signOut = async (browser: TestBrowser): Promise<boolean> => {
    const visit = await browser.follow('/logout');
    const done = await browser.submit(visit, '/logout/confirm', { logout: 'yes' });
    return done.page?.status === 200;
  };

  /** Signs one person in and, every other time, out again, until the server answers no more. */
  async function keepSigningIn(
    running: ServerProcess,
    rp: TestRelyingParty,
    key: string,
    seen: Seen,
  ): Promise<void> {
    for (let round = 0; ; round += 1) {
      const browser = openBrowser(running);
      const started = await start(rp);
      const callback = await signIn(browser, started.url, person(key));
      const undecided = { started, callback };
      seen.undecided.push(undecided);
      const tokens = await redeem(started, callback);
      seen.undecided.splice(seen.undecided.indexOf(undecided), 1);
      seen.redeemed.push(undecided);
      if (round % 2 === 1) seen.signedIn.push({ started, tokens });
      else if (await signOut(browser)) seen.signedOut.push({ browser, started, tokens });
    }
  }

  async function killUnderLoad(): Promise<Seen> {
    const rp = await restart();
    const running = server;
    if (running === undefined) throw new Error('there is no server to kill');
    const seen: Seen = { redeemed: [], undecided: [], signedIn: [], signedOut: [] };
    const load = PEOPLE.map((key) => keepSigningIn(running, rp, key, seen).catch(() => undefined));
    while (seen.signedOut.length < 2 || seen.signedIn.length < 2)
      await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 700));
    running.send('SIGKILL');
    await Promise.all([...load, running.ended]);
    return seen;
  }

  const silently = async (rp: TestRelyingParty, browser: TestBrowser): Promise<URL> => {
    const { left } = await browser.follow((await start(rp, { prompt: 'none' })).url);
    if (left === undefined) throw new Error('prompt=none showed a page');
    return left;
  };

  it.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))(
    'keeps what it acknowledged and gives nothing twice (round %i)',
    async () => {
      const seen = await killUnderLoad();
      const rp = await restart();

      for (const { started, tokens } of seen.signedIn)
        expect(await userInfo(started, tokens)).toMatchObject({ name: expect.any(String) });
      for (const { browser, started, tokens } of seen.signedOut) {
        expect((await silently(rp, browser)).searchParams.get('error')).toBe('login_required');
        await expect(userInfo(started, tokens)).rejects.toMatchObject({ status: 401 });
      }

      for (const { started, callback } of seen.redeemed)
        await expect(redeem(started, callback)).rejects.toMatchObject({ error: 'invalid_grant' });
      for (const { started, callback } of seen.undecided) {
        const outcomes = [await outcome(started, callback), await outcome(started, callback)];
        expect(outcomes).toBeOneOf([
          ['tokens', 'invalid_grant'],
          ['invalid_grant', 'invalid_grant'],
        ]);
      }
    },
  );

  const outcome = (started: Started, callback: URL): Promise<unknown> =>
    redeem(started, callback).then(
      () => 'tokens',
      (error: { error?: string }) => error.error ?? error,
    );
});
