import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  endServer,
  fastHashing,
  freePort,
  runScript,
  type ServerOptions,
  spawnServer,
} from '../../support/process.ts';
import { copyProject } from '../../support/project-copy.ts';
import { temporaryFolder } from '../../support/storage.ts';

describe('the server', { timeout: 90_000 }, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let taken: Server;
  let busy: number;
  beforeAll(async () => {
    folder = await temporaryFolder();
    taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    busy = (taken.address() as AddressInfo).port;
  });
  afterAll(async () => {
    await new Promise((resolve) => taken.close(resolve));
    await folder.remove();
  });

  const storage = (name: string) => `sqlite:${join(folder.folder, name)}`;

  /** Starts, and expects it to give up: exit code 1 and words for a person, no stack. */
  async function refusal(options: ServerOptions): Promise<string> {
    const server = await spawnServer({ ...options, env: { ...fastHashing, ...options.env } });
    try {
      expect(await server.ended).toEqual({ code: 1, signal: null });
    } finally {
      await endServer(server);
    }
    const { out, err } = server.output();
    expect(out).not.toMatch(/is running|synthetic people/);
    expect(err).not.toMatch(/^\s+at |node:internal|node_modules|Error:/m);
    return err.trim();
  }

  it('whose port is taken says so in one sentence, with the way out', async () => {
    const said = await refusal({ port: busy, env: { MOTCUA_STORAGE_URL: storage('a.db') } });
    expect(said).toBe(
      `Cannot listen on 127.0.0.1:${busy}: the port is in use; choose another with MOTCUA_PORT.`,
    );
  });

  it('whose portal’s port is taken says so in one sentence, with the way out', async () => {
    const said = await refusal({ portalPort: busy, env: { MOTCUA_STORAGE_URL: storage('portal.db') } });
    expect(said).toContain(`127.0.0.1:${busy}`);
    expect(said).toContain('MOTCUA_PORTAL_PORT');
    expect(said.split('\n')).toHaveLength(1);
  });

  it('that cannot listen where it is told says so in one sentence', async () => {
    const said = await refusal({ env: { MOTCUA_STORAGE_URL: storage('a.db'), MOTCUA_HOST: '192.0.2.1' } });
    expect(said).toMatch(/^Cannot listen on 192\.0\.2\.1:/);
    expect(said.split('\n')).toHaveLength(1);
  });

  it('whose data folder cannot be written says which and what to do', async () => {
    await writeFile(join(folder.folder, 'a-file'), 'not a folder');
    const said = await refusal({ env: { MOTCUA_STORAGE_URL: storage('a-file/motcua.db') } });
    expect(said).toContain('a-file');
    expect(said.split('\n')).toHaveLength(1);
  });

  it('whose database is something else leaves it as it is', async () => {
    const file = join(folder.folder, 'letter.db');
    await writeFile(file, 'Dear database,\n'.repeat(500));
    const said = await refusal({ env: { MOTCUA_STORAGE_URL: `sqlite:${file}` } });
    expect(said).toContain('not a database');
    expect(await readFile(file, 'utf8')).toBe('Dear database,\n'.repeat(500));
  });

  it('whose database cannot be reached says which and no password, once, also with several processes', async () => {
    const nobody = `127.0.0.1:${await freePort()}`;
    for (const workers of ['1', '2']) {
      const said = await refusal({
        env: {
          MOTCUA_STORAGE_URL: `mongodb://user:secret-word@${nobody}/motcua`,
          MOTCUA_WORKERS: workers,
        },
      });
      expect(said).toContain(nobody);
      expect(said.split('\n')).toHaveLength(1);
      expect(said).not.toContain('secret-word');
    }
  });

  it('that would run in several processes on SQLite says what that takes', async () => {
    const said = await refusal({ env: { MOTCUA_STORAGE_URL: storage('a.db'), MOTCUA_WORKERS: '2' } });
    expect(said).toContain('1 problem');
    expect(said).toContain('MOTCUA_WORKERS');
    expect(said).toContain('MongoDB');
  });

  it('that is configured wrongly names all problems at once, and no secret', async () => {
    const said = await refusal({
      env: {
        MOTCUA_STORAGE_URL: storage('a.db'),
        MOTCUA_PROT: '1',
        MOTCUA_LOG_LEVEL: 'loud',
        MOTCUA_ISSUER: 'http://localhost:3000/path',
        MOTCUA_KEYS_ROOT: 'c2VjcmV0LXdvcmQ',
      },
    });
    expect(said).toContain('4 problems');
    for (const word of [
      'MOTCUA_PROT',
      'did you mean MOTCUA_PORT',
      'MOTCUA_LOG_LEVEL',
      'MOTCUA_ISSUER',
      'MOTCUA_KEYS_ROOT',
    ])
      expect(said).toContain(word);
    expect(said).not.toContain('c2VjcmV0LXdvcmQ');
  });

  it('for production refuses development keys, http and demo data, all at once', async () => {
    const said = await refusal({
      env: {
        MOTCUA_PROFILE: 'production',
        MOTCUA_DEMO_ENABLED: 'true',
        MOTCUA_ISSUER: 'http://id.example',
        MOTCUA_STORAGE_URL: storage('p.db'),
        MOTCUA_KEYS_ROOT: 'bW90Y3VhLWlkIGRldmVsb3BtZW50IHJvb3Qga2V5ISE',
        MOTCUA_KEYS_STORAGE: 'bW90Y3VhLWlkIGRldmVsb3BtZW50IHN0b3JlIGtleSE',
      },
    });
    for (const word of [
      'MOTCUA_ISSUER',
      'MOTCUA_KEYS_ROOT',
      'MOTCUA_KEYS_STORAGE',
      'MOTCUA_DEMO_ENABLED',
      'MOTCUA_PASSWORDS_MEMORY_KIB',
    ])
      expect(said).toContain(word);
    expect(said).not.toContain('bW90Y3Vh');
  });

  it('for production without keys says which are missing', async () => {
    const said = await refusal({
      env: { MOTCUA_PROFILE: 'production', MOTCUA_STORAGE_URL: storage('p.db') },
    });
    expect(said).toContain('keys.root is required');
    expect(said).toContain('keys.storage is required');
  });

  it('whose configuration file is broken names it', async () => {
    const root = join(folder.folder, 'copy');
    await mkdir(root);
    await copyProject(root);
    await writeFile(join(root, 'config', 'default.yaml'), 'issuer: [unclosed\nport: {');
    const said = await refusal({ root, env: { MOTCUA_STORAGE_URL: storage('a.db') } });
    expect(said).toContain('default.yaml');
  });

  it('on a Node that is too old is told so before anything else', async () => {
    const check = (version: string) =>
      runScript(
        [
          '-e',
          `Object.defineProperty(process.versions, 'node', { value: '${version}' }); import('./scripts/check-node.mjs')`,
        ],
        {},
      );
    const refused = await check('20.19.0');
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err.trim().split('\n')).toHaveLength(1);
    expect(refused.err).toMatch(/^Node 24 or newer is needed, but .* is Node 20\.19\.0: /);
    expect(await check('24.0.0')).toEqual({ code: 0, out: '', err: '' });
  });
});
