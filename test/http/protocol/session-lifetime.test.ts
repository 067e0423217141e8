import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openBrowser, person } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { obtainCode, silently } from './flow.ts';

describe('a session in use', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  beforeAll(async () => {
    provider = await startProvider();
    rp = await register(provider);
  });
  afterEach(() => void vi.useRealTimers());
  afterAll(() => provider.close());

  const signedIn = async () => {
    const browser = openBrowser(provider);
    await obtainCode(provider, rp, person('level-1'), { browser });
    return browser;
  };

  it('ends an hour after it was last used', async () => {
    const browser = await signedIn();
    advance(3_500);
    expect((await silently(browser, rp)).callback.searchParams.get('error')).toBeNull();
    advance(3_500);
    expect((await silently(browser, rp)).callback.searchParams.get('error')).toBeNull();
    advance(3_620);
    expect((await silently(browser, rp)).callback.searchParams.get('error')).toBe('login_required');
  });

  it('ends twelve hours after the sign-in, however busy', async () => {
    const browser = await signedIn();
    for (let half = 1; half < 24; half += 1) {
      advance(1_800);
      expect((await silently(browser, rp)).callback.searchParams.get('error')).toBeNull();
    }
    advance(1_830);
    expect((await silently(browser, rp)).callback.searchParams.get('error')).toBe('login_required');
  });
});
