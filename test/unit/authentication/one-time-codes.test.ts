import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type CodeKey,
  createOneTimeCodes,
  type OneTimeCodes,
} from '../../../src/authentication/one-time-codes.ts';
import { createThrottle } from '../../../src/authentication/throttle.ts';
import { loadConfig } from '../../../src/config/load-config.ts';
import { createOutbox } from '../../../src/outbox/outbox.ts';
import { openTestStorage, type TestStorage } from '../../support/storage.ts';

let now: number;
const clock = { now: () => now };
let opened: TestStorage;
let codes: OneTimeCodes;
const key: CodeKey = { subject: 'person-1', purpose: 'new_device', context: 'sign-in-1' };
const HERE = '198.51.100.7';

beforeEach(async () => {
  now = Date.parse('2026-12-01T03:00:00Z');
  opened = await openTestStorage({ clock });
  const { storage } = opened;
  const directory = `${import.meta.dirname}/../../../config`;
  codes = createOneTimeCodes({
    storage,
    clock,
    outbox: createOutbox({ storage, clock, issuer: 'https://id.tinhmau.example' }),
    throttle: createThrottle({ storage, clock }),
    windows: {
      ...loadConfig({ env: {}, directory }).throttle,
      code_account: [
        { attempts: 2, seconds: 900 },
        { attempts: 3, seconds: 86_400 },
      ],
      code_address: [{ attempts: 6, seconds: 900 }],
    },
    keyedHash: (value) => Buffer.from(value).toString('base64url'),
  });
});
afterEach(() => opened.close());

const guess = (subject = key.subject, address = HERE) => codes.prove({ ...key, subject }, '000000', address);

test('guesses exhaust the long window of a person once, and the short one alone does not', async () => {
  const outcomes = [await guess(), await guess(), await guess()];
  expect(outcomes.at(-1)).toMatchObject({ kind: 'throttled', exhausted: false });
  now += 901_000;
  await guess();
  expect(await guess()).toMatchObject({ kind: 'throttled', exhausted: true });
  expect(await guess()).toMatchObject({ kind: 'throttled', exhausted: false });
});

test('an address that many share is held, and exhausts nobody', async () => {
  for (let person = 0; person < 6; person += 1) await guess(`person-${person}`);
  expect(await guess('person-last')).toMatchObject({ kind: 'throttled', exhausted: false });
});
