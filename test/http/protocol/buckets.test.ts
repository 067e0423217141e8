import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { consents } from '../../../src/consent/consent.ts';
import { grantContexts } from '../../../src/consent/grant-context.ts';
import { documentHoldings } from '../../../src/documents/holdings.ts';
import { models } from '../../../src/oidc/models.ts';
import { bucketOf } from '../../../src/storage/bucket.ts';
import type { CollectionDefinition } from '../../../src/storage/contract.ts';
import { credentialRows } from '../../../src/subject/credentials.ts';
import { openBrowser, person } from '../../support/citizen.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { obtainTokens, silently, userInfoOf } from './flow.ts';

const TOKENS = ['AuthorizationCode', 'AccessToken', 'RefreshToken'] as const;

describe('the rows of one person', () => {
  let provider: TestProvider;
  let portals: TestRelyingParty[];
  let subject: string;
  let tokens: string[];
  beforeAll(async () => {
    provider = await startProvider();
    portals = [await register(provider), await register(provider, { client_id: 'cong-khac' })];
    const who = person('all-documents');
    const found = await provider.services.directory.findByNumber(who.subject.personal_number);
    subject = found?.id ?? '';
    tokens = [];
    const browser = openBrowser(provider);
    for (const portal of portals) {
      const parameters = { scope: 'openid offline_access doc:id_card', prompt: 'consent' };
      const given = (await obtainTokens(provider, portal, who, { browser, parameters })).tokens;
      tokens.push(given.access_token, given.refresh_token ?? '');
    }
    await silently(browser, portals[0] as TestRelyingParty);
  });
  afterAll(async () => {
    vi.useRealTimers();
    await provider.close();
  });

  const rows = <T>(definition: CollectionDefinition<T>) =>
    provider.services.storage.collection(definition).scan({ limit: 1000 });
  const own = async <T>(definition: CollectionDefinition<T>) =>
    (await rows(definition)).filter(({ doc }) => JSON.stringify(doc).includes(subject));

  it('are not told apart from others by what portals hold: no two of these values begin alike', () => {
    expect(new Set([bucketOf(subject), ...tokens.map(bucketOf)]).size).toBe(tokens.length + 1);
  });

  it.each([...TOKENS, 'Grant'] as const)(
    'begin with the bucket of the person and of the grant: %s',
    async (name) => {
      const found = await own(models[name].collection);
      expect(found.length).toBeGreaterThan(1);
      for (const { id, doc } of found) {
        expect(bucketOf(id)).toBe(bucketOf(subject));
        if (name !== 'Grant') expect(bucketOf(String(doc.payload.grantId))).toBe(bucketOf(id));
      }
    },
  );

  it.each([
    ['decisions', consents],
    ['contexts of grants', grantContexts],
    ['documents', documentHoldings],
  ] as [string, CollectionDefinition<unknown>][])(
    'begin with the bucket of the person: %s',
    async (_name, definition) => {
      const found = await own(definition);
      expect(found.length).toBeGreaterThan(0);
      expect(found.map(({ id }) => bucketOf(id))).toEqual(found.map(() => bucketOf(subject)));
    },
  );

  it('begin with the bucket of the person: credentials', async () => {
    expect((await rows(credentialRows)).filter(({ id }) => id === subject)).toHaveLength(1);
  });

  it('of a session begin as its uid does, also after the cookie has changed', async () => {
    const found = await own(models.Session.collection);
    expect(found).toHaveLength(1);
    for (const { id, doc } of found) expect(bucketOf(id)).toBe(bucketOf(String(doc.payload.uid)));
  });

  it('are found by the value alone: neither a portal nor chance finds them with another beginning', async () => {
    const [token = ''] = tokens;
    expect((await userInfoOf(provider, token)).status).toBe(200);
    for (const beginning of ['AAA', bucketOf(subject), '~~~', '']) {
      expect((await userInfoOf(provider, beginning + token.slice(3))).status).toBe(401);
    }
  });
});
