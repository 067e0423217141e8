import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigurationError } from '../../../src/config/configuration-error.ts';
import { loadConfig } from '../../../src/config/load-config.ts';

const directory = join(import.meta.dirname, '../../../config');
const load = (env: Record<string, string>) => loadConfig({ env, directory }).mail;

function refused(env: Record<string, string>): ConfigurationError {
  try {
    load(env);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

describe('the mail server', () => {
  test.each([
    ['an option that would switch verification off', 'smtp://mail.example/?tls.rejectUnauthorized=false'],
    ['an option without a path', 'smtp://mail.example?ignoreTLS=true'],
    ['a path', 'smtps://mail.example/inbox'],
    ['a fragment', 'smtps://mail.example#x'],
    ['no host', 'smtps://'],
    ['a user and no host', 'smtps://motcua:secret-word@'],
    ['a port that is none', 'smtps://motcua:secret-word@mail.example:99999'],
    ['a password that is not percent-encoded', 'smtps://motcua:secret-word%zz@mail.example'],
    ['a space', 'smtps://motcua:secret-word@mail .example'],
    ['another protocol', 'lmtp://mail.example'],
  ])('is refused with %s, and its password is not shown', (_what, url) => {
    const error = refused({ MOTCUA_MAIL_URL: url });
    expect(error.problems).toEqual([
      { path: 'mail.url', rule: 'must be smtp://<host> or smtps://<host>', variable: 'MOTCUA_MAIL_URL' },
    ]);
    expect(error.message).not.toContain('secret-word');
  });

  test.each([
    'smtp://localhost:1025',
    'smtps://mail.example/',
    'smtps://motcua:a%40b%2Fc@mail.example:465',
    'smtp://[::1]:2525',
  ])('may be %s', (url) => {
    expect(load({ MOTCUA_MAIL_URL: url }).url).toBe(url);
  });

  test('is none in development unless somebody names it, and letters have a sender all the same', () => {
    expect(load({})).toEqual({
      from: { address: 'khong-tra-loi@motcua.example', name: 'Một Cửa ID' },
      interval: 2,
    });
  });
});

describe('the sender', () => {
  test.each([
    ['MOTCUA_MAIL_FROM_ADDRESS', 'Một Cửa <a@b.example>', 'must be an e-mail address'],
    ['MOTCUA_MAIL_FROM_ADDRESS', 'a@b.example\nBcc: c@d.example', 'must be an e-mail address'],
    ['MOTCUA_MAIL_FROM_ADDRESS', `${'a'.repeat(250)}@b.example`, 'must be an e-mail address'],
    ['MOTCUA_MAIL_FROM_NAME', 'Một Cửa\r\nBcc: c@d.example', 'must be one line of text'],
    ['MOTCUA_MAIL_FROM_NAME', ' ', 'must be one line of text'],
    ['MOTCUA_MAIL_CA', '/etc/ssl/ca.pem', 'must be certificates in PEM form'],
  ])('%s is refused as %j', (variable, value, rule) => {
    expect(refused({ [variable]: value }).problems).toEqual([expect.objectContaining({ variable, rule })]);
  });
});

test.each([
  ['mail.url', 'activation, codes and notices go by e-mail'],
  ['mail.from.address', 'the address that letters come from'],
])('production does not start without %s and says what it is for', (path, reason) => {
  const said = refused({ MOTCUA_PROFILE: 'production' }).message;
  expect(said).toContain(`${path} is required in production: ${reason}`);
});
