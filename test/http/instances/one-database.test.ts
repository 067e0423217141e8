import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { auditEvents } from '../../../src/audit/trail.ts';
import { withdrawConsent } from '../../../src/oidc/grants.ts';
import { agree, openBrowser, person, typePassword } from '../../support/citizen.ts';
import { type Instances, startInstances } from '../../support/instances.ts';
import { freshDatabaseUri, mongoServer } from '../../support/mongo.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { answerOf, begin, pageOf } from '../../support/visits.ts';
import {
  assertion,
  basic,
  bearer,
  obtainCode,
  obtainTokens,
  post,
  send,
  silently,
  userInfoOf,
} from '../protocol/flow.ts';
import { ask } from '../surface/wire.ts';

const CACHE_SECONDS = 5;
const OFFLINE = { scope: 'openid profile offline_access', prompt: 'consent' };
const BYE = { logout: 'yes' };

describe.skipIf(!mongoServer())('of two instances on one database', { timeout: 30_000 }, () => {
  let instances: Instances;
  let provider: TestProvider;
  let rp: TestRelyingParty;
  const who = person('level-1');
  beforeAll(async () => {
    instances = await startInstances({ config: { relying_parties: { cache: CACHE_SECONDS } } });
    provider = instances.provider;
    rp = await register(provider, { secretBasic: true });
  }, 60_000);
  afterEach(() => {
    both();
    vi.useRealTimers();
  });
  afterAll(() => instances.provider.close());

  /** From now on every request goes to this one. */
  const only = (index: number) => {
    instances.front.targets = [instances.at(index).address];
  };
  const both = () => {
    instances.front.targets = [instances.at(0).address, instances.at(1).address];
  };
  const token = (fields: Record<string, string>) => post(provider, '/token', fields, basic(rp));
  const refresh = (refresh_token: unknown) =>
    token({ grant_type: 'refresh_token', refresh_token: String(refresh_token) });
  const invalidGrant = { status: 400, json: { error: 'invalid_grant' } };

  it('each gets its share of the requests', async () => {
    const { answered } = instances.front;
    const before = [0, 1].map((index) => answered.get(instances.at(index).address) ?? 0);
    for (let time = 0; time < 10; time += 1) expect((await send(provider, '/jwks')).status).toBe(200);
    const after = [0, 1].map((index) => answered.get(instances.at(index).address) ?? 0);
    expect(after.map((count, index) => count - (before[index] ?? 0))).toEqual([5, 5]);
  });

  it('both publish the same signing keys, also when they made them at the same time', async () => {
    const database = freshDatabaseUri();
    const issuer = 'http://localhost:3000';
    const started = await Promise.all(
      [true, false].map((people) => startProvider({ storageUrl: database.uri, issuer, people })),
    );
    const published = await Promise.all(started.map((one) => ask(one, '/jwks')));
    await Promise.all(started.map((one) => one.close()));
    await database.drop();
    expect(published[0]?.text).toBe(published[1]?.text);
    expect(JSON.parse(published[0]?.text ?? '{}').keys).toHaveLength(3);
  });

  it('a code used at one is refused by the other, and what it gave ends at both', async () => {
    only(0);
    const { grant } = await obtainCode(provider, rp, who, { parameters: OFFLINE });
    const { json } = await token(grant);
    only(1);
    expect((await userInfoOf(provider, String(json.access_token))).status).toBe(200);
    expect(await token(grant)).toMatchObject(invalidGrant);
    for (const index of [1, 0]) {
      only(index);
      expect((await userInfoOf(provider, String(json.access_token))).status).toBe(401);
      expect(await refresh(json.refresh_token)).toMatchObject(invalidGrant);
    }
  });

  it('a page shown by one is answered by the other, whichever it is', async () => {
    for (const turn of [0, 1]) {
      only(turn);
      const { browser, visit } = await begin(provider, rp, { prompt: 'consent' });
      only(1 - turn);
      const consent = await typePassword(browser, visit, who);
      expect(pageOf(consent)).toBe('consent');
      only(turn);
      expect(answerOf(await agree(browser, consent))).toHaveProperty('code');
    }
  });

  it('one page answered at both at once is one answer, and leads to the portal', async () => {
    const events = provider.services.storage.collection(auditEvents);
    const given = async () => {
      const rows = await events.range('at', 0, Date.now() + 60_000, { limit: 1_000 });
      return rows.filter(({ doc }) => doc.kind === 'consent.given').length;
    };
    const { browser, visit } = await begin(provider, rp, { prompt: 'consent' });
    const consent = await typePassword(browser, visit, who);
    const before = await given();
    const answers = await Promise.all(Array.from({ length: 4 }, () => agree(browser, consent)));
    expect(await given()).toBe(before + 1);
    expect(answers.flatMap(({ left }) => left?.searchParams.get('code') ?? [])).not.toEqual([]);
  });

  it('a client assertion is good for one of them, also when both get it at once', async () => {
    const keyed = await register(provider, { client_id: 'cong-co-khoa' });
    const unknown = { grant_type: 'authorization_code', code: 'x', redirect_uri: keyed.redirectUri };
    for (let round = 0; round < 4; round += 1) {
      const proof = await assertion(provider, keyed);
      const answers = await Promise.all(
        Array.from({ length: 4 }, () => post(provider, '/token', { ...unknown, ...proof })),
      );
      expect(answers.map(({ json }) => json.error).toSorted()).toEqual([
        'invalid_client',
        'invalid_client',
        'invalid_client',
        'invalid_grant',
      ]);
    }
  });

  it('what one revokes the other refuses at once', async () => {
    for (const turn of [0, 1]) {
      only(turn);
      const { tokens } = await obtainTokens(provider, rp, who, { parameters: OFFLINE });
      only(1 - turn);
      expect((await userInfoOf(provider, tokens.access_token)).status).toBe(200);
      only(turn);
      const { refresh_token = '' } = tokens;
      expect((await post(provider, '/revoke', { token: refresh_token }, basic(rp))).status).toBe(200);
      only(1 - turn);
      expect((await userInfoOf(provider, tokens.access_token)).status).toBe(401);
      expect(await refresh(refresh_token)).toMatchObject(invalidGrant);
      const found = await post(provider, '/introspect', { token: refresh_token }, basic(rp));
      expect(found.json).toEqual({ active: false });
    }
  });

  it('consent withdrawn at one stops at the other with the next request', async () => {
    only(1);
    const { tokens } = await obtainTokens(provider, rp, who, { parameters: OFFLINE });
    const headers = bearer(tokens.access_token);
    expect((await send(provider, '/userinfo', { headers })).status).toBe(200);
    const { services } = instances.at(0);
    const subject = (await services.directory.findByNumber(who.subject.personal_number))?.id ?? '';
    expect(await withdrawConsent(services, subject, rp.clientId)).toBe(true);
    expect((await send(provider, '/userinfo', { headers })).status).toBe(401);
    expect(await refresh(tokens.refresh_token)).toMatchObject(invalidGrant);
  });

  it('a sign-out at one is one at the other, also for a request that was under way there', async () => {
    const browser = openBrowser(provider);
    only(0);
    const { tokens } = await obtainTokens(provider, rp, who, { browser });
    const page = await browser.follow('/logout');
    both();
    // Requests that carry the session while it ends: none of them may bring it back.
    const during = Array.from({ length: 6 }, () => silently(browser, rp).catch(() => undefined));
    await browser.submit(page, '/logout/confirm', BYE);
    await Promise.all(during);
    for (const index of [0, 1]) {
      only(index);
      const { callback } = await silently(browser, rp);
      expect(callback.searchParams.get('error')).toBe('login_required');
      expect((await userInfoOf(provider, tokens.access_token)).status).toBe(401);
    }
  });

  it('wrong passwords count together', async () => {
    const { personal_number } = person('mother').subject;
    const statuses: (number | undefined)[] = [];
    for (let time = 0; time < 11; time += 1) {
      only(time % 2);
      const { browser, visit } = await begin(provider, rp);
      const next = await browser.submit(visit, '/password', {
        personal_number,
        password: 'sai-mat-khau-roi',
      });
      statuses.push(next.page?.status);
    }
    expect(statuses).toEqual([...Array(10).fill(422), 429]);
  });

  it('a registration changed at one is what the other knows once its memory of it has passed', async () => {
    const changing = await register(provider, { client_id: 'cong-thay-doi', secretBasic: true });
    const asked = async () => pageOf((await begin(provider, changing)).visit);
    for (const index of [0, 1]) {
      only(index);
      expect(await asked()).toBe('password');
    }
    only(1);
    await instances.at(0).services.registry.update('cong-thay-doi', (party) => ({
      ...party,
      redirect_uris: ['https://portal.example/other'],
    }));
    expect(await asked()).toBe('password');
    advance(CACHE_SECONDS + 1);
    expect(await asked()).toBe('400');
    await instances.at(0).services.registry.remove('cong-thay-doi');
    advance(2 * CACHE_SECONDS + 2);
    const answer = await post(provider, '/introspect', { token: 'x' }, basic(changing));
    expect(answer).toMatchObject({ status: 401, json: { error: 'invalid_client' } });
  });
});
