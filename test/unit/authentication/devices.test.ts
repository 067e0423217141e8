import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDevices, type Devices, newDeviceToken } from '../../../src/authentication/devices.ts';
import { DAY, HOUR, SECOND } from '../../../src/clock/clock.ts';
import { openTestStorage, type TestStorage } from '../../support/storage.ts';

const REMEMBERED = 180 * DAY;
const phone = { name: 'iPhone', place: 'Hà Nội' };

describe('the devices of a person', () => {
  let now = Date.parse('2026-11-21T03:00:00Z');
  const clock = { now: () => now };
  let opened: TestStorage;
  let devices: Devices;
  let ended: string[];
  beforeEach(async () => {
    opened = await openTestStorage({ clock });
    ended = [];
    devices = createDevices({
      storage: opened.storage,
      clock,
      remembered: REMEMBERED / SECOND,
      endSessionsOf: async (_, device) => void ended.push(device),
    });
  });
  afterEach(() => opened.close());

  it('are unknown to everybody but that person, by the same token', async () => {
    const token = newDeviceToken();
    await devices.remember('somebody', token, phone, 'code');
    await devices.remember('else', newDeviceToken(), phone, 'code');
    expect(await devices.standing('else', token)).toBe('unknown');
    expect(await devices.standing('somebody', token)).toBe('known');
    expect(devices.idOf('else', token)).not.toBe(devices.idOf('somebody', token));
  });

  it('begin with one that needs no confirmation, however many come at once', async () => {
    const tokens = Array.from({ length: 8 }, newDeviceToken);
    expect(await devices.standing('somebody', tokens[0] ?? '')).toBe('first');
    const begun = await Promise.all(tokens.map((token) => devices.begin('somebody', token, phone)));
    expect(begun.filter((id) => id !== undefined)).toHaveLength(1);
    expect(await devices.list('somebody')).toHaveLength(1);
  });

  it('never begin anew: when all are gone the next one has to be confirmed', async () => {
    const token = newDeviceToken();
    await devices.begin('somebody', token, phone);
    expect(await devices.removeAll('somebody')).toBe(1);
    expect(await devices.standing('somebody', token)).toBe('unknown');
    expect(await devices.begin('somebody', token, phone)).toBeUndefined();
    expect(await devices.used('somebody', token)).toBeUndefined();
  });

  it('are forgotten when they were not used for the configured time, and not before', async () => {
    const token = newDeviceToken();
    await devices.remember('somebody', token, phone, 'code');
    now += REMEMBERED - 1;
    expect(await devices.standing('somebody', token)).toBe('known');
    await devices.used('somebody', token);
    now += REMEMBERED;
    expect(await devices.standing('somebody', token)).toBe('unknown');
    expect(await devices.list('somebody')).toEqual([]);
  });

  it('say when and where they last signed in', async () => {
    const token = newDeviceToken();
    const id = await devices.remember('somebody', token, phone, 'passkey');
    const first = now;
    now += HOUR;
    expect(await devices.used('somebody', token, 'Huế')).toBe(id);
    expect(await devices.list('somebody')).toEqual([
      { id, name: 'iPhone', first, last: now, place: 'Huế', by: 'passkey' },
    ]);
  });

  it('are at most twenty: the one that was not used for longest falls out, and its sessions end', async () => {
    const tokens = Array.from({ length: 21 }, newDeviceToken);
    for (const token of tokens.slice(0, 20)) await devices.remember('somebody', token, phone, 'code');
    now += HOUR;
    await devices.used('somebody', tokens[0] ?? '');
    await devices.remember('somebody', tokens[20] ?? '', phone, 'code');
    expect(await devices.list('somebody')).toHaveLength(20);
    expect(await devices.standing('somebody', tokens[1] ?? '')).toBe('unknown');
    expect(await devices.standing('somebody', tokens[0] ?? '')).toBe('known');
    expect(ended).toEqual([devices.idOf('somebody', tokens[1] ?? '')]);
  });

  it('are taken away once, and others stay', async () => {
    const [one, other] = [newDeviceToken(), newDeviceToken()];
    const id = await devices.remember('somebody', one, phone, 'code');
    await devices.remember('somebody', other, phone, 'code');
    expect(await devices.remove('else', id)).toBe(false);
    expect([await devices.remove('somebody', id), await devices.remove('somebody', id)]).toEqual([
      true,
      false,
    ]);
    expect(await devices.standing('somebody', one)).toBe('unknown');
    expect(await devices.standing('somebody', other)).toBe('known');
  });

  it('keep no token: what is stored does not hold it', async () => {
    const token = newDeviceToken();
    await devices.remember('somebody', token, phone, 'code');
    const rows = await opened.storage.collections.get('devices')?.scan();
    expect(JSON.stringify(rows)).toContain('iPhone');
    expect(JSON.stringify(rows)).not.toContain(token);
  });
});
