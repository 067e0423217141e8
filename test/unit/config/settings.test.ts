import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { nearestName } from '../../../src/config/nearest-name.ts';
import { settingByVariable, settings } from '../../../src/config/settings.ts';
import { valueAt } from '../../../src/config/values.ts';

test('no variable sets two settings, also not by its file form', () => {
  const all = settings().flatMap(({ variable }) => [variable, `${variable}_FILE`]);
  expect(new Set(all).size).toBe(all.length);
  expect(settingByVariable.size).toBe(settings().length + 1);
});

test('keys, the addresses of database and mail server and the token of the gateway are secrets, and nothing else is', () => {
  const secrets = settings().filter(({ secret }) => secret);
  expect(secrets.map(({ path }) => path)).toEqual([
    'storage.url',
    'mail.url',
    'sms.token',
    'keys.root',
    'keys.storage',
  ]);
});

test('the names that operators rely on are there', () => {
  const names = [
    'PROFILE',
    'ISSUER',
    'PORT',
    'HOST',
    'STORAGE_URL',
    'PORTAL_PORT',
    'PROXY_HOPS',
    'MAIL_URL',
    'KEYS_ROOT',
  ];
  expect([...settingByVariable.keys()]).toEqual(
    expect.arrayContaining(names.map((name) => `MOTCUA_${name}`)),
  );
});

test('default.yaml, the reference, has every setting but the profile, mail server and sender, and the keys', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../config/default.yaml'), 'utf8');
  const missing = settings().filter(({ path }) => valueAt(parse(text), path) === undefined);
  expect(missing.map(({ path }) => path)).toEqual([
    'profile',
    'mail.url',
    'mail.ca',
    'mail.from.address',
    'sms.url',
    'sms.token',
    'keys.root',
    'keys.storage',
    'devices.place_header',
    'terms.version',
    'terms.vi',
    'terms.en',
  ]);
});

test('a name is suggested only where it is near', () => {
  expect(nearestName('kitten', ['sitting', 'mittens', 'dog'])).toBe('mittens');
  expect(nearestName('kitten', ['dog'])).toBeUndefined();
  expect(nearestName('kitten', [])).toBeUndefined();
});
