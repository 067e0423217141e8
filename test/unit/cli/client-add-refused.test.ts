import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditFact } from '../../../src/audit/trail.ts';
import { openTestStorage } from '../../support/storage.ts';
import { basic, createInputFolder, privateJwk, publicJwk, who } from './client-arguments.ts';
import { adminContext, runAdmin } from './run-admin.ts';

let opened: Awaited<ReturnType<typeof openTestStorage>>;
let input: Awaited<ReturnType<typeof createInputFolder>>;
beforeEach(async () => {
  opened = await openTestStorage();
  input = await createInputFolder();
});
afterEach(async () => {
  await opened.close();
  await input.remove();
});

const add = (...args: string[]) => runAdmin(opened.storage, ['client', 'add', ...args]);
const stored = () => adminContext(opened.storage).registry.list();

describe('client add refuses, stores nothing and exits with 2:', () => {
  it.each([
    'http://rp.example/cb',
    'https://rp.example/*',
    'https://u:p@rp.example/cb',
    'https://rp.example/cb/../x',
    'https://rp.example/cb#x',
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'http://127.0.0.1/cb',
    '',
  ])('the address %j, wherever it stands', async (address) => {
    const good = ['--redirect-uri', 'https://rp.example/cb'];
    for (const args of [
      ['--redirect-uri', address],
      [...good, '--redirect-uri', address],
      [...good, '--post-logout-redirect-uri', address],
      [...good, '--initiate-login-uri', address],
    ]) {
      const { code, out, err } = await add(...who, ...args);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toMatch(/^Nothing was registered:\n {2}- --/);
    }
    expect(await stored()).toEqual([]);
  });

  it.each<[string, string[], RegExp]>([
    ['an unknown scope', ['--scope', 'doc:all', '--purpose', 'Điền'], /--scope: "doc:all" is not a scope/],
    ['__proto__ as a scope', ['--scope', '__proto__', '--purpose', 'Điền'], /"__proto__" is not a scope/],
    ['offline_access as a scope', ['--scope', 'offline_access', '--purpose', 'Điền'], /given by --refresh/],
    [
      'a scope both required and optional',
      ['--scope', 'email', '--optional', 'email', '--purpose', 'Điền'],
      /email: named twice/,
    ],
    [
      'a purpose of two characters',
      ['--scope', 'email', '--purpose', 'ab'],
      /--purpose \(email\): must have at least 3/,
    ],
    [
      'a legal basis of two characters',
      ['--scope', 'email', '--purpose', 'abc', '--legal-basis', 'NĐ'],
      /--legal-basis \(email\)/,
    ],
    ['a text that reorders itself', ['--name-en', 'a\u202Eb'], /--name-en: contains a control/],
    ['an id with a space', ['--id', 'a b'], /--id: must be 3 to 64/],
    ['an id that begins with a hyphen', ['--id=-abc'], /--id: must .* beginning with a letter or digit/],
    ['acr 3', ['--acr-floor', '3'], /--acr-floor "3": must be 1 or 2/],
    ['a symmetric algorithm', ['--id-token-alg', 'HS256'], /--id-token-alg "HS256"/],
    ['unsigned UserInfo by name', ['--userinfo-alg', 'none'], /--userinfo-alg "none"/],
    ['client_secret_post', ['--auth', 'client_secret_post'], /--auth "client_secret_post"/],
    ['a secret of its own', ['--client-secret', 'x'], /unknown option '--client-secret'/],
    ['a word too many', ['extra'], /too many arguments/],
    [
      'a file that is not there',
      ['--jwks', '/nowhere/keys.json'],
      /--jwks \/nowhere\/keys.json: cannot be read \(ENOENT\)/,
    ],
  ])('%s', async (_, args, reason) => {
    const { code, out, err } = await add(...basic, ...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(reason);
    expect(await stored()).toEqual([]);
  });

  it('missing flags, all named in one line beside every other problem', async () => {
    const { code, err } = await add('--scope', 'profile', '--auth', 'private_key_jwt', '--acr-floor', '0');
    expect(code).toBe(2);
    expect(err.split('\n')).toEqual([
      'Nothing was registered:',
      '  - missing: --name, --organization, --redirect-uri, --purpose, --jwks',
      '  - --acr-floor "0": must be 1 or 2',
      '',
    ]);
  });

  it('a key file with a private key, without repeating the key', async () => {
    const file = await input.fileOf('keys.json', { keys: [privateJwk] });
    const { code, err } = await add(...basic, '--jwks', file);
    expect(code).toBe(2);
    expect(err).toMatch(/key 1 contains private parts \(d\)/);
    expect(err).not.toContain(privateJwk.d);
  });

  it('a key file that is not JSON, without repeating its text', async () => {
    const { code, err } = await add(...basic, '--jwks', await input.fileOf('key.pem', 'BEGIN secret words'));
    expect(code).toBe(2);
    expect(err).toContain('is not JSON');
    expect(err).not.toContain('secret words');
  });

  it('a key file beside client_secret_basic', async () => {
    const file = await input.fileOf('keys.json', { keys: [publicJwk] });
    const { code, err } = await add(...basic, '--auth', 'client_secret_basic', '--jwks', file);
    expect(code).toBe(2);
    expect(err).toMatch(/--jwks: goes with --auth private_key_jwt only/);
  });

  it.each([
    ['is not YAML', 'profile: {', /--scopes-file/],
    ['is a list', '- profile', /one entry for each scope/],
    ['is empty', '', /one entry for each scope/],
    ['has a misspelt member', 'profile: { purpouse: x }', /profile.*purpouse/],
    ['has a scope twice', 'profile: {}\nprofile: {}', /unique/],
    ['has an alias bomb', 'a: &a [x]\nb: [*a, *a]', /uses an alias/],
    ['has an alias of nothing', 'a: *b', /uses an alias|--scopes-file/],
    ['names __proto__', '__proto__: { purpose: Điền tờ khai }', /"__proto__" is not a scope/],
    ['has a purpose that is a number', 'profile: { purpose: 12345 }', /profile\.purpose: must be a text/],
    ['leaves a purpose out that no flag gives', 'profile: {}', /missing: --purpose/],
  ])('a scopes file that %s', async (_, content, reason) => {
    const { code, err } = await add(...basic, '--scopes-file', await input.fileOf('scopes.yaml', content));
    expect(code).toBe(2);
    expect(err).toMatch(reason);
    expect(await stored()).toEqual([]);
  });

  it('an id that is taken, saying so in the audit trail', async () => {
    await add(...basic, '--id', 'cong');
    const events: AuditFact[] = [];
    const { code, err } = await runAdmin(opened.storage, ['client', 'add', ...basic, '--id', 'cong'], {
      events,
    });
    expect(code).toBe(2);
    expect(err).toMatch(/--id cong: a relying party with this id is registered already/);
    expect(events.map(({ kind }) => kind)).toEqual([
      'relying_party.registered',
      'relying_party.registration_failed',
    ]);
  });

  it('an id that belonged to a removed relying party', async () => {
    await add(...basic, '--id', 'cong');
    await runAdmin(opened.storage, ['client', 'remove', 'cong', '--yes']);
    const { code, err } = await add(...basic, '--id', 'cong');
    expect(code).toBe(2);
    expect(err).toMatch(/not given again/);
    expect(await stored()).toEqual([]);
  });
});
