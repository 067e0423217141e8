import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDeviceRequests, type DeviceRequests } from '../../../src/authentication/device-requests.ts';
import { MINUTE } from '../../../src/clock/clock.ts';
import { openTestStorage, type TestStorage } from '../../support/storage.ts';

const key = { subject: 'abcsomebody', device: 'new-phone', signIn: 'uid-1' };
const about = { name: 'iPhone', relying_party: 'cong-so-mau' };

describe('the request of a new device', () => {
  let now = Date.parse('2026-11-21T03:00:00Z');
  const clock = { now: () => now };
  let opened: TestStorage;
  let requests: DeviceRequests;
  beforeEach(async () => {
    opened = await openTestStorage({ clock });
    requests = createDeviceRequests({ storage: opened.storage, clock });
    await requests.ask(key, about);
  });
  afterEach(() => opened.close());

  const only = async () => {
    const [waiting] = await requests.waiting(key.subject);
    if (waiting === undefined) throw new Error('no request waits');
    return waiting;
  };

  it('is nothing to another person, another sign-in and another device', async () => {
    const { id, request } = await only();
    expect(await requests.choose('abcelse', id, request.number)).toBe('over');
    expect(await requests.waiting('abcelse')).toEqual([]);
    expect(await requests.choose(key.subject, id, request.number)).toBe('confirmed');
    expect(await requests.standing({ ...key, device: 'else' })).toBeUndefined();
    expect(await requests.standing({ ...key, signIn: 'uid-2' })).toBeUndefined();
    expect((await requests.standing(key))?.decision).toBe('confirmed');
  });

  it('is refused by any number but its own, and stays so', async () => {
    const { id, request } = await only();
    expect(new Set(request.choices).size).toBe(3);
    expect(request.choices).toContain(request.number);
    const wrong = request.choices.find((number) => number !== request.number) ?? 0;
    expect(await requests.choose(key.subject, id, wrong)).toBe('refused');
    expect(await requests.choose(key.subject, id, request.number)).toBe('over');
    await requests.ask(key, about);
    expect((await requests.standing(key))?.decision).toBe('refused');
  });

  it('is decided once, however many say yes and no at the same time', async () => {
    const { id, request } = await only();
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        index % 2 === 0 ? requests.choose(key.subject, id, request.number) : requests.refuse(key.subject, id),
      ),
    );
    const decided = outcomes.filter((outcome) => outcome !== 'over');
    expect(decided).toHaveLength(1);
    expect((await requests.standing(key))?.decision).toBe(decided[0]);
  });

  it('ends after ten minutes, and nothing that is said then brings it back', async () => {
    const { id, request } = await only();
    now += 10 * MINUTE;
    expect(await requests.choose(key.subject, id, request.number)).toBe('over');
    expect(await requests.standing(key)).toBeUndefined();
  });

  it('is not shown to the device that asks', async () => {
    expect(await requests.waiting(key.subject, key.device)).toEqual([]);
    expect(await requests.waiting(key.subject, 'old-phone')).toHaveLength(1);
  });
});
