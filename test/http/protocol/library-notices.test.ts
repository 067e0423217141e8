import { afterEach, describe, expect, it, vi } from 'vitest';
import { person } from '../../support/citizen.ts';
import { startProvider } from '../../support/provider.ts';
import { register } from '../../support/relying-parties.ts';
import { obtainTokens, userInfoOf } from './flow.ts';

const NOTICE = /oidc-provider|jose|deprecat|warning/i;

/** The library says on the console what it thinks unsafe: a default that was left, an option it will drop. */
describe('the running provider', () => {
  afterEach(() => void vi.restoreAllMocks());

  const listen = () => {
    const heard: string[] = [];
    const hear = (...words: unknown[]) => void heard.push(words.map(String).join(' '));
    for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
      vi.spyOn(console, method).mockImplementation(hear);
    }
    vi.spyOn(process, 'emitWarning').mockImplementation((...words: unknown[]) => hear(...words));
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      if (NOTICE.test(String(text))) hear(text);
      return true;
    });
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      if (NOTICE.test(String(text))) hear(text);
      return true;
    });
    return heard;
  };

  it('would be heard by this test if it printed a notice', async () => {
    const heard = listen();
    const { warn } = await vi.importActual<{ warn: (text: string) => void }>(
      'oidc-provider/lib/helpers/attention.js',
    );
    warn('a notice');
    expect(heard).toEqual(['oidc-provider WARNING: a notice']);
  });

  it.each(['http', 'https'])('prints no notice of the library with an issuer on %s', async (scheme) => {
    const heard = listen();
    const https = scheme === 'https';
    const provider = await startProvider(https ? { issuer: 'https://id.tinh.example', people: false } : {});
    if (!https) {
      const rp = await register(provider, { userinfo_signed_response_alg: 'ES256' });
      const { tokens } = await obtainTokens(provider, rp, person('level-1'));
      expect((await userInfoOf(provider, tokens.access_token)).status).toBe(200);
    }
    await provider.close();
    expect(heard).toEqual([]);
  });
});
