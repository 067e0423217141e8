import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/clock/clock.ts';
import { requireSameKeys } from '../../../src/keys/key-check.ts';
import { type BodyCipher, StorageUnavailable } from '../../../src/storage/contract.ts';
import { openSqliteStorage } from '../../../src/storage/sqlite/sqlite-storage.ts';
import { createTestCipher, temporaryFolder } from '../../support/storage.ts';

describe('data', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  const cipher = createTestCipher();
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());

  const under = async (sealing: BodyCipher, root: string) => {
    const file = join(folder.folder, 'motcua.db');
    const storage = await openSqliteStorage({ file, cipher: sealing, clock: systemClock });
    return requireSameKeys(storage, root).finally(() => storage.close());
  };

  it('of another storage key are refused', async () => {
    await under(cipher, 'root');
    await expect(under(createTestCipher(), 'root')).rejects.toThrow(StorageUnavailable);
  });

  it('of another root key are refused, with a sentence that names the variables', async () => {
    await under(cipher, 'root');
    await expect(under(cipher, 'another root')).rejects.toThrow('MOTCUA_KEYS_ROOT');
  });

  it('of the same keys are accepted, however often', async () => {
    await under(cipher, 'root');
    await under(cipher, 'root');
    await expect(under(cipher, 'root')).resolves.toBeUndefined();
  });
});
