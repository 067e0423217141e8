import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { endServer, type ServerProcess, startServer } from '../../support/process.ts';
import { copyProject } from '../../support/project-copy.ts';
import { temporaryFolder } from '../../support/storage.ts';
import { ask } from '../surface/wire.ts';

const HTML = { accept: 'text/html' };

describe('the server in production, from a copy without the demo', { timeout: 90_000 }, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let server: ServerProcess;
  const keys = [1, 2].map(() => randomBytes(32).toString('base64url'));
  beforeAll(async () => {
    folder = await temporaryFolder();
    await copyProject(folder.folder, ['src/demo']);
    const [root = '', storage = ''] = keys;
    await writeFile(join(folder.folder, 'root.key'), `${root}\n`);
    await writeFile(join(folder.folder, 'storage.key'), `${storage}\n`);
    server = await startServer({
      root: folder.folder,
      env: {
        MOTCUA_PROFILE: 'production',
        MOTCUA_ISSUER: 'https://id.example',
        MOTCUA_PROXY_HOPS: '1',
        MOTCUA_PASSWORDS_WORKERS: '1',
        MOTCUA_STORAGE_URL: `sqlite:${join(folder.folder, 'data', 'motcua.db')}`,
        // Nobody answers there, which a server that starts does not need to know.
        MOTCUA_MAIL_URL: 'smtps://127.0.0.1:1',
        MOTCUA_MAIL_FROM_ADDRESS: 'khong-tra-loi@tinhmau.example',
        MOTCUA_KEYS_ROOT_FILE: join(folder.folder, 'root.key'),
        MOTCUA_KEYS_STORAGE_FILE: join(folder.folder, 'storage.key'),
      },
    });
  }, 90_000);
  afterAll(async () => {
    await endServer(server);
    await folder.remove();
  });

  it('has no development page and tells no one of it', async () => {
    for (const path of ['/dev/', '/dev', '/dev/codes', '/dev/assets/portal.css'])
      expect(await ask(server, path, { headers: HTML }), path).toMatchObject({ status: 404 });
    const { out, err } = server.output();
    expect(out.split('\n').filter((line) => line !== '' && !line.startsWith('{'))).toEqual([
      'Một Cửa ID is running: https://id.example (production)',
      expect.stringMatching(
        /^One process and 1 thread for passwords, on SQLite [\d.]+; several processes need MongoDB\.$/,
      ),
    ]);
    expect(err).toBe('');
    for (const key of keys) expect(out).not.toContain(key);
  });

  it('is ready, under its https name alone', async () => {
    expect(await ask(server, '/readyz')).toMatchObject({ status: 200 });
    const { text } = await ask(server, '/.well-known/openid-configuration');
    expect(JSON.parse(text)).toMatchObject({
      issuer: 'https://id.example',
      jwks_uri: 'https://id.example/jwks',
    });
    const { host } = new URL(server.address);
    expect(await ask(server, '/', { headers: { ...HTML, host } })).toMatchObject({ status: 421 });
    expect(await ask(server, '/', { headers: HTML })).toMatchObject({
      status: 200,
      headers: { 'strict-transport-security': expect.stringContaining('max-age=') },
    });
  });

  it('serves on for the load balancer’s sake when asked to end, and ends well', async () => {
    const connection = async () => (await fetch(`${server.address}/healthz`)).headers.get('connection');
    expect(await connection()).toBe('keep-alive');
    server.send('SIGTERM');
    await vi.waitFor(async () => expect(await connection()).toBe('close'));
    expect(await ask(server, '/readyz')).toMatchObject({ status: 503 });
    expect(await ask(server, '/jwks')).toMatchObject({ status: 200 });
    expect(await server.ended).toEqual({ code: 0, signal: null });
  });
});
