import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Front, startFront } from '../../support/front.ts';
import { type Load, startLoad } from '../../support/load-checker.ts';
import { type FreshDatabase, freshDatabaseUri, mongoServer } from '../../support/mongo.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { register } from '../../support/relying-parties.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { type OneFault, startWireProxy, type WireProxy } from '../../support/wire-proxy.ts';

/** The trouble ends once so many have signed in through it. */
const SIGN_INS = 20;
const PATIENCE_MS = 150_000;
const MANY = [{ attempts: 1_000_000, seconds: 60 }];
const COMMANDS = ['insert', 'update', 'delete', 'findAndModify', 'find'];
const ONCE: OneFault[] = ['NotWritablePrimary', 'ShutdownInProgress', 'swallow', 'truncate'];

describe.skipIf(!mongoServer())('two instances whose networks fail while people sign in', () => {
  let database: FreshDatabase;
  let front: Front;
  const proxies: WireProxy[] = [];
  const instances: TestProvider[] = [];
  beforeAll(async () => {
    database = freshDatabaseUri();
    front = await startFront();
    for (const people of [true, false]) {
      const proxy = await startWireProxy(database.uri);
      proxies.push(proxy);
      const throttle = { password_account: MANY, password_address: MANY, client_address: MANY };
      const config = { throttle };
      instances.push(await startProvider({ storageUrl: proxy.uri, issuer: front.address, people, config }));
    }
    front.targets = instances.map(({ address }) => address);
  }, 60_000);
  afterEach(() => Promise.all(proxies.map((proxy) => proxy.heal())));
  afterAll(async () => {
    await front.close();
    await Promise.all(instances.map((instance) => instance.close()));
    await Promise.all(proxies.map((proxy) => proxy.close()));
    await database.drop();
  });

  const any = <T>(list: readonly T[], random: () => number): T => {
    const one = list[Math.floor(random() * list.length)];
    if (one === undefined) throw new Error('there is nothing to choose from');
    return one;
  };

  /** Faults of single commands, again and again; now and then an outage or a parted network of one instance. */
  async function trouble(load: Load, random: () => number): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    while (load.signIns() < SIGN_INS && performance.now() < end) {
      const proxy = any(proxies, random);
      const chance = random();
      if (chance < 0.85) proxy.once(any(COMMANDS, random), any(ONCE, random));
      else if (chance < 0.92) proxy.cut();
      else {
        if (chance < 0.96) await proxy.refuse();
        else proxy.part();
        await new Promise((resolve) => setTimeout(resolve, random() * 2000));
        await proxy.heal();
      }
      await new Promise((resolve) => setTimeout(resolve, random() * 1500));
    }
    await Promise.all(proxies.map((proxy) => proxy.heal()));
  }

  it('never contradict what they said', { timeout: 240_000 }, async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const [first] = instances;
    if (first === undefined) throw new Error('there is no instance');
    const load = await startLoad({
      issuer: front.address,
      relyingParty: await register({ ...first, address: front.address }, { secretBasic: true }),
      env: { MOTCUA_STORAGE_URL: database.uri },
      seed,
    });
    await trouble(load, seededRandom(~seed));
    const { counts, violations } = await load.finish();
    expect(violations, `seed ${seed}`).toEqual([]);
    expect(counts['sign-ins']).toBeGreaterThanOrEqual(SIGN_INS);
    expect(counts['code: tokens']).toBeGreaterThan(0);
  });
});
