import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createThrottle, type Throttle } from '../../../src/authentication/throttle.ts';
import { openTestStorage, type TestStorage } from '../../support/storage.ts';

const windows = [
  { attempts: 3, seconds: 60 },
  { attempts: 5, seconds: 3600 },
];

describe('a throttle', () => {
  let now = Date.parse('2026-11-21T03:00:00Z');
  const clock = { now: () => now };
  let opened: TestStorage;
  let throttle: Throttle;
  beforeEach(async () => {
    opened = await openTestStorage({ clock });
    throttle = createThrottle({ storage: opened.storage, clock });
  });
  afterEach(() => opened.close());

  const take = (key = 'somebody') => throttle.take('password', key, windows);
  const allowed = async (times: number) =>
    (await Promise.all(Array.from({ length: times }, () => take()))).filter((one) => one.allowed).length;

  it('lets no more than the limit through, however many come at once', async () => {
    expect(await allowed(50)).toBe(3);
  });

  it('says when the next attempt is allowed, and holds to it', async () => {
    await allowed(3);
    const until = now + 60_000;
    now += 20_000;
    expect(await take()).toMatchObject({ allowed: false, retryAt: until });
    now = until - 1;
    expect((await take()).allowed).toBe(false);
    now = until;
    expect((await take()).allowed).toBe(true);
  });

  it('is not put off by attempts made while it holds', async () => {
    await allowed(3);
    const until = now + 60_000;
    await take();
    now += 30_000;
    expect(await take()).toMatchObject({ allowed: false, retryAt: until });
  });

  it('is crossed once in a window, however many attempts it refuses and however many come at once', async () => {
    const crossings = async (times: number, of = windows.slice(0, 1)) => {
      const outcomes = await Promise.all(
        Array.from({ length: times }, () => throttle.take('password', 'somebody', of)),
      );
      return outcomes.filter((one) => !one.allowed && one.crossed).length;
    };
    expect(await crossings(3)).toBe(0);
    expect(await crossings(40)).toBe(1);
    expect(await crossings(40)).toBe(0);
    now += 60_000;
    expect(await crossings(3)).toBe(0);
    expect(await crossings(40)).toBe(1);
    expect(await crossings(40)).toBe(0);
  });

  it('is crossed once more where a longer window is exceeded, which a shorter one does not end', async () => {
    await allowed(3);
    expect(await take()).toMatchObject({ crossed: true });
    now += 60_000;
    await allowed(2);
    expect(await take()).toMatchObject({ crossed: true });
    now += 60_000;
    expect(await take()).toMatchObject({ allowed: false, crossed: false });
  });

  it('is crossed anew after its attempts were forgotten', async () => {
    await allowed(3);
    expect(await take()).toMatchObject({ crossed: true });
    await throttle.forget('password', 'somebody', windows);
    await allowed(3);
    expect(await take()).toMatchObject({ crossed: true });
  });

  it('takes nothing out of a longer window for attempts that it refused', async () => {
    await allowed(50);
    now += 60_000;
    expect(await allowed(50)).toBe(2);
  });

  it('names the longest wait where several windows are exceeded', async () => {
    await allowed(3);
    now += 60_000;
    await allowed(2);
    expect(await take()).toMatchObject({ allowed: false, retryAt: now + 3_540_000 });
  });

  it('keeps keys and kinds apart', async () => {
    await allowed(3);
    expect((await take('somebody else')).allowed).toBe(true);
    expect((await throttle.take('totp', 'somebody', windows)).allowed).toBe(true);
  });

  it('can be looked at without taking an attempt', async () => {
    await allowed(2);
    for (let look = 0; look < 5; look += 1) {
      expect((await throttle.peek('password', 'somebody', windows)).allowed).toBe(true);
    }
    await allowed(1);
    expect((await throttle.peek('password', 'somebody', windows)).allowed).toBe(false);
  });

  it('gives back one attempt and no more', async () => {
    await allowed(3);
    await throttle.giveBack('password', 'somebody', windows);
    expect(await allowed(3)).toBe(1);
  });

  it('gives nothing in advance: what is given back after its window is lost', async () => {
    await throttle.giveBack('password', 'somebody', windows);
    expect(await allowed(10)).toBe(3);
    now += 3_600_000;
    await throttle.giveBack('password', 'somebody', windows);
    expect(await allowed(10)).toBe(3);
  });

  it('forgets every window of one key', async () => {
    await allowed(10);
    await throttle.forget('password', 'somebody', windows);
    expect(await allowed(10)).toBe(3);
  });
});
