import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAllCollections } from '../../../src/collections.ts';
import { createBodyCipher } from '../../../src/keys/body-cipher.ts';
import { resealAll } from '../../../src/storage/keeping/reseal-all.ts';
import { openStorage } from '../../../src/storage/open-storage.ts';
import { person } from '../../support/citizen.ts';
import { type Instances, startInstances } from '../../support/instances.ts';
import { type FreshDatabase, freshDatabaseUri, mongoServer } from '../../support/mongo.ts';
import { startProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty, userInfo } from '../../support/relying-parties.ts';
import { obtainTokens } from '../protocol/flow.ts';

const PAPERS = { parameters: { scope: 'openid profile doc:id_card', prompt: 'consent' } };
const [root, former, next] = [1, 2, 3].map(() => randomBytes(32).toString('base64url')) as [
  string,
  string,
  string,
];

describe.skipIf(!mongoServer())('a rotation of the storage key', { timeout: 60_000 }, () => {
  let database: FreshDatabase;
  let instances: Instances;
  let rp: TestRelyingParty;
  const who = person('all-documents');

  beforeAll(async () => {
    database = freshDatabaseUri();
    const before = await startProvider({
      storageUrl: database.uri,
      config: { keys: { root, storage: [former] } },
    });
    await before.close();
    instances = await startInstances({
      storageUrl: database.uri,
      people: false,
      config: { keys: { root, storage: [next, former] } },
    });
    rp = await register(instances.provider);
  }, 60_000);
  afterAll(async () => {
    await instances.provider.close();
    await database.drop();
  });

  /** How many rows a cipher of these keys would not write so today. */
  const reseal = async (keys: readonly string[]): Promise<number> => {
    const cipher = createBodyCipher(keys.map((key) => Buffer.from(key, 'base64url')));
    const clock = { now: () => Date.now() };
    const storage = await openStorage({ url: database.uri, cipher, clock });
    const watch = { report: () => undefined, stopped: () => false };
    const collections = openAllCollections(storage);
    const { end, resealed } = await resealAll({ storage, collections, task: 'rotate/test', watch });
    await storage.close();
    expect(end).toBe('done');
    return resealed;
  };

  it('is seen by every instance while they serve, and leaves nothing that needs the former key', async () => {
    const { provider } = instances;
    const { tokens, started } = await obtainTokens(provider, rp, who, PAPERS);
    expect(await reseal([next, former])).toBeGreaterThan(20);
    for (let request = 0; request < 4; request += 1) {
      expect(await userInfo(started, tokens)).toHaveProperty('id_card');
    }
    await obtainTokens(provider, rp, who, PAPERS);
    expect(await reseal([next])).toBe(0);
  });
});
