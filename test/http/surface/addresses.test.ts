import { afterEach, describe, expect, it } from 'vitest';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { ask } from './wire.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const ATTEMPTS = 3;

describe('the client’s address', () => {
  let provider: TestProvider;
  afterEach(() => provider.close());

  const behind = async (hops: number): Promise<void> => {
    provider = await startProvider({
      people: false,
      config: {
        proxy: { hops },
        throttle: {
          password_account: [{ attempts: 9, seconds: 60 }],
          password_address: [{ attempts: 9, seconds: 60 }],
          totp_account: [{ attempts: 9, seconds: 60 }],
          client_address: [{ attempts: ATTEMPTS, seconds: 60 }],
        },
      },
    });
  };

  /** One failed authentication of a relying party, which is counted by address. */
  const fail = async (headers: Record<string, string>, path = '/token'): Promise<number> => {
    const { status } = await ask(provider, path, {
      method: 'POST',
      headers: { ...FORM, authorization: 'Basic bm9ib2R5Ong', ...headers },
      body: 'grant_type=authorization_code&code=x&redirect_uri=y&code_verifier=z',
    });
    return status;
  };

  const statusesFor = async (forwarded: readonly string[]): Promise<number[]> => {
    const statuses: number[] = [];
    for (const value of forwarded) statuses.push(await fail({ 'x-forwarded-for': value }));
    return statuses;
  };

  const five = (write: (n: number) => string) => [1, 2, 3, 4, 5].map(write);
  const STOPPED = [401, 401, 401, 429, 429];
  const FREE = [401, 401, 401, 401, 401];

  it('without a trusted proxy is the connection’s, whatever a sender writes', async () => {
    await behind(0);
    expect(await statusesFor(five((n) => `198.51.100.${n}`))).toEqual(STOPPED);
    expect(
      await fail({ 'x-real-ip': '198.51.100.9', forwarded: 'for=198.51.100.9', 'client-ip': '198.51.100.9' }),
    ).toBe(429);
  });

  it('behind one proxy is what that proxy added, whatever stands before it', async () => {
    await behind(1);
    expect(await statusesFor(five((n) => `198.51.100.${n}, 10.${n}.0.1, 203.0.113.1`))).toEqual(STOPPED);
    expect(await statusesFor(five((n) => `198.51.100.1, 203.0.113.${100 + n}`))).toEqual(FREE);
  });

  it('behind two proxies is what the outer one added', async () => {
    await behind(2);
    expect(await statusesFor(five((n) => `198.51.100.${n}, 203.0.113.1, 10.0.0.1`))).toEqual(STOPPED);
    expect(await statusesFor(five((n) => `198.51.100.1, 203.0.113.${100 + n}, 10.0.0.1`))).toEqual(FREE);
  });

  it('of IPv6 is its /64, all of which one host can have, and of v4-mapped its IPv4', async () => {
    await behind(1);
    expect(await statusesFor(five((n) => `2001:db8::${n}:0:0:${n}`))).toEqual(STOPPED);
    expect(await statusesFor(five((n) => `2001:db8:0:${n}::1`))).toEqual(FREE);
    expect(await statusesFor(['198.51.100.1', '::ffff:198.51.100.1', '::ffff:c633:6401'])).toEqual([
      401, 401, 401,
    ]);
    expect(await fail({ 'x-forwarded-for': '198.51.100.1' })).toBe(429);
  });

  it('counts however the path of the endpoint is written', async () => {
    await behind(0);
    for (const path of ['/Token', '/token/', '/TOKEN/']) expect(await fail({}, path), path).toBe(401);
    for (const path of ['/token', '/tOken', '/token/', '/PAR', '/Introspect/', '/revokE']) {
      expect(await fail({}, path), path).toBe(429);
    }
  });

  it('made of junk neither breaks a request nor escapes the count', async () => {
    await behind(1);
    const junk = ['a', '"', ',,,', `${'x'.repeat(8000)}`, '\t'];
    for (const value of junk) expect(await fail({ 'x-forwarded-for': value })).toBeOneOf([401, 429]);
    expect(await statusesFor(five((n) => `${'y,'.repeat(1000 + n)}a`))).toEqual([401, 401, 429, 429, 429]);
  });
});
