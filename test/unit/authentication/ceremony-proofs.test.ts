import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAuditTrail } from '../../../src/audit/trail.ts';
import {
  createIdentificationLetters,
  type IdentificationLetters,
} from '../../../src/authentication/identification-letters.ts';
import { createOneTimeCodes, type OneTimeCodes } from '../../../src/authentication/one-time-codes.ts';
import { createThrottle } from '../../../src/authentication/throttle.ts';
import { loadConfig } from '../../../src/config/load-config.ts';
import { createOutbox, type Outbox } from '../../../src/outbox/outbox.ts';
import { stampOf } from '../../../src/subject/credential-renewal.ts';
import { createCredentials } from '../../../src/subject/credentials.ts';
import { openTestStorage, type TestStorage } from '../../support/storage.ts';

const WHO = 'abcdefghijklmnopqrstuv';
const OTHER = 'zyxwvutsrqponmlkjihgfe';
const TO = { address: 'an@congdan.example', name: 'Nguyễn Văn An' };

let now: number;
const clock = { now: () => now };
let opened: TestStorage;
let letters: IdentificationLetters;
let codes: OneTimeCodes;
let outbox: Outbox;
beforeEach(async () => {
  now = Date.UTC(2026, 10, 21, 3);
  opened = await openTestStorage({ clock });
  const { storage } = opened;
  outbox = createOutbox({ storage, clock, issuer: 'https://id.tinhmau.example' });
  const { throttle: windows } = loadConfig({
    env: {},
    directory: 'config',
    overrides: { profile: 'development' },
  });
  const counted = {
    storage,
    clock,
    outbox,
    windows,
    audit: createAuditTrail({ storage, clock }),
    throttle: createThrottle({ storage, clock }),
    keyedHash: (value: string) => Buffer.from(value).toString('base64url'),
  };
  letters = createIdentificationLetters({ ...counted, lifetime: 3600 });
  codes = createOneTimeCodes(counted);
});
afterEach(() => opened.close());

const lastCode = async (): Promise<string> => {
  const [claimed] = (await outbox.claimDue(100)).toReversed();
  const { letter } = claimed?.row ?? {};
  return letter?.kind === 'code' ? letter.values.code : '';
};

describe('a letter', () => {
  const prove = async (typed: string, who = WHO) => {
    const outcome = await letters.prove(who, typed);
    return outcome.kind === 'proved' ? outcome.letter : outcome.kind;
  };

  it('is used up by one, who may ask again, and stands for nobody else', async () => {
    const { code } = await letters.issue(WHO);
    const letter = await prove(code);
    expect(await letters.use(WHO, 'another', 'one')).toBe(false);
    expect(await letters.use(WHO, letter, 'one')).toBe(true);
    expect(await letters.use(WHO, letter, 'one')).toBe(true);
    expect(await letters.use(WHO, letter, 'two')).toBe(false);
    expect(await letters.standing(WHO)).toBeUndefined();
    expect(await letters.standing(WHO, 'one')).toMatchObject({ letter });
    expect(await prove(code)).toBe('over');
  });

  it('taken by two at the same moment has one taker', async () => {
    const { code } = await letters.issue(WHO);
    const letter = await prove(code);
    const taken = await Promise.all(['one', 'two', 'three'].map((by) => letters.use(WHO, letter, by)));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  it('is void once another was printed, and nobody else’s', async () => {
    const { code } = await letters.issue(WHO);
    const first = await prove(code);
    await letters.issue(OTHER);
    expect(await prove(code, OTHER)).toBe('refused');
    const fresh = await letters.issue(WHO);
    expect(await prove(code)).toBe('refused');
    expect(await letters.use(WHO, first, 'one')).toBe(false);
    expect(await prove(fresh.code)).not.toBe(first);
    now += 3601 * 1000;
    expect(await prove(fresh.code)).toBe('over');
  });
});

describe('a code for nobody', () => {
  const key = { subject: WHO, purpose: 'recovery', context: 'one' } as const;

  it('leaves no letter, and answers as one that was sent', async () => {
    await codes.send(key, undefined, 'vi');
    expect(await outbox.claimDue(10)).toEqual([]);
    expect((await codes.prove(key, '000000', '192.0.2.1')).kind).toMatch(/refused|proved/);
    const other = { ...key, subject: OTHER };
    await codes.send(other, TO, 'vi');
    const right = await lastCode();
    expect((await codes.prove(other, right === '000000' ? '000001' : '000000', '192.0.2.1')).kind).toBe(
      'refused',
    );
    expect((await codes.prove({ ...other, context: 'two' }, right, '192.0.2.1')).kind).toBe('over');
    expect((await codes.prove(other, right, '192.0.2.1')).kind).toBe('proved');
    expect((await codes.prove(other, right, '192.0.2.1')).kind).toBe('over');
  });

  it('guessed at for a recovery leaves the codes of a sign-in alone', async () => {
    await codes.send(key, TO, 'vi');
    for (let guess = 0; guess < 8; guess += 1) await codes.prove(key, '000000', `192.0.2.${guess}`);
    expect((await codes.prove(key, '000000', '192.0.2.99')).kind).toBe('throttled');
    now += 1000;
    const signIn = { subject: WHO, purpose: 'new_device', context: 'one' } as const;
    await codes.send(signIn, TO, 'vi');
    expect((await codes.prove(signIn, await lastCode(), '192.0.2.99')).kind).toBe('proved');
  });
});

describe('credentials that are given anew', () => {
  const password = { hash: '$argon2id$new', short: false };

  it('are written while nothing else changed, once, and again by the same hand', async () => {
    const credentials = createCredentials({ storage: opened.storage, clock });
    await credentials.setPassword(WHO, '$argon2id$old');
    await credentials.setTotp(WHO, 'A'.repeat(32));
    await credentials.setRecoveryCodes(WHO, ['x']);
    const stamp = stampOf(await credentials.get(WHO));
    now += 1000;
    const factors = { totp: 'B'.repeat(32), recoveryCodes: ['y'] };
    expect(await credentials.renew(WHO, 'another', { password, factors })).toBe(false);
    expect(await credentials.renew(WHO, stamp, { password, factors })).toBe(true);
    expect(await credentials.renew(WHO, stamp, { password: { ...password, hash: '$argon2id$x' } })).toBe(
      false,
    );
    expect(await credentials.renew(WHO, stamp, { password, factors })).toBe(true);
    expect(await credentials.get(WHO)).toMatchObject({
      password: { hash: password.hash },
      totp: { secret: factors.totp },
      recovery_codes: { hashes: ['y'] },
      factors_changed_at: new Date(now).toISOString(),
    });
  });

  it('keep the factors that they are not given', async () => {
    const credentials = createCredentials({ storage: opened.storage, clock });
    await credentials.setPassword(WHO, '$argon2id$old');
    await credentials.setTotp(WHO, 'A'.repeat(32));
    expect(await credentials.renew(WHO, stampOf(await credentials.get(WHO)), { password })).toBe(true);
    expect((await credentials.get(WHO)).totp?.secret).toBe('A'.repeat(32));
    expect(
      await credentials.renew(WHO, stampOf(await credentials.get(WHO)), {
        password: { ...password, hash: '$argon2id$y' },
        factors: {},
      }),
    ).toBe(true);
    expect((await credentials.get(WHO)).totp).toBeUndefined();
  });
});
