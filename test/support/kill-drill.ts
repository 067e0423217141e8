import { setTimeout as wait } from 'node:timers/promises';
import { type Front, startFront } from './front.ts';
import { type Load, startLoad, type Verdict } from './load-checker.ts';
import { endServer, fastHashing, freePort, openClient, runScript, startServer } from './process.ts';
import { seededRandom } from './seeded-random.ts';

export interface KillDrillOptions {
  readonly storageUrl: string;
  /** Server processes on that storage. */
  readonly instances: number;
  readonly milliseconds: number;
  readonly seed: number;
  readonly log?: (line: string) => void;
}

export interface KillDrillVerdict extends Verdict {
  readonly kills: number;
  /** Sign-ins completed while one of several instances was down. */
  readonly meanwhile: number;
}

/** Sign-ins between the return of an instance and the next kill, at most; then the kill comes at any moment. */
const MOST_SIGN_INS = 12;
const ANY_MOMENT_MS = 1000;
/** A drill that does not get on is over. */
const PATIENCE_MS = 60_000;
const MANY = '[{ attempts: 1000000, seconds: 60 }]';

/** Settings of the processes of a drill: many people come from one address there. */
export const drillSettings = (storageUrl: string, issuer: string): Record<string, string> => ({
  ...fastHashing,
  MOTCUA_ISSUER: issuer,
  MOTCUA_STORAGE_URL: storageUrl,
  MOTCUA_WORKERS: '1',
  MOTCUA_THROTTLE_PASSWORD_ACCOUNT: MANY,
  MOTCUA_THROTTLE_PASSWORD_ADDRESS: MANY,
  MOTCUA_THROTTLE_CLIENT_ADDRESS: MANY,
});

/** An instance that can be killed, at an address that stays. */
export interface Instance {
  kill(): Promise<void>;
  restart(): Promise<void>;
}

/** Starts server processes behind a front, the first before the others: it fills an empty storage. */
export async function startProcesses(
  front: Front,
  env: Readonly<Record<string, string>>,
  count: number,
): Promise<Instance[]> {
  const instances: Instance[] = [];
  for (let number = 0; number < count; number += 1) {
    const ports = { port: await freePort(), portalPort: await freePort() };
    let server = await startServer({ ...ports, env });
    front.targets = [...front.targets, server.address];
    instances.push({
      kill: () => endServer(server),
      async restart() {
        server = await startServer({ ...ports, env });
      },
    });
  }
  return instances;
}

/** Registers the portal of a drill by the command line and opens a client for it. */
export async function addPortal(front: Front, env: Readonly<Record<string, string>>) {
  const flags = {
    name: 'Cổng thử',
    organization: 'Sở Mẫu',
    'redirect-uri': 'https://portal.example/cb',
    scope: 'profile',
    purpose: 'Thử',
  };
  const args = Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value]);
  const added = await runScript(['scripts/admin.ts', 'client', 'add', '--json', '--refresh', ...args], env);
  if (added.code !== 0) throw new Error(`the portal was not added: ${added.err}`);
  return openClient({ issuer: front.address }, JSON.parse(added.out));
}

/** Kills server processes at random moments while people sign in, and holds them to what they said. */
export async function killDrill(options: KillDrillOptions): Promise<KillDrillVerdict> {
  const { log = () => undefined, seed, storageUrl } = options;
  const front = await startFront();
  const env = drillSettings(storageUrl, front.address);
  const instances: Instance[] = [];
  try {
    instances.push(...(await startProcesses(front, env, options.instances)));
    const relyingParty = await addPortal(front, env);
    const load = await startLoad({ issuer: front.address, relyingParty, env, seed, log });
    const killed = await killAtRandom(load, instances, options, log);
    return { ...killed, ...(await load.finish()) };
  } finally {
    await Promise.all(instances.map((instance) => instance.kill()));
    await front.close();
  }
}

async function killAtRandom(
  load: Load,
  instances: readonly Instance[],
  { milliseconds, seed }: KillDrillOptions,
  log: (line: string) => void,
): Promise<{ kills: number; meanwhile: number }> {
  const random = seededRandom(~seed);
  let kills = 0;
  let meanwhile = 0;
  for (const end = performance.now() + milliseconds; performance.now() < end; ) {
    await signIns(load, load.signIns() + Math.ceil(random() * MOST_SIGN_INS));
    await wait(random() * ANY_MOMENT_MS);
    const struck = Math.floor(random() * instances.length);
    await instances[struck]?.kill();
    kills += 1;
    const before = load.signIns();
    await instances[struck]?.restart();
    meanwhile += load.signIns() - before;
    log(`instance ${struck + 1} was killed and is back; ${load.signIns()} sign-ins so far`);
  }
  return { kills, meanwhile };
}

async function signIns(load: Load, enough: number): Promise<void> {
  for (const deadline = performance.now() + PATIENCE_MS; load.signIns() < enough; await wait(10)) {
    if (performance.now() > deadline) throw new Error('nobody could sign in any more');
  }
}
