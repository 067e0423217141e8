import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proofOf } from '../../../src/authentication/assurance.ts';
import { systemClock } from '../../../src/clock/clock.ts';
import { answerOnce } from '../../../src/http/interaction/answer-once.ts';
import {
  createProgressStore,
  type ProgressStore,
  withOtherAccount,
  withProof,
  withSubject,
} from '../../../src/http/interaction/progress.ts';
import type { Interaction } from '../../../src/oidc/interactions.ts';
import { openTestStorage, type TestStorage } from '../../support/storage.ts';

const password = proofOf('password', 1_800_000_000);
const code = proofOf('totp', 1_800_000_000);

let opened: TestStorage;
let now = systemClock.now();
const clock = { now: () => now };
let progress: ProgressStore;
beforeAll(async () => {
  opened = await openTestStorage({ clock });
  progress = createProgressStore({ storage: opened.storage, clock, lifetime: 1_800_000 });
});
afterAll(() => opened.close());

describe('the progress of a sign-in', () => {
  it('never joins the password of one person to the code of another', async () => {
    await progress.change('mixed', 'rp', (blank) => withSubject(blank, 'another', password));
    const mixed = await progress.change('mixed', 'rp', (standing) => withProof(standing, 'somebody', code));
    expect(mixed).toMatchObject({ subject: 'another', proofs: [password] });
  });

  it('takes no code for the session’s person after another account was chosen', async () => {
    await progress.change('other', 'rp', withOtherAccount);
    const other = await progress.change('other', 'rp', (standing) => withProof(standing, 'somebody', code));
    expect(other).toMatchObject({ other_account: true, proofs: [] });
    expect(other).not.toHaveProperty('subject');
  });

  it('drops what was proved for one person when another proves a password', async () => {
    await progress.change('switch', 'rp', (blank) => withSubject(blank, 'somebody', password));
    await progress.change('switch', 'rp', (standing) => withProof(standing, 'somebody', code));
    const switched = await progress.change('switch', 'rp', (standing) =>
      withSubject(standing, 'another', password),
    );
    expect(switched).toMatchObject({ subject: 'another', proofs: [password] });
  });

  it('keeps both of two proofs that are written at once', async () => {
    await progress.change('both', 'rp', (blank) => withSubject(blank, 'somebody', password));
    await Promise.all([
      progress.change('both', 'rp', (standing) => withProof(standing, 'somebody', code)),
      progress.change('both', 'rp', (standing) => ({ ...standing, wish_declined: true })),
    ]);
    expect(await progress.read('both')).toMatchObject({ proofs: [password, code], wish_declined: true });
  });
});

describe('an answer', () => {
  const interaction = (uid: string) => ({ uid, relyingParty: { client_id: 'rp' } }) as unknown as Interaction;
  const answer = (uid: string, carryOut: () => Promise<string>) =>
    answerOnce({ clock, progress }, interaction(uid), carryOut);

  it('of twenty clicks at once is carried out once', async () => {
    let done = 0;
    const addresses = await Promise.all(
      Array.from({ length: 20 }, () =>
        answer('clicks', async () => {
          done += 1;
          return '/resume';
        }),
      ),
    );
    expect(done).toBe(1);
    expect(addresses.filter((address) => address === '/resume')).toHaveLength(1);
    expect(new Set(addresses)).toEqual(new Set(['/resume', '/interaction/clicks']));
    expect(await answer('clicks', () => Promise.reject(new Error('again')))).toBe('/resume');
  });

  it('that failed may be given again at once', async () => {
    await expect(answer('fault', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await answer('fault', async () => '/resume')).toBe('/resume');
  });

  it('that was begun by a process which died may be given again after a while', async () => {
    let release: (address: string) => void = () => {};
    const hanging = answer('crash', () => new Promise((resolve) => (release = resolve)));
    const early = () => answer('crash', async () => '/resume');
    await expect.poll(async () => (await progress.read('crash'))?.answer).toBeDefined();
    expect(await early()).toBe('/interaction/crash');
    now += 31_000;
    expect(await early()).toBe('/resume');
    release('/late');
    await hanging;
  });
});
