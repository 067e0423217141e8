import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadPortalKey } from '../../../src/demo/portal-key.ts';
import { portalRegistration } from '../../../src/demo/portal-registration.ts';
import { leastAcr, procedures, requestParameters } from '../../../src/demo/procedures.ts';
import { scopeNamed } from '../../../src/documents/catalogue.ts';
import { relyingPartySchema } from '../../../src/relying-party/relying-party.ts';
import { openTestStorage, type TestStorage } from '../../support/storage.ts';

let opened: TestStorage;
beforeEach(async () => {
  opened = await openTestStorage();
});
afterEach(() => opened.close());

const clock = { now: () => Date.UTC(2026, 10, 21) };
const origin = 'http://127.0.0.1:3001';

describe('the key of a portal', () => {
  it('keeps its private member out of what is registered', async () => {
    const { publicJwk, privateJwk } = await loadPortalKey(opened.storage);
    expect(Object.keys(publicJwk)).not.toContain('d');
    expect(publicJwk.kid).toBe(privateJwk.kid);
  });

  it('stays the same at the next start, and is another one for another portal', async () => {
    const first = await loadPortalKey(opened.storage);
    expect(await loadPortalKey(opened.storage)).toEqual(first);
    expect((await loadPortalKey(opened.storage, 'cong-mau-2')).publicJwk.kid).not.toBe(first.publicJwk.kid);
  });

  it('is one key, however many starts race for it', async () => {
    const keys = await Promise.all(Array.from({ length: 5 }, () => loadPortalKey(opened.storage)));
    expect(new Set(keys.map(({ privateJwk }) => privateJwk.d)).size).toBe(1);
  });
});

describe('the registration', () => {
  it('is one that the provider accepts', async () => {
    const { publicJwk } = await loadPortalKey(opened.storage);
    const registration = portalRegistration({ origin, jwk: publicJwk, clock });
    expect(relyingPartySchema.parse(registration)).toEqual(registration);
    expect(registration.client_id).toBe('cong-mau');
    expect(registration.redirect_uris).toEqual([`${origin}/callback`]);
  });

  it('can be made for a second portal', () => {
    const second = portalRegistration({
      origin: 'http://127.0.0.1:3002',
      jwk: {},
      clock,
      clientId: 'cong-mau-2',
      name: { vi: 'Cổng thứ hai', en: 'Second portal' },
    });
    expect(second).toMatchObject({
      client_id: 'cong-mau-2',
      name: { vi: 'Cổng thứ hai' },
      initiate_login_uri: 'http://127.0.0.1:3002/bat-dau',
    });
  });

  it('lists exactly the scopes that a procedure asks for, all of them in the catalogue', () => {
    const asked = new Set(procedures.flatMap(({ scopes }) => scopes).filter((scope) => scope !== 'openid'));
    const registered = Object.keys(portalRegistration({ origin, jwk: {}, clock }).scopes);
    expect(new Set(registered)).toEqual(asked);
    for (const scope of registered) expect(scopeNamed(scope), scope).toBeDefined();
  });

  it('never requires sensitive data', () => {
    const { scopes } = portalRegistration({ origin, jwk: {}, clock });
    expect(scopes['doc:health_record']?.required).toBe(false);
  });
});

describe('a procedure', () => {
  it('asks for no document without taking level 2 for granted', () => {
    for (const procedure of procedures)
      if (procedure.scopes.some((scope) => scope.startsWith('doc:'))) expect(leastAcr(procedure)).toBe(2);
  });

  it('wishes with acr_values, insists with an essential claim, and otherwise says nothing of levels', () => {
    const parameters = (demand: string) => requestParameters(procedures.find((one) => one.demand === demand));
    expect(parameters('wish')).toMatchObject({ acr_values: '2' });
    expect(JSON.parse(parameters('essential').claims ?? '')).toEqual({
      id_token: { acr: { essential: true, value: '2' } },
    });
    for (const plain of [parameters('1'), parameters('papers'), requestParameters(undefined)])
      expect(Object.keys(plain)).toEqual(['scope']);
  });
});
