import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { person } from '../../support/citizen.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { type WaitingStorage, waitingStorage } from '../../support/waiting-storage.ts';
import { type Answer, assertion, basic, obtainCode, obtainTokens, post, userInfoOf } from './flow.ts';

const DOCUMENTS = ['doc:id_card', 'doc:residence', 'doc:driving_licence'];
const BOUND_TO_SESSION = `openid profile ${DOCUMENTS.join(' ')}`;
const OFFLINE = `${BOUND_TO_SESSION} offline_access`;

/** The registry's cache is off here, so that each request reads its relying party as a server that just started. */
describe('a request waits for a database far away', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  let signing: TestRelyingParty;
  let waiting: WaitingStorage;
  beforeAll(async () => {
    provider = await startProvider({
      storage: (real) => {
        waiting = waitingStorage(real);
        return waiting.storage;
      },
    });
    rp = await register(provider, { secretBasic: true });
    signing = await register(provider, { client_id: 'cong-ky' });
  });
  afterAll(async () => {
    vi.useRealTimers();
    await provider.close();
  });

  const request = (scope: string) => ({
    parameters: { scope, prompt: 'consent' },
    optional: DOCUMENTS,
  });
  const tokensFor = async (scope: string, who = rp) =>
    (await obtainTokens(provider, who, person('all-documents'), request(scope))).tokens;
  const waitsFor = (act: () => Promise<Answer>): Promise<string[][]> =>
    waiting.waits(async () => expect((await act()).status).toBe(200));

  it('once for what was asked together, and once more for what came of it', async () => {
    const { directory, registry } = provider.services;
    const waits = await waiting.waits(async () => {
      await Promise.all([registry.get(rp.clientId), registry.get(signing.clientId)]);
      await directory.get('nobody');
    });
    expect(waits).toEqual([['relying_parties.get', 'relying_parties.get'], ['subjects.get']]);
  });

  it.each([
    ['bound to the session', BOUND_TO_SESSION, ['sessions.find']],
    ['for offline access', OFFLINE, []],
  ])('three times for UserInfo with three documents, by a token %s', async (_name, scope, session) => {
    const { access_token } = await tokensFor(scope);
    const expected = [
      ['access_tokens.get'],
      [
        ...DOCUMENTS.map(() => 'document_holdings.get'),
        'grant_contexts.get',
        'grants.get',
        'relying_parties.get',
        ...session,
        'subjects.get',
      ],
      ['audit_events.insert'],
    ];
    for (const _again of [1, 2]) {
      expect(await waitsFor(() => userInfoOf(provider, access_token))).toEqual(expected);
    }
  });

  it('twice for UserInfo without documents, of which none is then read', async () => {
    const { access_token } = await tokensFor('openid profile');
    const waits = await waitsFor(() => userInfoOf(provider, access_token));
    expect(waits).toHaveLength(2);
    expect(waits.flat()).not.toContain('document_holdings.get');
  });

  it('once for a token that nobody was given', async () => {
    const waits = await waiting.waits(() => userInfoOf(provider, 'x'.repeat(46)));
    expect(waits).toEqual([['access_tokens.get']]);
  });

  it.each([
    ['bound to the session', BOUND_TO_SESSION, 6],
    ['for offline access', OFFLINE, 7],
  ])('at most as often as now for a code, %s', async (_name, scope, most) => {
    const { grant } = await obtainCode(provider, rp, person('all-documents'), request(scope));
    const waits = await waitsFor(() => post(provider, '/token', grant, basic(rp)));
    expect(waits.length, JSON.stringify(waits)).toBeLessThanOrEqual(most);
  });

  it('five times at most for a refresh, and once more for a signed assertion', async () => {
    const refresh = { grant_type: 'refresh_token' };
    const { refresh_token = '' } = await tokensFor(OFFLINE);
    const waits = await waitsFor(() => post(provider, '/token', { ...refresh, refresh_token }, basic(rp)));
    expect(waits.length, JSON.stringify(waits)).toBeLessThanOrEqual(5);
    const other = await tokensFor(OFFLINE, signing);
    const signed = {
      ...refresh,
      refresh_token: other.refresh_token ?? '',
      ...(await assertion(provider, signing)),
    };
    const more = await waitsFor(() => post(provider, '/token', signed));
    expect(more.length, JSON.stringify(more)).toBeLessThanOrEqual(6);
  });

  it('four times at most for an introspection', async () => {
    const { access_token: token } = await tokensFor(BOUND_TO_SESSION);
    const waits = await waitsFor(() => post(provider, '/introspect', { token }, basic(rp)));
    expect(waits.length, JSON.stringify(waits)).toBeLessThanOrEqual(4);
  });
});
