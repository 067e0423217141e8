import { exportJWK, generateKeyPair } from 'jose';
import request, { type Response } from 'supertest';
import { createPortal } from '../../../src/demo/portal.ts';
import { type Answer, type FakeProvider, startFakeProvider } from './fake-provider.ts';

export const ORIGIN = 'http://127.0.0.1:3001';

/** A portal before a fake provider, a clock to turn, and everything that was logged. */
export async function openPortal(options: { origin?: string; issuer?: string } = {}) {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const privateKeyJwk = { ...(await exportJWK(privateKey)), kid: 'portal', alg: 'ES256' };
  const { d: _, ...publicJwk } = privateKeyJwk;
  const provider: FakeProvider = await startFakeProvider([publicJwk]);
  let now = Date.now();
  const logged: string[] = [];
  const note = (...entry: unknown[]) => void logged.push(JSON.stringify(entry));
  const app = createPortal({
    issuer: options.issuer ?? provider.issuer,
    origin: options.origin ?? ORIGIN,
    clientId: 'cong-mau',
    privateKeyJwk,
    clock: { now: () => now },
    log: { info: note, warn: note },
  });
  const server = app.callback();
  const browser = () => request.agent(server);

  return {
    provider,
    publicJwk,
    logged,
    browser,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

export type Fixture = Awaited<ReturnType<typeof openPortal>>;
export type Browser = ReturnType<Fixture['browser']>;

/** Starts at the portal and gives the address of the provider it was sent to. */
export async function begin(browser: Browser, path = '/dang-nhap'): Promise<string> {
  const { headers, status } = await browser.get(path);
  if (status !== 303 || headers.location === undefined) throw new Error(`${path} answered ${status}`);
  return headers.location;
}

/** A whole sign-in with an answer of the provider; the portal's reply to the callback. */
export async function signIn(
  { provider }: Fixture,
  browser: Browser,
  answer: Answer = {},
  path = '/dang-nhap',
): Promise<Response> {
  return browser.get(provider.grant(await begin(browser, path), answer));
}

/** The word under which a problem is told. */
export const problemOf = (response: Response): string | null =>
  new URL(response.headers.location ?? '', ORIGIN).searchParams.get('ly-do');
