import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { matchingStep, normalizeTotpCode, takeStep, totpUses } from '../../../src/authentication/totp.ts';
import { currentTotpCode } from '../../../src/demo/people/current-totp-code.ts';
import { openTestStorage, type TestStorage } from '../../support/storage.ts';

const secret = 'MOTCUADEMOALLDOCUMENTSAAAAAAAAAA';
const PERIOD = 30_000;
const now = 1_795_230_000_000 + 12_000;
const step = Math.floor(now / PERIOD);
const codeOf = (steps: number) => currentTotpCode(secret, now + steps * PERIOD);

describe('a one-time code', () => {
  it.each([-3, -2, 1, 2])('of the step %i steps away is refused', (steps) => {
    expect(matchingStep(secret, codeOf(steps), now)).toBeUndefined();
  });

  it('of another secret is refused', () => {
    const other = currentTotpCode('MOTCUADEMOMOTHERAAAAAAAAAAAAAAAA', now);
    expect(matchingStep(secret, other, now)).toBeUndefined();
  });

  it('is known by its step: the current one, or the one before', () => {
    expect(matchingStep(secret, codeOf(0), now)).toBe(step);
    expect(matchingStep(secret, codeOf(-1), now)).toBe(step - 1);
  });

  it('ends to the millisecond with the step after its own', () => {
    const code = codeOf(0);
    expect(matchingStep(secret, code, (step + 2) * PERIOD - 1)).toBe(step);
    expect(matchingStep(secret, code, (step + 2) * PERIOD)).toBeUndefined();
  });

  it('agrees with the test vectors of RFC 6238 appendix B, cut to six digits', () => {
    const published = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    expect(matchingStep(published, '287082', 59_000)).toBe(1);
    expect(matchingStep(published, '081804', 1_111_111_109_000)).toBe(37_037_036);
    expect(matchingStep(published, '353130', 20_000_000_000_000)).toBe(666_666_666);
  });
});

describe('what people type', () => {
  it.each(['', '12345', '1234567', '12345a', 'abcdef', '１２３４５', '12345\u0000', '٠١٢٣٤٥'])(
    '%j is no code',
    (typed) => expect(normalizeTotpCode(typed)).toBeUndefined(),
  );

  it.each(['123456', ' 123 456 ', '123-456', '１２３４５６', '12 34 56\n'])('%j is read as 123456', (typed) =>
    expect(normalizeTotpCode(typed)).toBe('123456'),
  );
});

describe('a step', () => {
  let moment = now;
  let opened: TestStorage;
  beforeEach(async () => {
    moment = now;
    opened = await openTestStorage({ clock: { now: () => moment } });
  });
  afterEach(() => opened.close());
  const uses = () => opened.storage.collection(totpUses);
  const take = (signIn: string, subject = 'somebody', taken = step) =>
    takeStep(uses(), subject, taken, { used_at: moment, used_by: signIn });

  it('opens one sign-in of fifty at once', async () => {
    const taken = await Promise.all(Array.from({ length: 50 }, (_, index) => take(`sign-in ${index}`)));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  it('stays with the sign-in that took it, of which a second click is a part', async () => {
    expect(await take('one')).toBe(true);
    expect(await take('one')).toBe(true);
    expect(await take('another')).toBe(false);
  });

  it('stays used for as long as its code could be accepted, whatever is swept', async () => {
    await take('one');
    moment = (step + 2) * PERIOD;
    await uses().purge(moment);
    expect(await take('another')).toBe(false);
  });

  it('of one person is not that of another', async () => {
    expect(await take('one')).toBe(true);
    expect(await take('two', 'somebody else')).toBe(true);
    expect(await take('three', 'somebody', step + 1)).toBe(true);
  });
});
