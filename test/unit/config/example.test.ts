import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../../../src/config/load-config.ts';

const ROOT = join(import.meta.dirname, '../../..');
const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

interface Service {
  readonly environment?: Record<string, string>;
  readonly secrets?: readonly string[];
}
const compose: {
  readonly services: Record<string, Service>;
  readonly secrets: Record<string, { readonly file: string }>;
} = parse(textOf('config/example/compose.yaml'), { merge: true });

const scratch = mkdtempSync(join(tmpdir(), 'motcua-example-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const made: Record<string, string> = {
  storage_url: 'mongodb://motcua:secret@mongo1,mongo2,mongo3/motcua?replicaSet=rs0&authSource=admin',
  mail_url: 'smtps://motcua:secret@mail.example',
  keys_root: randomBytes(32).toString('base64url'),
  keys_storage: randomBytes(32).toString('base64url'),
};

/** What the image itself sets, from its Dockerfile. */
const imageEnvironment = Object.fromEntries(
  [...textOf('Dockerfile').matchAll(/\b(MOTCUA_[A-Z_]+)=(\S+)/g)].map(([, name, value]) => [name, value]),
);

/** What comes from outside. */
const given: Record<string, string> = {
  MOTCUA_ISSUER: 'https://dinhdanh.tinhmau.example',
  MOTCUA_MAIL_FROM_ADDRESS: 'khong-tra-loi@tinhmau.example',
};

/** A variable of the example as the container sees it: secrets are files. */
const asInContainer = ([name, value]: [string, string]): [string, string] => {
  if (value.startsWith('${')) return [name, given[name] ?? ''];
  if (!value.startsWith('/run/secrets/')) return [name, value];
  const file = join(scratch, basename(value));
  writeFileSync(file, made[basename(value)] ?? '');
  return [name, file];
};

const instances = Object.entries(compose.services).filter(([, { environment }]) => environment !== undefined);
const members = Object.keys(compose.services).filter((name) => name.startsWith('mongo'));

describe('the example of config/example', () => {
  test('has two instances, three members and a proxy', () => {
    expect(instances.map(([name]) => name)).toEqual(['motcua1', 'motcua2']);
    expect(members).toEqual(['mongo1', 'mongo2', 'mongo3']);
    expect(compose.services).toHaveProperty('proxy');
  });

  test.each(instances)('gives %s a configuration that starts', (_, { environment = {} }) => {
    const env = {
      ...imageEnvironment,
      ...Object.fromEntries(Object.entries(environment).map(asInContainer)),
    };
    const config = loadConfig({ env, directory: join(ROOT, 'config') });
    expect(config.storage.url).toBe(made.storage_url);
    expect(config.profile).toBe('production');
  });

  test('mounts every secret that is read, and no other', () => {
    const mounted = new Set(Object.values(compose.services).flatMap(({ secrets }) => secrets ?? []));
    expect([...mounted].sort()).toEqual(Object.keys(compose.secrets).sort());
    for (const [, { environment = {}, secrets }] of instances) {
      const read = Object.values(environment).filter((value) => value.startsWith('/run/secrets/'));
      expect(read.map((path) => basename(path)).sort()).toEqual([...(secrets ?? [])].sort());
    }
  });

  test('names the same machines in the proxy and in the replica set', () => {
    const upstream = [...textOf('config/example/nginx.conf').matchAll(/^\s+server (motcua\d):3000/gm)];
    expect(upstream.map(([, name]) => name)).toEqual(instances.map(([name]) => name));
    const set = textOf('config/example/replica-set.js');
    for (const name of members) expect(set).toContain(`'${name}'`);
  });

  test('keeps its secrets out of the repository and of the image', () => {
    expect(textOf('.gitignore')).toContain('/config/example/secrets/');
    expect(textOf('.dockerignore').split('\n')).toContain('config/example');
  });
});
