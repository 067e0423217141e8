import * as client from 'openid-client';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { auditEvents } from '../../../src/audit/trail.ts';
import { agree, openBrowser, person, typeCode, typePassword, type Visit } from '../../support/citizen.ts';
import { faultyStorage } from '../../support/faulty-storage.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { redeem, register, start, type TestRelyingParty, userInfo } from '../../support/relying-parties.ts';

const who = person('all-documents');
const MANY = [{ attempts: 1000, seconds: 60 }];

/** Where a sign-in ended: with all that was asked for, or with an answer that says to try again. */
type End = 'complete' | 'refused';

describe('a sign-in during which one write fails', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  let writes = 0;
  let failing = 0;
  /** Writes of the last complete sign-in, up to the hand-over of the documents. */
  let counted = 0;
  let failed = '';
  beforeAll(async () => {
    provider = await startProvider({
      config: {
        throttle: {
          password_account: MANY,
          password_address: MANY,
          totp_account: MANY,
          client_address: MANY,
        },
      },
      storage: (real) =>
        faultyStorage(real, ({ collection, method, write }) => {
          if (!write) return false;
          writes += 1;
          if (writes === failing) failed = `${collection}.${method}`;
          return writes === failing;
        }),
    });
    rp = await register(provider);
  });
  afterEach(() => vi.useRealTimers());
  afterAll(() => provider.close());

  const releases = async (): Promise<number> => {
    const events = await provider.services.storage
      .collection(auditEvents)
      .range('at', 0, Number.MAX_SAFE_INTEGER, { limit: 10_000 });
    return events.filter(({ doc }) => doc.kind === 'documents.released').length;
  };

  /** Every page is a step on or a 503 that says to try again: never another error, never a way around. */
  const stopped = ({ page }: Visit): boolean => {
    if (page === undefined) return false;
    expect(page.status, failed).toBeOneOf([200, 503]);
    return page.status === 503;
  };

  async function walk(url: URL): Promise<URL | undefined> {
    const browser = openBrowser(provider);
    let visit = await browser.follow(url);
    for (const step of [typePassword, typeCode, (_: unknown, at: Visit) => agree(browser, at)]) {
      if (stopped(visit)) return undefined;
      visit = await step(browser, visit, who);
    }
    return stopped(visit) ? undefined : visit.left;
  }

  async function attempt(): Promise<End> {
    const released = await releases();
    const started = await start(rp, { scope: 'openid doc:id_card offline_access', prompt: 'consent' });
    const callback = await walk(started.url);
    if (callback === undefined) return 'refused';
    const tokens = await redeem(started, callback).catch(expectUnavailable);
    if (tokens === undefined) return 'refused';
    const info = await userInfo(started, tokens).catch(expectUnavailable);
    if (info === undefined) return 'refused';

    counted = writes;
    failing = 0;
    expect(info, failed).toMatchObject({ acr: '2', id_card: [{ status: 'valid' }] });
    expect(await releases(), failed).toBe(released + 1);
    const found = await client.tokenIntrospection(rp.config, tokens.access_token);
    expect(found, failed).toMatchObject({ active: true, acr: '2' });
    const again = await client.refreshTokenGrant(rp.config, tokens.refresh_token ?? '');
    expect(again.access_token, failed).not.toBe(tokens.access_token);
    return 'complete';
  }

  const expectUnavailable = (error: unknown): undefined => {
    const { status } = error as client.ResponseBodyError | (client.ClientError & { status?: number });
    const cause = (error as { cause?: { status?: number } }).cause;
    expect(status ?? cause?.status, `${failed}: ${String(error)}`).toBe(503);
    return undefined;
  };

  it('ends with an error or complete, whichever write it is, and the next one succeeds', {
    timeout: 120_000,
  }, async () => {
    writes = 0;
    expect(await attempt()).toBe('complete');
    const all = counted;
    expect(all).toBeGreaterThan(10);
    const ends: End[] = [];
    for (let nth = 1; nth <= all; nth += 1) {
      advance(31);
      writes = 0;
      failing = nth;
      ends.push(await attempt());
      failing = 0;
    }
    expect(ends.filter((end) => end === 'refused').length).toBeGreaterThan(all / 2);
    advance(31);
    expect(await attempt()).toBe('complete');
  });
});
