import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigurationError } from '../../../src/config/configuration-error.ts';
import { loadConfig } from '../../../src/config/load-config.ts';

const MONGO = 'mongodb://motcua:secret@one.example:27017,two.example/motcua?replicaSet=rs0';

const load = (env: Record<string, string>, cores: number) =>
  loadConfig({ env, directory: join(import.meta.dirname, '../../../config'), cores });

/** Processes, and hashing threads of each. */
function shared(env: Record<string, string>, cores: number): [number, number] {
  const { workers, passwords } = load(env, cores);
  return [workers, passwords.workers];
}

describe('on SQLite', () => {
  test('more than one process is refused, with the variable and with the way out', () => {
    const refused = () => load({ MOTCUA_WORKERS: '2' }, 8);
    expect(refused).toThrow(ConfigurationError);
    expect(refused).toThrow(/workers must be 1 .*MongoDB \(received "2"; set by MOTCUA_WORKERS\)/);
  });

  test('there is one process, and its hashing threads use the other cores', () => {
    expect(shared({}, 1)).toEqual([1, 1]);
    expect(shared({}, 2)).toEqual([1, 1]);
    expect(shared({}, 8)).toEqual([1, 7]);
    expect(shared({ MOTCUA_WORKERS: '1' }, 8)).toEqual([1, 7]);
    expect(shared({ MOTCUA_PASSWORDS_WORKERS: '3' }, 8)).toEqual([1, 3]);
  });
});

describe.each([MONGO, 'mongodb+srv://motcua:secret@cluster.example/motcua'])('on %s', (url) => {
  const env = { MOTCUA_STORAGE_URL: url };

  test('there is a process for each core, with one hashing thread', () => {
    expect(shared(env, 1)).toEqual([1, 1]);
    expect(shared(env, 8)).toEqual([8, 1]);
    expect(shared({ ...env, MOTCUA_WORKERS: 'auto' }, 2)).toEqual([2, 1]);
  });

  test('the hashing threads that were counted are shared out, at least one for each process', () => {
    expect(shared({ ...env, MOTCUA_WORKERS: '4', MOTCUA_PASSWORDS_WORKERS: '9' }, 2)).toEqual([4, 2]);
    expect(shared({ ...env, MOTCUA_WORKERS: '4', MOTCUA_PASSWORDS_WORKERS: '1' }, 2)).toEqual([4, 1]);
    expect(shared({ ...env, MOTCUA_WORKERS: '1', MOTCUA_PASSWORDS_WORKERS: 'auto' }, 8)).toEqual([1, 1]);
  });
});
