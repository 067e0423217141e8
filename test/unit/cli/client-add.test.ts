import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyClientSecret } from '../../../src/relying-party/client-secret.ts';
import { openSqliteStorage } from '../../../src/storage/sqlite/sqlite-storage.ts';
import { createTestCipher, openTestStorage } from '../../support/storage.ts';
import { basic, createInputFolder, publicJwk, who } from './client-arguments.ts';
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

describe('client add', () => {
  it('stores nothing where the audit trail cannot take the event', async () => {
    const record = () => Promise.reject(new Error('the trail is full'));
    const { code, err } = await runAdmin(opened.storage, ['client', 'add', ...basic], {
      context: { audit: { record } },
    });
    expect(code).toBe(1);
    expect(err).toContain('the trail is full');
    expect(await stored()).toEqual([]);
  });

  it('lets one of two that register one id beside each other succeed', async () => {
    const cipher = createTestCipher();
    const clock = { now: () => 0 };
    const file = join(input.folder, 'shared.db');
    const sides = await Promise.all([1, 2].map(() => openSqliteStorage({ file, cipher, clock })));
    const results = await Promise.all(
      sides.map((storage) => runAdmin(storage, ['client', 'add', ...basic, '--id', 'cong', '--json'])),
    );
    expect(results.map(({ code }) => code).sort()).toEqual([0, 2]);
    const winner = results.find(({ code }) => code === 0);
    const [side] = sides;
    const party = side && (await adminContext(side).registry.get('cong'));
    const hash =
      party?.authentication.method === 'client_secret_basic' ? party.authentication.secret_hash : '';
    expect(verifyClientSecret(JSON.parse(winner?.out ?? '').client_secret, hash)).toBe(true);
    await Promise.all(sides.map((storage) => storage.close()));
  });

  it('shows the secret once and its hash never', async () => {
    const added = await add(...basic, '--id', 'cong');
    const secret = /Client secret\s+(\S+)/.exec(added.out)?.[1] ?? '';
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(added.out.split(secret)).toHaveLength(2);
    expect(added.out).toMatch(/cannot be shown again/);
    expect(added.err).toBe('');
    const [party] = await stored();
    expect(party?.authentication).toMatchObject({ method: 'client_secret_basic' });
    for (const args of [['show', 'cong'], ['show', 'cong', '--json'], ['list'], ['list', '--json']]) {
      const { out, err } = await runAdmin(opened.storage, ['client', ...args]);
      expect(out + err).not.toContain(secret);
      expect(out + err).not.toContain('sha256$');
    }
    expect(added.out).not.toContain('sha256$');
  });

  it('prints one JSON object on standard output with --json', async () => {
    const { code, out, err } = await add(
      ...basic,
      '--json',
      '--id',
      'cong',
      '--name-en',
      'One-stop portal',
      '--scope',
      'profile doc:id_card',
      '--optional',
      'email',
      '--purpose',
      '  Điền  tờ khai ',
      '--purpose-en',
      'Fill in the form',
      '--legal-basis',
      'Nghị định 61/2018/NĐ-CP',
      '--post-logout-redirect-uri',
      'https://rp.example/',
      '--initiate-login-uri',
      'https://rp.example/start',
      '--acr-floor',
      '2',
      '--id-token-alg',
      'RS256',
      '--userinfo-alg',
      'EdDSA',
      '--refresh',
    );
    const use = (required: boolean) => ({
      required,
      purpose: { vi: 'Điền tờ khai', en: 'Fill in the form' },
      legal_basis: 'Nghị định 61/2018/NĐ-CP',
    });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      client_id: 'cong',
      client_secret: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      name: { vi: 'Cổng một cửa', en: 'One-stop portal' },
      organization: 'Sở Mẫu',
      profile: 'standard',
      redirect_uris: ['https://rp.example/cb'],
      post_logout_redirect_uris: ['https://rp.example/'],
      initiate_login_uri: 'https://rp.example/start',
      scopes: { profile: use(true), 'doc:id_card': use(true), email: use(false) },
      acr_floor: 2,
      token_endpoint_auth_method: 'client_secret_basic',
      id_token_signed_response_alg: 'RS256',
      userinfo_signed_response_alg: 'EdDSA',
      refresh_tokens: true,
      registered_at: '2026-11-21T02:03:04.000Z',
      issuer: 'https://id.example',
      discovery_uri: 'https://id.example/.well-known/openid-configuration',
    });
    expect(err).toMatch(/cannot be shown again/);
  });

  it('registers public keys instead of a secret', async () => {
    const file = await input.fileOf('keys.json', { keys: [publicJwk] });
    const { code, out } = await add(...basic, '--jwks', file, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'ES256',
      jwks: { keys: [publicJwk] },
    });
    expect(out).not.toContain('client_secret');
  });

  it('reads scope by scope from a file; the flags fill what it leaves out', async () => {
    const yaml = [
      'profile: {}',
      'doc:id_card:',
      '  required: false',
      '  purpose: { vi: Đính kèm thẻ, en: Attach the card }',
      '  legal_basis: Luật Căn cước',
    ].join('\n');
    const file = await input.fileOf('scopes.yaml', yaml);
    const { out } = await add(...basic, '--scopes-file', file, '--purpose', 'Điền tờ khai', '--json');
    expect(JSON.parse(out).scopes).toEqual({
      profile: { required: true, purpose: { vi: 'Điền tờ khai' } },
      'doc:id_card': {
        required: false,
        purpose: { vi: 'Đính kèm thẻ', en: 'Attach the card' },
        legal_basis: 'Luật Căn cước',
      },
    });
  });

  it('makes an id from the name, takes openid as given and needs no purpose without scopes', async () => {
    const { code, out } = await add(...basic, '--scope', 'openid', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ client_id: expect.stringMatching(/^cong-mot-cua-/), scopes: {} });
  });

  it('accepts loopback addresses in development', async () => {
    const args = ['client', 'add', ...who, '--redirect-uri', 'http://127.0.0.1:3001/cb'];
    const { code } = await runAdmin(opened.storage, args, { context: { allowLoopbackHttp: true } });
    expect(code).toBe(0);
  });

  it('says that a document demands acr 2, and only then', async () => {
    const withPaper = await add(...basic, '--scope', 'doc:id_card', '--purpose', 'Điền tờ khai');
    expect(withPaper.out).toMatch(/demands acr "2"/);
    const without = await add(...basic, '--scope', 'email', '--purpose', 'Điền tờ khai');
    expect(without.out).not.toMatch(/demands acr "2"/);
  });

  it('teaches in its help: every scope, the scopes file, examples, what comes next', async () => {
    const { code, out } = await add('--help');
    expect(code).toBe(0);
    for (const part of [
      'doc:id_card ',
      'doc:health_record',
      'sensitive',
      'required: false',
      'Examples:',
      '/.well-known/openid-configuration',
    ]) {
      expect(out).toContain(part);
    }
  });
});
