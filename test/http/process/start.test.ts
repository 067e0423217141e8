import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { syntheticPeople } from '../../../src/demo/people/synthetic-people.ts';
import { endServer, fastHashing, type ServerProcess, startServer } from '../../support/process.ts';
import { temporaryFolder } from '../../support/storage.ts';
import { ask } from '../surface/wire.ts';

const HTML = { accept: 'text/html' };

describe('the server started on an empty folder', { timeout: 90_000 }, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let server: ServerProcess;
  const database = () => join(folder.folder, 'not', 'there', 'yet', 'motcua.db');
  const env = () => ({ ...fastHashing, MOTCUA_STORAGE_URL: `sqlite:${database()}` });
  beforeAll(async () => {
    folder = await temporaryFolder();
    server = await startServer({ env: env() });
  }, 90_000);
  afterAll(async () => {
    await endServer(server);
    await folder.remove();
  });

  const secrets = async (): Promise<{ readonly keys: string[]; readonly ofPeople: string[] }> => {
    const config = await readFile(join(import.meta.dirname, '../../../config/development.yaml'), 'utf8');
    const people = syntheticPeople(Date.now());
    return {
      keys: [
        ...[...config.matchAll(/[A-Za-z0-9_-]{43}/g)].map(([key]) => key),
        ...people.flatMap(({ totpSecret }) => totpSecret ?? []),
      ],
      // Whoever waits for activation has no password.
      ofPeople: people
        .flatMap(({ password, subject }) => [password, subject.personal_number])
        .filter((secret) => secret !== ''),
    };
  };

  it('prints no key, and nothing of a person but the examples to sign in as', async () => {
    const { out, err } = server.output();
    const { keys, ofPeople } = await secrets();
    expect(keys.length).toBeGreaterThan(4);
    for (const key of keys) expect(out).not.toContain(key);
    const log = out.split('\n').filter((line) => line.startsWith('{'));
    expect(log.length).toBeGreaterThan(0);
    for (const secret of ofPeople) expect(log.join()).not.toContain(secret);
    expect(ofPeople.filter((secret) => out.includes(secret)).length).toBeLessThan(ofPeople.length / 2);
    expect(err).toBe('');
    expect(out).not.toMatch(/notice|warning|deprecat|experimental/i);
  });

  it('says what to open, and what it says can be opened', async () => {
    const { out } = server.output();
    const [portal, people] = [server.portalOrigin, `${server.issuer}/dev/`];
    expect(out).toContain(portal);
    expect(out).toContain(people);
    expect((await fetch(portal)).status).toBe(200);
    const page = await fetch(people);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Một Cửa');
  });

  it('gives the pages of /dev/ the headers that all pages have', async () => {
    for (const path of ['/dev/', '/dev/assets/portal.css', '/dev/nothing']) {
      const { headers } = await ask(server, path, { headers: HTML });
      expect(headers, path).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
        'content-security-policy': expect.stringContaining("default-src 'none'"),
      });
      expect(headers['content-security-policy']).not.toContain('unsafe');
    }
    expect(await ask(server, '/dev/', { headers: { ...HTML, host: 'evil.example' } })).toMatchObject({
      status: 421,
    });
  });

  it('keeps people and signing keys for the next start, and does not add anybody twice', async () => {
    const keys = (await ask(server, '/jwks')).text;
    expect(JSON.parse(keys).keys).toHaveLength(3);
    expect(keys).not.toMatch(/"(d|p|q|dp|dq|qi|k)":/);
    expect(server.output().out).toMatch(/Added \d+ synthetic people/);
    server.send('SIGTERM');
    expect(await server.ended).toEqual({ code: 0, signal: null });
    server = await startServer({ env: env() });
    expect((await ask(server, '/jwks')).text).toBe(keys);
    expect(server.output().out).not.toContain('synthetic people');
  });

  it('keeps no password, number, name or private key readable in its files', async () => {
    const bytes = Buffer.concat(
      await Promise.all(
        ['', '-wal'].map((suffix) => readFile(database() + suffix).catch(() => Buffer.alloc(0))),
      ),
    ).toString('latin1');
    expect(bytes.length).toBeGreaterThan(10_000);
    const names = syntheticPeople(Date.now()).map(({ subject }) =>
      Buffer.from(subject.name).toString('latin1'),
    );
    const { keys, ofPeople } = await secrets();
    for (const secret of [...keys, ...ofPeople, ...names]) expect(bytes).not.toContain(secret);
    expect(bytes).not.toMatch(/"d":"/);
  });
});
