import type { Life } from './load-ledger.ts';
import type { TestRelyingParty } from './relying-parties.ts';

/** A relying party's requests as a program sends them, told apart by what may be concluded from the answer. */
export interface LoadClient {
  redeem(grant: Readonly<Record<string, string>>): Promise<Exchange>;
  refresh(refreshToken: string): Promise<Exchange>;
  /** True once the provider has said that the token is revoked. */
  revoke(token: string): Promise<boolean>;
  userInfo(accessToken: string): Promise<Life>;
  introspect(token: string): Promise<Life>;
}

/** `unknown`: no answer, or one that says to try again; the exchange may have happened or not. */
export type Exchange =
  | { readonly outcome: 'tokens'; readonly access: string; readonly refresh?: string }
  | { readonly outcome: 'refused' | 'unknown' };

/** No request waits longer: a provider in trouble says so well before. */
const PATIENCE_MS = 20_000;

interface Answer {
  readonly status: number;
  readonly json: Readonly<Record<string, unknown>>;
}

/** Opens the client; `unexpected` hears of answers that a provider may give in no circumstances. */
export function createLoadClient(
  issuer: string,
  { clientId, secret = '' }: TestRelyingParty,
  unexpected: (sentence: string) => void,
): LoadClient {
  const authorization = `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`;

  /** The answer; undefined where there was none, or where it says to try again. */
  async function ask(path: string, init: RequestInit): Promise<Answer | undefined> {
    const asked = performance.now();
    try {
      const response = await fetch(`${issuer}${path}`, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
      const text = await response.text();
      // 502 is the front's: the instance that had the request is gone.
      if (response.status === 502 || response.status === 503) return undefined;
      if (response.status >= 500) unexpected(`${path} answered ${response.status}`);
      const isJson = response.headers.get('content-type')?.includes('json') ?? false;
      return { status: response.status, json: isJson ? JSON.parse(text) : {} };
    } catch {
      if (performance.now() - asked >= PATIENCE_MS) unexpected(`${path} did not answer in time`);
      return undefined;
    }
  }
  const post = (path: string, fields: Readonly<Record<string, string>>) =>
    ask(path, { method: 'POST', headers: { authorization }, body: new URLSearchParams(fields) });

  async function exchange(fields: Readonly<Record<string, string>>): Promise<Exchange> {
    const answer = await post('/token', fields);
    if (answer === undefined || answer.status >= 500) return { outcome: 'unknown' };
    const { access_token: access, refresh_token: refresh } = answer.json;
    if (answer.status === 200 && typeof access === 'string') {
      return { outcome: 'tokens', access, ...(typeof refresh === 'string' ? { refresh } : {}) };
    }
    if (answer.json.error !== 'invalid_grant') {
      unexpected(`/token answered ${answer.status} ${String(answer.json.error)}`);
    }
    return { outcome: 'refused' };
  }

  return {
    redeem: (grant) => exchange(grant),
    refresh: (refreshToken) => exchange({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    revoke: async (token) => (await post('/revoke', { token }))?.status === 200,
    async userInfo(accessToken) {
      const answer = await ask('/userinfo', { headers: { authorization: `Bearer ${accessToken}` } });
      if (answer?.status === 200) return 'alive';
      return answer?.status === 401 ? 'dead' : 'unknown';
    },
    async introspect(token) {
      const answer = await post('/introspect', { token });
      if (answer?.status !== 200) return 'unknown';
      return answer.json.active === true ? 'alive' : 'dead';
    },
  };
}
