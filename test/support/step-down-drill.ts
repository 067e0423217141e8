import { setTimeout as wait } from 'node:timers/promises';
import { type Front, startFront } from './front.ts';
import { addPortal, drillSettings, type Instance, startProcesses } from './kill-drill.ts';
import { type Load, startLoad, type Verdict } from './load-checker.ts';
import { type ReplicaSet, startReplicaSet } from './replica-set.ts';
import { seededRandom } from './seeded-random.ts';

export interface StepDownDrillOptions {
  readonly seconds: number;
  readonly seed: number;
  /** The program of the members. */
  readonly mongod: string;
}

const INSTANCES = 2;
/** Between two troubles of the set, in milliseconds. */
const PEACE = { shortest: 2000, longest: 6000 };

const say = (sentence: string): void => console.log(`${new Date().toISOString()} ${sentence}`);

/** The set in trouble, by turns, until the time is over. */
async function trouble(set: ReplicaSet, load: Load, { seconds, seed }: StepDownDrillOptions): Promise<void> {
  const random = seededRandom(~seed);
  const end = performance.now() + seconds * 1000;
  for (let turn = 0; performance.now() < end; turn += 1) {
    await wait(PEACE.shortest + random() * (PEACE.longest - PEACE.shortest));
    const asked = performance.now();
    if (turn % 2 === 0) await set.stepDown();
    else await set.killPrimary();
    const what = turn % 2 === 0 ? 'the primary stepped down' : 'the primary was killed and is back';
    const took = Math.round(performance.now() - asked);
    say(`${what}, after ${took} ms there is another one; ${load.signIns()} sign-ins so far`);
  }
}

async function drill(set: ReplicaSet, front: Front, options: StepDownDrillOptions): Promise<Verdict> {
  const env = drillSettings(set.uri('motcua_drill'), front.address);
  const instances: Instance[] = [];
  try {
    instances.push(...(await startProcesses(front, env, INSTANCES)));
    say(`${INSTANCES} instances run at ${front.targets.join(' and ')}`);
    const relyingParty = await addPortal(front, env);
    const { seed } = options;
    const load = await startLoad({ issuer: front.address, relyingParty, env, seed, log: say });
    await trouble(set, load, options);
    say('the trouble is over; everything is asked about once more');
    return await load.finish();
  } finally {
    await Promise.all(instances.map((instance) => instance.kill()));
  }
}

/**
 * Starts a replica set and two instances on it, signs people in, lets the primary step down and kills it by turns,
 * and holds every answer to what was said before. Rejects where the set does not start.
 */
export async function stepDownDrill(options: StepDownDrillOptions): Promise<Verdict> {
  const { mongod, seed } = options;
  say(`seed ${seed}; starting three members of ${mongod}`);
  const set = await startReplicaSet(mongod);
  const front = await startFront();
  const stop = () => void set.stop().finally(() => process.exit(130));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    return await drill(set, front, options);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await front.close();
    await set.stop();
  }
}
