import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigurationError } from '../../../src/config/configuration-error.ts';
import { loadConfig } from '../../../src/config/load-config.ts';
import { settings } from '../../../src/config/settings.ts';

const directory = join(import.meta.dirname, '../../../config');

/** What is said about one value, given as YAML would give it. */
function said(path: string, value: unknown): string[] {
  const overrides = path.split('.').reduceRight((inner, key) => ({ [key]: inner }), value);
  try {
    loadConfig({ env: {}, directory, overrides: JSON.parse(JSON.stringify(overrides)) });
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map((one) => `${one.path} ${one.rule}`);
    throw error;
  }
  return [];
}

const ADDRESS = 'must be sqlite:<file>, mongodb://<hosts>/<database> or mongodb+srv://<host>/<database>';
const SERVER = 'must be smtp://<host> or smtps://<host>';
const SINGLE = 'must be 1 or auto on SQLite: one process alone writes its file, and several need MongoDB';

test.each([
  ['port', 'abc', 'must be a whole number from 0 to 65535'],
  ['port', 3000.5, 'must be a whole number from 0 to 65535'],
  ['port', 65536, 'must be a whole number from 0 to 65535'],
  ['session.idle', 0, 'must be a whole number of at least 1'],
  ['session.idle', 2 ** 53, 'must be a whole number of at least 1'],
  ['session.idle', null, 'must be a whole number of at least 1'],
  ['relying_parties.cache', 60.5, 'must be a number from 0 to 60'],
  ['demo.enabled', 'yes', 'must be true or false'],
  ['profile', 'staging', 'must be development or production'],
  ['legal_profile', 59, 'must be 59/2022, 69/2024 or 320/2026'],
  ['assurance.unlevelled_ceiling', 3, 'must be 1 or 2'],
  ['assurance.second_factors', 5, 'must be a list with at least one entry'],
  ['keys.storage', [], 'must be a list with at least one entry'],
  ['throttle.totp_account', [], 'must be a list with at least one entry'],
  ['session', 5, 'must be a map of settings'],
  ['host', '', 'must be text and not empty'],
  ['province.name.vi', ' ', 'must be text and not empty'],
  ['province.name.en', 5, 'must be text and not empty'],
  ['province.accent', 'blue', 'must be #rrggbb'],
  ['province.accent', 5, 'must be #rrggbb'],
  ['province.accent', '#ffcc00', 'must reach a contrast of 4.5 to 1 with white'],
  ['issuer', 5, 'must be an http or https address'],
  ['workers', 0, 'must be auto or a whole number from 1 to 64'],
  ['workers', 'all', 'must be auto or a whole number from 1 to 64'],
  ['workers', 2, SINGLE],
  ['passwords.workers', 65, 'must be auto or a whole number from 1 to 64'],
  ['shutdown.drain', -1, 'must be a whole number from 0 to 300'],
  ['shutdown.grace', 0, 'must be a whole number from 1 to 300'],
  ['storage.url', 5, ADDRESS],
  ['storage.url', 'mongodb://database.example', ADDRESS],
  ['storage.url', 'mongodb://database.example/', ADDRESS],
  ['storage.url', 'mongodb:///motcua', ADDRESS],
  ['storage.url', 'mongodb://one two/motcua', ADDRESS],
  ['storage.url', 'mongodb://motcua:q8/secret@database.example:27017', ADDRESS],
  ['storage.url', 'mongodb://motcua:q8/secret@database.example/motcua', ADDRESS],
  ['storage.url', 'mongodb://motcua:27017/secret@database.example', ADDRESS],
  ['storage.url', 'mongodb://motcua:se@cret@database.example/motcua', ADDRESS],
  ['storage.url', 'mongodb://motcua:secret/motcua', ADDRESS],
  ['storage.url', 'mongodb://database.example/motcua?secret@database.example', ADDRESS],
  ['storage.url', 'https://database.example/motcua', ADDRESS],
  ['mail.url', 'https://mail.example', SERVER],
])('%s is refused as %j, and told: %s', (path, value, rule) => {
  const about = said(path, value).filter((problem) => problem.startsWith(`${path} `));
  expect(about).toEqual([`${path} ${rule}`]);
});

test.each([
  'sqlite:./data/a@b.db',
  'mongodb://database.example/motcua',
  'mongodb://motcua:q8%2Fsecret%40@a.example:27017,[::1]:27018/motcua?replicaSet=rs0',
  'mongodb+srv://motcua:secret@database.example/motcua?retryWrites=true',
  'mongodb://%2Ftmp%2Fmongodb-27017.sock/motcua',
])('the address of a storage is taken: %s', (address) => {
  expect(said('storage.url', address).filter((problem) => problem.startsWith('storage.url '))).toEqual([]);
});

test('a bad key is told how a good one is made', () => {
  for (const key of ['?', 5, 'c2hvcnQ'])
    expect(said('keys.root', key)).toEqual([expect.stringMatching(/^keys\.root must be 32 bytes .*openssl/)]);
});

const strange = [null, true, -1, 0.5, 1e300, '', 'x', '9'.repeat(400), [], [null], [[]], {}, { x: 1 }];

test.each(settings().map(({ path }) => path))(
  'whatever is wrong with %s, it is told once and in our own words',
  (path) => {
    const sentences = strange.flatMap((value) => {
      const problems = said(path, value);
      expect(new Set(problems).size).toBe(problems.length);
      return problems;
    });
    expect(sentences.length).toBeGreaterThan(5);
    for (const sentence of sentences)
      expect(sentence).toMatch(/ (must (be|reach) .+|is required|is not a known setting)/);
  },
);
