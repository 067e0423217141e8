import { type Front, startFront } from './front.ts';
import { freshDatabaseUri } from './mongo.ts';
import { type ProviderOptions, type StartProvider, startProvider, type TestProvider } from './provider.ts';

/** Several instances on one database, behind a front that hands each request to the next one. */
export interface Instances {
  /** All of them as one provider: its address is the front's, its services are the first one's. */
  readonly provider: TestProvider;
  /** One of them alone: the same issuer, at its own address. */
  at(index: number): TestProvider;
  readonly front: Front;
}

const COUNT = 2;

/** Starts two instances that share a fresh MongoDB database, or the one given, and nothing else. */
export const startInstances = (options: ProviderOptions = {}): Promise<Instances> =>
  instancesOf(startProvider, options);

/** Makes of a way to start one provider a way to start several that look like one. */
export const asInstances =
  (one: StartProvider): StartProvider =>
  async (options) =>
    (await instancesOf(one, options)).provider;

async function instancesOf(one: StartProvider, options: ProviderOptions): Promise<Instances> {
  const database = options.storageUrl === undefined ? freshDatabaseUri() : undefined;
  const front = await startFront();
  const logged: Record<string, unknown>[] = [];
  const shared = {
    ...options,
    logged,
    issuer: front.address,
    storageUrl: options.storageUrl ?? database?.uri ?? '',
  };
  const all: TestProvider[] = [];
  for (let index = 0; index < COUNT; index += 1) {
    // The first one fills the database; the others find it filled.
    all.push(await one({ ...shared, people: index === 0 && options.people !== false }));
  }
  front.targets = all.map(({ address }) => address);
  const at = (index: number): TestProvider => {
    const found = all[index];
    if (found === undefined) throw new Error(`there is no instance ${index}`);
    return found;
  };
  const close = async () => {
    await front.close();
    await Promise.all(all.map((instance) => instance.close()));
    await database?.drop();
  };
  return { provider: { ...at(0), address: front.address, close }, at, front };
}
