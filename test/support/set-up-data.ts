import { systemClock } from '../../src/clock/clock.ts';
import { requireSameKeys } from '../../src/keys/key-check.ts';
import { createKeyring } from '../../src/keys/keyring.ts';
import { type OpenAll, requireDataVersion } from '../../src/storage/keeping/data-version.ts';
import { openStorage } from '../../src/storage/open-storage.ts';

interface DataSettings {
  readonly url: string;
  readonly keys: Parameters<typeof createKeyring>[0];
  readonly openAll: OpenAll;
}

/** Does to an empty database what the first server does that starts on it. */
export async function setUpData({ url, keys, openAll }: DataSettings): Promise<void> {
  const { cipher, keyedHash } = createKeyring(keys);
  const storage = await openStorage({ url, cipher, clock: systemClock });
  try {
    await requireDataVersion(storage, openAll);
    await requireSameKeys(storage, keyedHash('key-proof')('root'));
  } finally {
    await storage.close();
  }
}
