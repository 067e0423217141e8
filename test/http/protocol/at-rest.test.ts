import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, person } from '../../support/citizen.ts';
import { type FreshDatabase, freshDatabaseUri, mongoServer } from '../../support/mongo.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { register, start, type TestRelyingParty } from '../../support/relying-parties.ts';
import { basic, obtainCode, obtainTokens, post, sessionCookie, userInfoOf } from './flow.ts';

/** Every file of the embedded database. */
const bytesOfFiles = async (url: string): Promise<Buffer> => {
  const folder = dirname(url.replace('sqlite:', ''));
  const files = await readdir(folder);
  expect(files).toContain('motcua.db');
  return Buffer.concat(await Promise.all(files.map((name) => readFile(join(folder, name)))));
};

/** Every document of every collection, as the server keeps it. */
const bytesOfDocuments = async (url: string): Promise<Buffer> => {
  const client = await mongoose.mongo.MongoClient.connect(url);
  const collections = await client.db().collections();
  const documents = await Promise.all(collections.map((collection) => collection.find().toArray()));
  await client.close();
  return Buffer.concat(documents.flat().map((document) => mongoose.mongo.BSON.serialize(document)));
};

/** What somebody reads who takes the database away. */
const describeAtRest = (bytesAt: (url: string) => Promise<Buffer>, fresh?: () => FreshDatabase): void => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  let database: FreshDatabase | undefined;
  const who = person('all-documents');
  beforeAll(async () => {
    database = fresh?.();
    provider = await startProvider(database && { storageUrl: database.uri });
    rp = await register(provider, { secretBasic: true });
  });
  afterAll(async () => {
    await provider.close();
    await database?.drop();
  });

  const bytes = async (): Promise<Buffer> => {
    await provider.services.storage.ping();
    return bytesAt(provider.services.config.storage.url);
  };
  /** As text, and as any part of a base64 text that holds it. */
  const holds = (content: Buffer, text: string): boolean =>
    [0, 1, 2].some((shift) => {
      const encoded = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)]).toString('base64url');
      const inner = encoded.slice(shift === 0 ? 0 : shift + 1, -3);
      return inner.length > 7 && content.includes(inner);
    }) || content.includes(text);

  it('hold no code, token, session name or secret', async () => {
    const browser = openBrowser(provider);
    const parameters = { scope: 'openid profile offline_access doc:id_card', prompt: 'consent' };
    const { grant } = await obtainCode(provider, rp, who, { browser, parameters });
    const session = /session=([^;]+)/.exec(await sessionCookie(browser, rp))?.[1] ?? '';
    const { tokens } = await obtainTokens(provider, rp, who, { browser, parameters });
    const pushed = await post(
      provider,
      '/par',
      Object.fromEntries((await start(rp)).url.searchParams),
      basic(rp),
    );
    const uri = String(pushed.json.request_uri).split(':').at(-1);
    const content = await bytes();
    for (const [name, secret = ''] of Object.entries({
      code: grant.code,
      'access token': tokens.access_token,
      'refresh token': tokens.refresh_token,
      'ID token': tokens.id_token,
      'session name': session,
      request_uri: uri,
      'client secret': rp.secret,
      password: who.password,
      'secret of the code generator': who.totpSecret,
    })) {
      expect(secret.length, name).toBeGreaterThan(10);
      expect(holds(content, secret), `${name} at rest`).toBe(false);
    }
  });

  it('hold nothing of a person: no name, number, address, e-mail, phone or paper', async () => {
    const { tokens } = await obtainTokens(provider, rp, who, {
      parameters: { scope: 'openid profile identity email phone address doc:id_card doc:health_record' },
      optional: ['email', 'phone', 'address', 'doc:health_record'],
    });
    const { text } = await userInfoOf(provider, tokens.access_token);
    expect(text).toContain('Tăng huyết áp');
    const content = await bytes();
    const { subject } = who;
    for (const personal of [
      subject.name,
      subject.personal_number,
      subject.email?.address,
      subject.phone?.number,
      subject.address?.street_address,
      'Tăng huyết áp',
      'DN4759900000002',
    ]) {
      expect(personal).toBeDefined();
      expect(holds(content, personal ?? ''), `${personal} at rest`).toBe(false);
    }
  });

  it('hold no hint of who was about to sign in, pushed or in the address', async () => {
    const hint = '097 200 000 123';
    const fields = Object.fromEntries((await start(rp, { login_hint: hint })).url.searchParams);
    const pushed = await post(provider, '/par', fields, basic(rp));
    expect(pushed.status).toBe(201);
    await openBrowser(provider).follow((await start(rp, { login_hint: hint })).url);
    expect(holds(await bytes(), hint)).toBe(false);
  });

  it('do hold what is not secret, so that this test sees the right file', async () => {
    const content = await bytes();
    expect(holds(content, rp.clientId)).toBe(true);
  });
};

describe('the bytes of the database, on SQLite', () => describeAtRest(bytesOfFiles));
describe.skipIf(!mongoServer())('the bytes of the database, on MongoDB', () =>
  describeAtRest(bytesOfDocuments, freshDatabaseUri),
);
