import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { SyntheticPerson } from '../../../src/demo/people/synthetic-person.ts';
import { openBrowser, signIn, type TestBrowser } from '../../support/citizen.ts';
import { advance, type TestProvider } from '../../support/provider.ts';
import { redeem, type Started, start, type TestRelyingParty } from '../../support/relying-parties.ts';

export type Fields = Record<string, string> | [string, string][];
export type Json = Record<string, unknown>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Empty where the answer is no JSON object. */
  readonly json: Json;
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : {} };
}

const JSON_ONLY = { Accept: 'application/json' };

/** Posts a form as a program does, past every check of a client library. */
export const post = async (
  { issuer }: TestProvider,
  path: string,
  fields: Fields,
  headers: Record<string, string> = {},
): Promise<Answer> =>
  answerOf(
    await fetch(`${issuer}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { ...JSON_ONLY, ...headers },
      body: new URLSearchParams(fields),
    }),
  );

/** Any other request of a program. */
export const send = async (
  { issuer }: TestProvider,
  path: string,
  { headers, ...init }: { method?: string; body?: string; headers?: Record<string, string> } = {},
): Promise<Answer> =>
  answerOf(
    await fetch(`${issuer}${path}`, { redirect: 'manual', ...init, headers: { ...JSON_ONLY, ...headers } }),
  );

/** HTTP Basic credentials of a relying party with a secret. */
export const basic = (
  { clientId, secret = '' }: TestRelyingParty,
  other = secret,
): Record<string, string> => ({
  Authorization: `Basic ${Buffer.from(`${clientId}:${other}`).toString('base64')}`,
});

export const bearer = (token: string): Record<string, string> => ({ Authorization: `Bearer ${token}` });

export const userInfoOf = (provider: TestProvider, token: string): Promise<Answer> =>
  send(provider, '/userinfo', { headers: bearer(token) });

/** A client assertion (RFC 7523), right unless changed. */
export async function assertion(
  { issuer }: TestProvider,
  { clientId, privateKey }: TestRelyingParty,
  changes: { claims?: Json; header?: Json } = {},
): Promise<Record<string, string>> {
  if (privateKey === undefined) throw new Error('this relying party has no key');
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: clientId, sub: clientId, aud: issuer, jti: randomUUID(), iat: now, exp: now + 60 };
  const jwt = await new SignJWT({ ...claims, ...changes.claims })
    .setProtectedHeader({ alg: 'ES256', kid: 'portal-key', ...changes.header })
    .sign(privateKey);
  return asserted(jwt);
}

export const asserted = (jwt: string): Record<string, string> => ({
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: jwt,
});

/** A sign-in that ended with a code not yet redeemed. */
export interface WithCode {
  readonly started: Started;
  readonly browser: TestBrowser;
  readonly callback: URL;
  /** What the relying party sends to the token endpoint. */
  readonly grant: Record<string, string>;
}

/**
 * A person signs in and agrees. The clock moves a step of the one-time codes, so that the same person can come
 * again.
 */
export async function obtainCode(
  provider: TestProvider,
  relyingParty: TestRelyingParty,
  who: SyntheticPerson,
  {
    parameters = {},
    optional = [],
    browser = openBrowser(provider),
  }: {
    parameters?: Record<string, string>;
    optional?: string[];
    browser?: TestBrowser;
  } = {},
): Promise<WithCode> {
  if (who.totpSecret) advance(31);
  const started = await start(relyingParty, parameters);
  const callback = await signIn(browser, started.url, who, optional);
  return { started, browser, callback, grant: grantOf(started, callback) };
}

export const grantOf = ({ checks, relyingParty }: Started, callback: URL): Record<string, string> => ({
  grant_type: 'authorization_code',
  code: callback.searchParams.get('code') ?? '',
  redirect_uri: relyingParty.redirectUri,
  code_verifier: checks.pkceCodeVerifier,
});

export type Tokens = Awaited<ReturnType<typeof redeem>>;

/** The same, and the tokens, with every check of a certified client on. */
export async function obtainTokens(
  ...request: Parameters<typeof obtainCode>
): Promise<WithCode & { readonly tokens: Tokens }> {
  const code = await obtainCode(...request);
  return { ...code, tokens: await redeem(code.started, code.callback) };
}

/** `prompt=none`: what the browser is sent back with. */
export async function silently(
  browser: TestBrowser,
  relyingParty: TestRelyingParty,
  parameters: Record<string, string> = {},
): Promise<{ readonly started: Started; readonly callback: URL }> {
  const started = await start(relyingParty, { prompt: 'none', ...parameters });
  const { left } = await browser.follow(started.url);
  if (left === undefined) throw new Error('the request ended at a page');
  return { started, callback: left };
}

/** The session cookie of a browser and its signature, as the provider writes them with each answer. */
export async function sessionCookie(browser: TestBrowser, relyingParty: TestRelyingParty): Promise<string> {
  const { url } = await start(relyingParty, { prompt: 'none' });
  const written = (await browser.get(url)).get('Set-Cookie') ?? [];
  return written.flatMap((cookie) => /^(session(?:\.sig)?=[^;]+)/.exec(cookie)?.[1] ?? []).join('; ');
}

/** What a request with these cookies, and nobody to ask, is answered: "code", or the error. */
export async function answerTo(
  provider: TestProvider,
  relyingParty: TestRelyingParty,
  Cookie: string,
): Promise<string> {
  const { url } = await start(relyingParty, { prompt: 'none' });
  const { status, headers } = await send(provider, `${url.pathname}${url.search}`, { headers: { Cookie } });
  if (status !== 303) return `status ${status}`;
  const { searchParams } = new URL(headers.get('location') ?? '');
  return searchParams.has('code') ? 'code' : (searchParams.get('error') ?? 'nothing');
}
