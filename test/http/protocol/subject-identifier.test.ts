import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { person } from '../../support/citizen.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty, userInfo } from '../../support/relying-parties.ts';
import { obtainTokens } from './flow.ts';

describe('the subject identifier', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  let sameSector: TestRelyingParty;
  let otherSector: TestRelyingParty;
  const who = person('level-1');
  beforeAll(async () => {
    provider = await startProvider();
    rp = await register(provider);
    sameSector = await register(provider, {
      client_id: 'cung-may-chu',
      redirect_uris: ['https://portal.example/other'],
    });
    otherSector = await register(provider, {
      client_id: 'may-chu-khac',
      redirect_uris: ['https://elsewhere.example/cb'],
      post_logout_redirect_uris: [],
      initiate_login_uri: undefined,
    });
  });
  afterAll(() => provider.close());

  const subjectOf = async (relyingParty: TestRelyingParty, key = 'level-1') => {
    const { tokens, started } = await obtainTokens(provider, relyingParty, person(key), {
      parameters: { scope: 'openid' },
    });
    const sub = tokens.claims()?.sub ?? '';
    expect((await userInfo(started, tokens)).sub).toBe(sub);
    return sub;
  };

  it('differs from sector to sector, and from person to person', async () => {
    const subjects = await Promise.all([subjectOf(rp), subjectOf(otherSector), subjectOf(rp, 'child-5')]);
    expect(new Set(subjects).size).toBe(3);
  });

  it('is the same for one person at the same host, again and for another client there', async () => {
    const first = await subjectOf(rp);
    expect(await subjectOf(rp)).toBe(first);
    expect(await subjectOf(sameSector)).toBe(first);
  });

  it("is neither the number, nor the account's own identifier, nor made of them in a way to guess", async () => {
    const found = await provider.services.directory.findByNumber(who.subject.personal_number);
    const sub = await subjectOf(rp);
    const decoded = Buffer.from(sub, 'base64url').toString('latin1');
    for (const text of [who.subject.personal_number, found?.id ?? '-', rp.clientId]) {
      expect(sub).not.toContain(text);
      expect(decoded).not.toContain(text);
    }
    expect(sub).toMatch(/^[\w-]{43}$/);
  });

  it('stays when the person gets another personal number', async () => {
    const before = await subjectOf(rp);
    const { directory } = provider.services;
    const found = await directory.findByNumber(who.subject.personal_number);
    const { kind } = await directory.renumber(found?.id ?? '', '097204000999');
    expect(kind).toBe('renumbered');
    expect(await subjectOf(rp)).toBe(before);
  });
});
