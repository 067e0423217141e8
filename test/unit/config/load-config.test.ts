import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfigurationError } from '../../../src/config/configuration-error.ts';
import { type ConfigSources, loadConfig } from '../../../src/config/load-config.ts';

const directory = join(import.meta.dirname, '../../../config');
const scratch = mkdtempSync(join(tmpdir(), 'motcua-config-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const scratchFile = (name: string, text: string): string => {
  const path = join(scratch, name);
  writeFileSync(path, text);
  return path;
};

const randomKey = (seed: number): string =>
  Buffer.from(Array.from({ length: 32 }, (_, index) => (index * 37 + seed) % 256)).toString('base64url');

const production = {
  MOTCUA_PROFILE: 'production',
  MOTCUA_ISSUER: 'https://id.example',
  MOTCUA_KEYS_ROOT: randomKey(3),
  MOTCUA_KEYS_STORAGE: `${randomKey(5)}, ${randomKey(7)}`,
  MOTCUA_MAIL_URL: 'smtps://mail.example',
  MOTCUA_MAIL_FROM_ADDRESS: 'khong-tra-loi@tinhmau.example',
};

const load = (env: ConfigSources['env'], overrides: ConfigSources['overrides'] = {}) =>
  loadConfig({ env, directory, overrides });

function refusal(env: ConfigSources['env'], folder = directory): ConfigurationError {
  try {
    loadConfig({ env, directory: folder });
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

const problemAt = (path: string, env: ConfigSources['env']) =>
  refusal(env).problems.find((problem) => problem.path === path);

describe('what the environment may not hold', () => {
  test('a mistyped variable is refused with the name that was meant', () => {
    expect(refusal({ MOTCUA_ISUER: 'http://localhost' }).message).toContain(
      'MOTCUA_ISUER is not a known variable; did you mean MOTCUA_ISSUER?',
    );
  });

  test('an unknown variable that resembles nothing is refused without a guess', () => {
    expect(refusal({ MOTCUA_ZZZZZZZZ: '1' }).message).not.toContain('did you mean');
  });

  test('an empty variable is refused and not taken for unset', () => {
    expect(problemAt('proxy.hops', { MOTCUA_PROXY_HOPS: '' })?.rule).toContain('is empty');
  });

  test('a setting given directly and by file is refused', () => {
    const file = scratchFile('issuer', 'http://localhost:3000');
    const problem = problemAt('issuer', { MOTCUA_ISSUER: 'http://localhost:3000', MOTCUA_ISSUER_FILE: file });
    expect(problem?.rule).toBe('is also given by MOTCUA_ISSUER');
  });

  test('a file that cannot be read is named with the reason', () => {
    const missing = join(scratch, 'missing');
    const problem = problemAt('keys.root', { MOTCUA_KEYS_ROOT_FILE: missing });
    expect(problem).toMatchObject({ variable: 'MOTCUA_KEYS_ROOT_FILE' });
    expect(problem?.rule).toContain('ENOENT');
  });

  test.each(['abc', '0x10', '1e3', ' 3000', '3000.5', 'true', '-1', '70000'])(
    'the port %j is refused',
    (port) => {
      expect(problemAt('port', { MOTCUA_PORT: port })?.received).toBe(JSON.stringify(port));
    },
  );

  test('a list of windows that is no YAML is refused', () => {
    expect(problemAt('throttle.client_address', { MOTCUA_THROTTLE_CLIENT_ADDRESS: '[{' })?.rule).toBe(
      'must be YAML or JSON text',
    );
  });

  test('a bad value inside a list names the variable of the list', () => {
    const problem = problemAt('throttle.client_address.0.attempts', {
      MOTCUA_THROTTLE_CLIENT_ADDRESS: '[{"attempts":0,"seconds":1}]',
    });
    expect(problem).toMatchObject({ received: '0', variable: 'MOTCUA_THROTTLE_CLIENT_ADDRESS' });
  });

  test.each(['http://localhost:3000/', 'http://localhost/a', 'ftp://localhost', 'localhost'])(
    'the issuer %s is refused, being no origin on http or https',
    (issuer) => {
      expect(problemAt('issuer', { MOTCUA_ISSUER: issuer })).toBeDefined();
    },
  );

  test('an authorization code may not live longer than a minute', () => {
    expect(problemAt('tokens.authorization_code', { MOTCUA_TOKENS_AUTHORIZATION_CODE: '61' })).toBeDefined();
  });

  test('an accent on which white text cannot be read is refused', () => {
    expect(problemAt('province.accent', { MOTCUA_PROVINCE_ACCENT: '#ffcc00' })?.received).toBe('"#ffcc00"');
  });

  test('an unknown profile is refused without looking for its file', () => {
    const { problems } = refusal({ MOTCUA_PROFILE: '../production' });
    expect(problems.map(({ path }) => path)).toContain('profile');
    expect(problems.some(({ rule }) => rule.includes('cannot be read'))).toBe(false);
  });
});

describe('secrets', () => {
  const secret = 'this-is-not-a-key-but-still-secret';

  test('a refused key is never shown, neither in the message nor in the problems', () => {
    const error = refusal({ MOTCUA_KEYS_ROOT: secret, MOTCUA_KEYS_STORAGE: secret });
    expect(error.problems.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['keys.root', 'keys.storage.0']),
    );
    expect(error.message + JSON.stringify(error.problems)).not.toContain(secret);
  });

  test('the password in a database address is never shown', () => {
    for (const url of [`postgres://motcua:${secret}@database`, `mongodb://motcua:${secret}@database`]) {
      const error = refusal({ MOTCUA_STORAGE_URL: url });
      expect(error.problems).toHaveLength(1);
      expect(error.message + JSON.stringify(error.problems)).not.toContain(secret);
    }
  });

  test('the password of the mail server is never shown', () => {
    const error = refusal({ MOTCUA_MAIL_URL: `https://motcua:${secret}@mail.example` });
    expect(error.problems).toHaveLength(1);
    expect(error.message + JSON.stringify(error.problems)).not.toContain(secret);
  });

  test('a secret is read from a file without the line end', () => {
    const file = scratchFile('root', `${randomKey(9)}\n`);
    expect(load({ MOTCUA_KEYS_ROOT_FILE: file }).keys.root).toBe(randomKey(9));
  });

  test('an empty file is refused', () => {
    expect(problemAt('keys.root', { MOTCUA_KEYS_ROOT_FILE: scratchFile('empty', '\n') })?.rule).toBe(
      'names an empty file',
    );
  });
});

describe('production', () => {
  test('refuses to start with nothing but the profile, and says everything at once', () => {
    const paths = refusal({ MOTCUA_PROFILE: 'production' }).problems.map(({ path }) => path);
    expect(paths.toSorted()).toEqual([
      'issuer',
      'keys.root',
      'keys.storage',
      'mail.from.address',
      'mail.url',
    ]);
  });

  test('refuses an http issuer', () => {
    expect(problemAt('issuer', { ...production, MOTCUA_ISSUER: 'http://id.example' })?.rule).toContain(
      'https',
    );
  });

  test('refuses each of the development keys', () => {
    const development = load({}).keys;
    expect(problemAt('keys.root', { ...production, MOTCUA_KEYS_ROOT: development.root })).toBeDefined();
    const storage = [randomKey(5), ...development.storage].join(',');
    expect(problemAt('keys.storage', { ...production, MOTCUA_KEYS_STORAGE: storage })).toBeDefined();
  });

  test('refuses a key of one repeated byte', () => {
    const zeros = Buffer.alloc(32).toString('base64url');
    expect(problemAt('keys.root', { ...production, MOTCUA_KEYS_ROOT: zeros })).toBeDefined();
  });

  test('refuses one key for both jobs', () => {
    const env = { ...production, MOTCUA_KEYS_STORAGE: production.MOTCUA_KEYS_ROOT };
    expect(problemAt('keys.storage', env)?.rule).toContain('same key');
  });

  test('refuses demo data', () => {
    expect(problemAt('demo.enabled', { ...production, MOTCUA_DEMO_ENABLED: 'true' })?.rule).toContain(
      'false',
    );
  });

  test('refuses password hashing below every recommended memory', () => {
    expect(
      problemAt('passwords.memory_kib', { ...production, MOTCUA_PASSWORDS_MEMORY_KIB: '64' }),
    ).toBeDefined();
  });

  test('starts with an https issuer and keys of its own', () => {
    const config = load(production);
    expect(config).toMatchObject({
      profile: 'production',
      issuer: 'https://id.example',
      demo: { enabled: false },
    });
    expect(config.keys.storage).toEqual([randomKey(5), randomKey(7)]);
  });
});

describe('the YAML files', () => {
  const folder = (development: string): string => {
    const path = mkdtempSync(join(scratch, 'folder-'));
    writeFileSync(join(path, 'default.yaml'), readFileSync(join(directory, 'default.yaml')));
    writeFileSync(join(path, 'development.yaml'), development);
    return path;
  };
  const keys = readFileSync(join(directory, 'development.yaml'), 'utf8');

  test('an unknown key is refused with the name that was meant', () => {
    expect(refusal({}, folder(`${keys}\nsesion: { idle: 5 }\nproxy: { hop: 1 }\n`)).message).toContain(
      'proxy.hop is not a known setting; did you mean proxy.hops?',
    );
  });

  test('a number left out is refused and not taken for zero', () => {
    const { problems } = refusal({}, folder(`${keys}\nproxy:\n  hops:\n`));
    expect(problems).toEqual([expect.objectContaining({ path: 'proxy.hops', received: 'null' })]);
  });

  test('a file that is no YAML is named', () => {
    expect(refusal({}, folder('keys: {')).message).toContain('file development.yaml cannot be read');
  });

  test.each(['- keys', 'keys', '5'])('a file that is %j and no map of settings is refused', (text) => {
    expect(refusal({}, folder(text)).message).toContain('file development.yaml must be a map');
  });

  test('a profile cannot rename itself', () => {
    const config = loadConfig({ env: {}, directory: folder(`${keys}\nprofile: production\n`) });
    expect(config.profile).toBe('development');
  });
});

describe('the order of sources', () => {
  test('development starts with nothing set, on localhost, with the demo', () => {
    expect(load({})).toMatchObject({
      profile: 'development',
      issuer: 'http://localhost:3000',
      demo: { enabled: true, portal_port: 3001 },
    });
  });

  test('variables of other programs are left alone', () => {
    expect(load({ PATH: '/bin', ISSUER: 'x' })).toEqual(load({}));
  });

  test('the environment overrides the files, and overrides the environment', () => {
    expect(load({ MOTCUA_SESSION_IDLE: '60' }).session).toEqual({ idle: 60, absolute: 43200 });
    expect(load({ MOTCUA_SESSION_IDLE: '60' }, { session: { idle: 30 } }).session.idle).toBe(30);
  });

  test('the portal has a short name beside its full one, and not both at once', () => {
    expect(load({ MOTCUA_PORTAL_PORT: '4001' }).demo.portal_port).toBe(4001);
    expect(load({ MOTCUA_DEMO_PORTAL_PORT: '4001' }).demo.portal_port).toBe(4001);
    const both = { MOTCUA_PORTAL_PORT: '4001', MOTCUA_DEMO_PORTAL_PORT: '4002' };
    expect(problemAt('demo.portal_port', both)?.rule).toContain('is also given by');
  });

  test('lists of windows come from the environment as YAML', () => {
    const env = { MOTCUA_THROTTLE_TOTP_ACCOUNT: '[{ attempts: 3, seconds: 60 }]' };
    expect(load(env).throttle.totp_account).toEqual([{ attempts: 3, seconds: 60 }]);
  });

  test('in development the issuer follows the port', () => {
    expect(load({ MOTCUA_PORT: '4000' }).issuer).toBe('http://localhost:4000');
    expect(load({ MOTCUA_PORT: '80' }).issuer).toBe('http://localhost');
    expect(load({}, { port: 4000 }).issuer).toBe('http://localhost:4000');
  });

  test('an issuer that was chosen stays, also on https', () => {
    const env = { MOTCUA_PORT: '4000', MOTCUA_ISSUER: 'https://id.example' };
    expect(load(env).issuer).toBe('https://id.example');
  });

  test('the result is frozen to the last value', () => {
    const config = load({});
    expect(() => Object.assign(config.session, { idle: 1 })).toThrow(TypeError);
    expect(() => Object.assign(config.keys.storage, { 0: 'x' })).toThrow(TypeError);
  });

  test('reading the configuration leaves the environment as it was', () => {
    const env = Object.freeze({ MOTCUA_PORT: '4000' });
    load(env);
    expect(env).toEqual({ MOTCUA_PORT: '4000' });
  });
});
