import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigurationError } from '../../../src/config/configuration-error.ts';
import { loadConfig } from '../../../src/config/load-config.ts';

const directory = join(import.meta.dirname, '../../../config');
const TOKEN = { MOTCUA_SMS_TOKEN: 'a-secret-word' };
const load = (env: Record<string, string>) => loadConfig({ env, directory });

function refused(env: Record<string, string>): ConfigurationError {
  try {
    load(env);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}
const pathsIn = (env: Record<string, string>) => refused(env).problems.map(({ path }) => path);

describe('the gateway for text messages', () => {
  test.each([
    ['plain http to elsewhere', 'http://sms.tinhmau.example/messages'],
    ['plain http to a host that begins like this one', 'http://127.0.0.1.evil.example/messages'],
    ['user and password', 'https://user:secret@sms.tinhmau.example/messages'],
    ['a fragment', 'https://sms.tinhmau.example/messages#x'],
    ['another protocol', 'ftp://sms.tinhmau.example/messages'],
    ['no address', 'sms.tinhmau.example'],
  ])('is refused with %s', (_what, url) => {
    expect(pathsIn({ ...TOKEN, MOTCUA_SMS_URL: url })).toEqual(['sms.url']);
  });

  test('is named with its token, and the token with it', () => {
    expect(pathsIn({ MOTCUA_SMS_URL: 'https://sms.tinhmau.example/messages' })).toEqual(['sms.token']);
    expect(pathsIn(TOKEN)).toEqual(['sms.url']);
  });

  test('has a token of one word, which is not shown', () => {
    const url = 'https://sms.tinhmau.example/messages';
    const error = refused({ MOTCUA_SMS_URL: url, MOTCUA_SMS_TOKEN: 'a-secret-word\r\nX: y' });
    expect(error.problems.map(({ path }) => path)).toEqual(['sms.token']);
    expect(error.message).not.toContain('a-secret-word');
  });

  test.each(['https://sms.tinhmau.example/messages?from=tinhmau', 'http://127.0.0.1:8080/messages'])(
    'may be %s in development',
    (url) => {
      expect(load({ ...TOKEN, MOTCUA_SMS_URL: url }).sms).toEqual({ url, token: 'a-secret-word' });
    },
  );

  test('is https in production, also on this machine', () => {
    const env = { ...TOKEN, MOTCUA_PROFILE: 'production', MOTCUA_SMS_URL: 'http://127.0.0.1:8080/messages' };
    expect(refused(env).problems).toContainEqual(
      expect.objectContaining({ path: 'sms.url', rule: 'must be https in production' }),
    );
  });

  test('is none unless somebody names it', () => {
    expect(load({}).sms).toEqual({});
  });
});

test('a change of contact waits three days, and a minute in development', () => {
  expect(load({}).contact).toEqual({ cooling: 60 });
  expect(pathsIn({ MOTCUA_CONTACT_COOLING: '0' })).toEqual(['contact.cooling']);
});
