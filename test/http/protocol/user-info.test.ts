import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createHistory } from '../../../src/audit/history.ts';
import { documentScopes } from '../../../src/documents/catalogue.ts';
import type { Subject } from '../../../src/subject/subject.ts';
import { openBrowser, person } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, start, type TestRelyingParty } from '../../support/relying-parties.ts';
import { bearer, obtainTokens, post, send, userInfoOf } from './flow.ts';

const everything = `openid profile identity email phone address ${documentScopes.map(({ scope }) => scope).join(' ')}`;
const optional = [...documentScopes.map(({ scope }) => scope), 'email', 'phone', 'address'];
const documentClaims = documentScopes.map(({ claim }) => claim);

describe('UserInfo', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  beforeAll(async () => {
    provider = await startProvider();
    rp = await register(provider);
  });
  afterAll(async () => {
    vi.useRealTimers();
    await provider.close();
  });

  const read = async (key: string, scope: string, parameters: Record<string, string> = {}) => {
    const { tokens } = await obtainTokens(provider, rp, person(key), {
      parameters: { scope, ...parameters },
      optional,
    });
    const answer = await userInfoOf(provider, tokens.access_token);
    return { tokens, answer, info: answer.json };
  };
  /** Changes the account under the token, and back after the test's look. */
  const whileAccount = async (
    key: string,
    change: (subject: Subject) => Subject,
    look: () => Promise<void>,
  ) => {
    const { directory } = provider.services;
    const found = await directory.findByNumber(person(key).subject.personal_number);
    if (found === undefined) throw new Error('nobody has this number');
    await directory.update(found.id, change);
    try {
      await look();
    } finally {
      await directory.update(found.id, () => found.subject);
    }
  };
  const documentsIn = (info: Record<string, unknown>) => documentClaims.filter((claim) => claim in info);

  it.each([
    ['no token', {}],
    ['an empty token', { Authorization: 'Bearer ' }],
    ['a made-up token', bearer('x'.repeat(43))],
    ['a token of another scheme', { Authorization: 'Basic eDp4' }],
  ])('with %s gives nothing', async (_name, headers) => {
    const { status, text } = await send(provider, '/userinfo', { headers });
    expect([400, 401]).toContain(status);
    expect(text).not.toMatch(/"sub"|"name"/);
  });

  it('takes no token from the address', async () => {
    const { tokens } = await read('level-1', 'openid profile');
    const { status } = await send(provider, `/userinfo?access_token=${tokens.access_token}`);
    expect(status).toBe(400);
  });

  it('takes no token cut, lengthened, or sent twice', async () => {
    const { tokens } = await read('level-1', 'openid profile');
    const token = tokens.access_token;
    for (const text of [token.slice(0, -1), `${token}A`, token.toUpperCase()]) {
      expect((await userInfoOf(provider, text)).status).toBe(401);
    }
    expect((await post(provider, '/userinfo', { access_token: token }, bearer(token))).status).toBe(400);
    expect((await userInfoOf(provider, token)).status).toBe(200);
  });

  it('takes no token after its five minutes and the tolerance of clocks', async () => {
    const { tokens } = await read('level-1', 'openid profile');
    advance(300 + 15);
    expect((await userInfoOf(provider, tokens.access_token)).status).toBe(401);
  });

  it('gives a document only by its scope', async () => {
    const { info } = await read('all-documents', 'openid profile doc:id_card');
    expect(info.acr).toBe('2');
    expect(documentsIn(info)).toEqual(['id_card']);
  });

  it('gives no document without a document scope, also at level 2', async () => {
    const { info } = await read('all-documents', 'openid profile identity', { acr_values: '2' });
    expect(info.acr).toBe('2');
    expect(documentsIn(info)).toEqual([]);
  });

  it('gives only what was ticked', async () => {
    const { tokens } = await obtainTokens(provider, rp, person('officer'), {
      parameters: { scope: 'openid profile email doc:id_card doc:health_insurance doc:residence' },
      optional: ['doc:health_insurance'],
    });
    const { json } = await userInfoOf(provider, tokens.access_token);
    expect(documentsIn(json)).toEqual(['id_card', 'health_insurance']);
    expect(json).not.toHaveProperty('email');
  });

  it('stops giving documents the moment the account is no more of level 2', async () => {
    const { tokens, info } = await read('all-documents', 'openid profile doc:id_card');
    expect(documentsIn(info)).toEqual(['id_card']);
    const expired = (subject: Subject): Subject => ({ ...subject, identity_paper_expires_at: '2020-01-01' });
    await whileAccount('all-documents', expired, async () => {
      const { status, json } = await userInfoOf(provider, tokens.access_token);
      expect(status).toBe(200);
      expect(documentsIn(json)).toEqual([]);
    });
    await whileAccount(
      'all-documents',
      (subject) => ({ ...subject, level: 1 }),
      async () => {
        expect(documentsIn((await userInfoOf(provider, tokens.access_token)).json)).toEqual([]);
      },
    );
    expect(documentsIn((await userInfoOf(provider, tokens.access_token)).json)).toEqual(['id_card']);
  });

  it('is closed at once by a lock or a closing of the account', async () => {
    const { tokens } = await read('all-documents', 'openid profile');
    const since = new Date().toISOString();
    const statuses: Subject['status'][] = [
      { kind: 'locked', cause: 'by_owner', since },
      { kind: 'closed', cause: 'deceased', since },
      { kind: 'not_activated' },
    ];
    for (const status of statuses) {
      await whileAccount(
        'all-documents',
        (subject) => ({ ...subject, status }),
        async () => {
          const answer = await userInfoOf(provider, tokens.access_token);
          expect(answer.status).toBe(401);
          expect(answer.text).not.toContain(person('all-documents').subject.name);
        },
      );
    }
    expect((await userInfoOf(provider, tokens.access_token)).status).toBe(200);
  });

  it('has no document for a person whose card has run out', async () => {
    const { url } = await start(rp, { scope: 'openid doc:id_card', prompt: 'none' });
    const browser = openBrowser(provider);
    await obtainTokens(provider, rp, person('expired-card'), {
      browser,
      parameters: { scope: 'openid profile' },
    });
    const { left } = await browser.follow(url);
    expect(left?.searchParams.get('error')).toBe('unmet_authentication_requirements');
    expect(left?.searchParams.get('iss')).toBe(provider.issuer);
  });

  it('never lets a document, a name or a number into the ID token or the address', async () => {
    const who = person('all-documents').subject;
    const { tokens, info } = await read('all-documents', everything);
    expect(documentsIn(info).length).toBeGreaterThan(5);
    const idToken = JSON.stringify(tokens.claims());
    for (const text of [who.personal_number, who.name, who.email?.address, ...documentClaims]) {
      expect(idToken).not.toContain(text);
    }
  });

  it('says why a document is not there', async () => {
    const mother = await read('mother', 'openid doc:driving_licence doc:vehicle_registration');
    expect(mother.info.driving_licence).toEqual([
      { unavailable: 'registry_unavailable', issuer: expect.any(String) },
    ]);
    expect(mother.info.vehicle_registration).toEqual([
      { unavailable: 'not_issued', issuer: expect.any(String) },
    ]);
  });

  it('says of a paper of another kind of holder that it was not issued', async () => {
    const citizen = await read('guardian', 'openid doc:passport doc:residence_card');
    expect(citizen.info.passport).toEqual([{ unavailable: 'not_issued', issuer: expect.any(String) }]);
    expect(citizen.info.residence_card).toEqual([{ unavailable: 'not_issued', issuer: expect.any(String) }]);
    const foreigner = await read('foreigner', 'openid doc:passport doc:id_card');
    expect(foreigner.info.id_card).toEqual([{ unavailable: 'not_issued', issuer: expect.any(String) }]);
    expect(foreigner.info.passport).toMatchObject([{ status: 'valid', number: 'M97000005' }]);
  });

  it('writes each hand-over of documents into the trail, by scope and without what was in them', async () => {
    const who = person('officer').subject;
    const { info } = await read('officer', 'openid doc:id_card');
    expect(documentsIn(info)).toEqual(['id_card']);
    const found = await provider.services.directory.findByNumber(who.personal_number);
    const events = await createHistory(provider.services).read(found?.id ?? '', { limit: 100 });
    const last = events.find(({ event }) => event.kind === 'documents.released')?.event;
    expect(last).toMatchObject({ relying_party: rp.clientId, detail: { documents: ['doc:id_card'] } });
    for (const text of [who.personal_number, who.name]) {
      expect(JSON.stringify(events)).not.toContain(text);
      expect(JSON.stringify(provider.logged)).not.toContain(text);
    }
  });

  it('is JSON that no cache keeps, where nothing else is registered', async () => {
    const { answer } = await read('level-1', 'openid profile');
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  it.each(['ES256', 'RS256', 'EdDSA'] as const)('is signed with %s where that is registered', async (alg) => {
    const signed = await register(provider, {
      client_id: `cong-${alg}`,
      userinfo_signed_response_alg: alg,
      id_token_signed_response_alg: alg,
    });
    const { tokens } = await obtainTokens(provider, signed, person('level-1'), {
      parameters: { scope: 'openid profile' },
    });
    const answer = await userInfoOf(provider, tokens.access_token);
    expect(answer.headers.get('content-type')).toMatch(/^application\/jwt/);
    const keys = createRemoteJWKSet(new URL(`${provider.issuer}/jwks`));
    const { payload, protectedHeader } = await jwtVerify(answer.text, keys, {
      issuer: provider.issuer,
      audience: signed.clientId,
      algorithms: [alg],
    });
    expect(protectedHeader.kid).toEqual(expect.any(String));
    expect(payload).toMatchObject({ name: person('level-1').subject.name, sub: tokens.claims()?.sub });
    expect(payload.exp).toBeLessThanOrEqual(Date.now() / 1000 + 300);
  });
});
