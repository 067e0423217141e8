import Provider, { type KoaContextWithOIDC } from 'oidc-provider';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createReadAhead, type ReadAhead } from '../../../src/oidc/read-ahead.ts';
import { openTestStorage, type TestStorage } from '../../support/storage.ts';

const token = {
  accountId: 'somebody',
  clientId: 'cong-so-mau',
  grantId: 'grant',
  scope: 'openid doc:id_card',
  extra: { acr: '2' },
};

describe('reading ahead', () => {
  let opened: TestStorage;
  let reads: string[];
  let fails: boolean;
  let readAhead: ReadAhead;
  const read = async (name: string): Promise<undefined> => {
    reads.push(name);
    if (fails) throw new Error('the storage is away');
  };
  /** The library says here which request is under way. */
  const serving = (route: string): void => {
    // What the reads look at of a request; a whole one cannot be made by hand.
    const request = { oidc: { route } } as unknown as KoaContextWithOIDC;
    vi.spyOn(Provider, 'ctx', 'get').mockReturnValue(request);
  };
  beforeEach(async () => {
    opened = await openTestStorage();
    reads = [];
    fails = false;
    const get = (name: string) => (id: string) => read(`${name} ${id}`);
    // Of the four stores, what is read for a token and nothing else.
    readAhead = createReadAhead({
      storage: opened.storage,
      registry: { get: get('relying party') },
      directory: { get: get('subject') },
      grantContexts: { find: get('context') },
      holdings: { get: (id: string, scope: string) => read(`holding ${id} ${scope}`) },
    } as unknown as Parameters<typeof createReadAhead>[0]);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await opened.close();
  });

  it('begins nothing where no request is under way, or one that needs none of it', () => {
    readAhead.follow(token);
    serving('revocation');
    readAhead.follow(token);
    expect(reads).toEqual([]);
  });

  it('begins at UserInfo what its answer is made of', () => {
    serving('userinfo');
    readAhead.follow(token);
    expect(reads).toEqual([
      'relying party cong-so-mau',
      'subject somebody',
      'context grant',
      'holding somebody doc:id_card',
    ]);
  });

  it.each([
    ['a sign-in at level 1', { extra: { acr: '1' } }],
    ['a token without a document scope', { scope: 'openid profile' }],
  ])('touches no document for %s', (_name, change) => {
    serving('userinfo');
    readAhead.follow({ ...token, ...change });
    expect(reads).toEqual(['relying party cong-so-mau', 'subject somebody']);
  });

  it('gives what was begun once, and reads anew when asked again', async () => {
    serving('token');
    readAhead.follow(token);
    const { directory } = readAhead.sources;
    await directory.get('somebody');
    expect(reads).toEqual(['subject somebody']);
    await directory.get('somebody');
    await directory.get('another');
    expect(reads).toEqual(['subject somebody', 'subject somebody', 'subject another']);
  });

  it('gives nothing of one request to another', async () => {
    serving('token');
    readAhead.follow(token);
    serving('token');
    await readAhead.sources.directory.get('somebody');
    expect(reads).toEqual(['subject somebody', 'subject somebody']);
  });

  it('fails for who asks, and for nobody where nobody asks', async () => {
    serving('userinfo');
    fails = true;
    readAhead.follow(token);
    await expect(readAhead.sources.directory.get('somebody')).rejects.toThrow('the storage is away');
  });
});
