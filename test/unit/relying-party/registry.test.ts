import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRegistry, type RelyingPartyRegistry } from '../../../src/relying-party/registry.ts';
import type { RelyingParty } from '../../../src/relying-party/relying-party.ts';
import { openTestStorage } from '../../support/storage.ts';
import { aRelyingParty } from './a-relying-party.ts';

let opened: Awaited<ReturnType<typeof openTestStorage>>;
let now = Date.parse('2026-11-21T00:00:00Z');
const clock = { now: () => now };
const registry = (cacheSeconds = 0): RelyingPartyRegistry =>
  createRegistry({ storage: opened.storage, clock, cacheSeconds });
const renamed = (name: string) => (party: RelyingParty) => ({ ...party, name: { vi: name } });

beforeEach(async () => {
  opened = await openTestStorage();
});
afterEach(async () => {
  await opened.close();
});

describe('the registry of relying parties', () => {
  it.each(['', 'unknown', 'x'.repeat(10_000), '../etc', 'a b', "x' OR 1=1", '__proto__'])(
    'knows nothing of the id %j',
    async (id) => {
      expect(await registry(60).get(id)).toBeUndefined();
    },
  );

  it('lets one of many simultaneous registrations of an id win', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        registry().add(aRelyingParty({ name: { vi: `Cổng ${index}` } })),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'added')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'exists')).toHaveLength(19);
    const winner = outcomes.indexOf('added');
    expect(await registry().get('cong-mot-cua')).toMatchObject({ name: { vi: `Cổng ${winner}` } });
  });

  it('does not give the id of a removed relying party again', async () => {
    await registry().add(aRelyingParty());
    expect(await registry().remove('cong-mot-cua')).toBe(true);
    expect(await registry().add(aRelyingParty({ organization: 'Sở khác' }))).toBe('retired');
    expect(await registry().get('cong-mot-cua')).toBeUndefined();
    expect(await registry().update('cong-mot-cua', renamed('Cổng mới'))).toBeUndefined();
    expect(await registry().list()).toEqual([]);
  });

  it('keeps what a removed relying party was, for its name, and calls nobody else a former one', async () => {
    await registry().add(aRelyingParty());
    for (const id of ['cong-mot-cua', 'unknown', '../etc', '__proto__', '']) {
      expect(await registry().former(id)).toBeUndefined();
    }
    await registry().remove('cong-mot-cua');
    expect(await registry(60).former('cong-mot-cua')).toEqual(aRelyingParty());
  });

  it('removes once, however many ask', async () => {
    await registry().add(aRelyingParty());
    const removed = await Promise.all(Array.from({ length: 10 }, () => registry().remove('cong-mot-cua')));
    expect(removed.filter(Boolean)).toHaveLength(1);
    expect(await registry().remove('unknown')).toBe(false);
  });

  it('does not let a change rename the id', async () => {
    await registry().add(aRelyingParty());
    await expect(
      registry().update('cong-mot-cua', (party) => ({ ...party, client_id: 'other' })),
    ).rejects.toThrow('cannot be changed');
    expect(await registry().get('other')).toBeUndefined();
  });

  it('loses none of many simultaneous changes', async () => {
    await registry().add(aRelyingParty({ name: { vi: 'x' } }));
    await Promise.all(
      Array.from({ length: 10 }, () =>
        registry().update('cong-mot-cua', (party) => renamed(`${party.name.vi}x`)(party)),
      ),
    );
    expect((await registry().get('cong-mot-cua'))?.name.vi).toBe('x'.repeat(11));
  });

  it('gives back what was added', async () => {
    const party = aRelyingParty({ initiate_login_uri: 'https://rp.example/start' });
    expect(await registry().add(party)).toBe('added');
    expect(await registry().get(party.client_id)).toEqual(party);
  });

  it('lists by id, page after page', async () => {
    for (const client_id of ['ccc', 'aaa', 'bbb']) await registry().add(aRelyingParty({ client_id }));
    const ids = async (page: Parameters<RelyingPartyRegistry['list']>[0]) =>
      (await registry().list(page)).map((party) => party.client_id);
    expect(await ids({ limit: 2 })).toEqual(['aaa', 'bbb']);
    expect(await ids({ limit: 2, after: 'bbb' })).toEqual(['ccc']);
    expect(await ids({ limit: 2, after: 'ccc' })).toEqual([]);
  });
});

describe('the cache of the registry', () => {
  it('ends after its seconds: a change made elsewhere is then seen', async () => {
    const reader = registry(2);
    await registry().add(aRelyingParty());
    await reader.get('cong-mot-cua');
    await registry().remove('cong-mot-cua');
    now += 1_999;
    expect(await reader.get('cong-mot-cua')).toBeDefined();
    now += 1;
    expect(await reader.get('cong-mot-cua')).toBeUndefined();
  });

  it('does not remember that an id is unknown', async () => {
    const reader = registry(60);
    expect(await reader.get('cong-mot-cua')).toBeUndefined();
    await registry().add(aRelyingParty());
    expect(await reader.get('cong-mot-cua')).toBeDefined();
  });

  it('shows its own changes at once', async () => {
    const own = registry(60);
    await own.add(aRelyingParty());
    await own.get('cong-mot-cua');
    await own.update('cong-mot-cua', renamed('Cổng mới'));
    expect((await own.get('cong-mot-cua'))?.name.vi).toBe('Cổng mới');
    await own.remove('cong-mot-cua');
    expect(await own.get('cong-mot-cua')).toBeUndefined();
  });

  it('is not there at zero seconds', async () => {
    const reader = registry(0);
    await registry().add(aRelyingParty());
    await reader.get('cong-mot-cua');
    await registry().remove('cong-mot-cua');
    expect(await reader.get('cong-mot-cua')).toBeUndefined();
  });

  it('holds a bounded number: the oldest is read again', async () => {
    const reader = registry(60);
    const ids = Array.from({ length: 501 }, (_, index) => `portal-${index}`);
    await Promise.all(ids.map((client_id) => reader.add(aRelyingParty({ client_id }))));
    for (const id of ids) await reader.get(id);
    await registry().remove('portal-0');
    await registry().remove('portal-500');
    expect(await reader.get('portal-0')).toBeUndefined();
    expect(await reader.get('portal-500')).toBeDefined();
  });
});
