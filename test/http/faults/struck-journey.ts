import { expect } from 'vitest';
import { auditEvents } from '../../../src/audit/trail.ts';
import type { SyntheticPerson } from '../../../src/demo/people/synthetic-person.ts';
import {
  agree,
  heading,
  openBrowser,
  type TestBrowser,
  typeCode,
  typePassword,
  type Visit,
} from '../../support/citizen.ts';
import { advance, type TestProvider } from '../../support/provider.ts';
import { type Started, start, type TestRelyingParty } from '../../support/relying-parties.ts';
import { pageOf } from '../../support/visits.ts';
import { type Answer, basic, grantOf, post, userInfoOf } from '../protocol/flow.ts';

/** What it took to get through. */
export interface Journey {
  /** Pages and answers that said to try again. */
  readonly again: number;
  /** Sign-ins that had to begin anew. */
  readonly anew: number;
}

/** The portal asks for a paper, and for something that it may refresh. */
const ASKED = { scope: 'openid doc:id_card offline_access', prompt: 'consent' };
/** One fault costs at most this many further attempts. */
const PATIENCE = 4;

/**
 * A whole journey of somebody who is told to try again and does: sign-in at level 2, consent, code, paper, refresh,
 * revocation. Whatever answers on the way is a step on or says to try again, and what was said to be so, is so.
 */
export async function walkThrough(
  provider: TestProvider,
  rp: TestRelyingParty,
  who: SyntheticPerson,
): Promise<Journey> {
  const seen = { again: 0, anew: 0 };
  const browser = openBrowser(provider);
  for (let attempt = 0; attempt < PATIENCE; attempt += 1) {
    const started = await start(rp, ASKED);
    const callback = await signInPatiently(browser, started, who, seen);
    const tokens = callback && (await redeemPatiently(provider, started, callback, seen));
    if (tokens) {
      await useAndRevoke(provider, rp, tokens, seen);
      return seen;
    }
    seen.anew += 1;
  }
  throw new Error('the sign-in had to begin anew again and again');
}

/** Repeats what says to try again; nothing else may go wrong with a server in trouble. */
async function patiently<T>(seen: { again: number }, ask: () => Promise<T>, statusOf: (answer: T) => number) {
  for (let attempt = 0; attempt < PATIENCE; attempt += 1) {
    const answer = await ask();
    if (statusOf(answer) !== 503) return answer;
    seen.again += 1;
  }
  throw new Error('the database was there again, and the answer was to try again and again');
}

const statusOfVisit = ({ page }: Visit): number => page?.status ?? 303;

/** Undefined where the sign-in has to begin anew. */
async function signInPatiently(
  browser: TestBrowser,
  { url }: Started,
  who: SyntheticPerson,
  seen: { again: number },
): Promise<URL | undefined> {
  let visit = await patiently(seen, () => browser.follow(url), statusOfVisit);
  for (let page = 0; page < 8; page += 1) {
    if (visit.left) return visit.left.searchParams.has('code') ? visit.left : undefined;
    expect(visit.page?.status, heading(visit)).toBeOneOf([200, 400, 422]);
    const at = visit;
    const step = { password: typePassword, totp: typeCode, consent: agreed }[pageOf(visit)];
    if (step === undefined) return undefined;
    // A code that was used up by an answer that never came is followed by the next one.
    if (visit.page?.status === 422) advance(31);
    visit = await patiently(seen, () => step(browser, at, who), statusOfVisit);
  }
  return undefined;
}

const agreed = (browser: TestBrowser, visit: Visit): Promise<Visit> => agree(browser, visit);

interface Given {
  readonly access: string;
  readonly refresh: string;
}

/** Whatever was lost on the way, a code gives one set of tokens at most. */
async function redeemPatiently(
  provider: TestProvider,
  started: Started,
  callback: URL,
  seen: { again: number },
): Promise<Given | undefined> {
  const token = () => post(provider, '/token', grantOf(started, callback), basic(started.relyingParty));
  const { status, json } = await patiently(seen, token, (answer) => answer.status);
  if (status === 200) return { access: String(json.access_token), refresh: String(json.refresh_token) };
  expect(json).toMatchObject({ error: 'invalid_grant' });
  expect((await token()).status).toBe(400);
  return undefined;
}

async function useAndRevoke(
  provider: TestProvider,
  rp: TestRelyingParty,
  { access, refresh }: Given,
  seen: { again: number },
): Promise<void> {
  const ok = async (ask: () => Promise<Answer>): Promise<Answer> => {
    const answer = await patiently(seen, ask, ({ status }) => status);
    expect(answer).toMatchObject({ status: 200 });
    return answer;
  };
  const to = (path: string, fields: Record<string, string>) => post(provider, path, fields, basic(rp));
  const before = await releases(provider);
  const paper = await ok(() => userInfoOf(provider, access));
  expect(paper.json).toMatchObject({ id_card: [{ status: 'valid' }] });
  expect(await releases(provider)).toBeGreaterThan(before);
  const renewed = await ok(() => to('/token', { grant_type: 'refresh_token', refresh_token: refresh }));
  await ok(() => to('/revoke', { token: refresh }));
  for (const token of [access, String(renewed.json.access_token)]) {
    expect((await userInfoOf(provider, token)).status).toBe(401);
    expect((await to('/introspect', { token })).json).toEqual({ active: false });
  }
}

/** Documents that were handed over, as the audit trail tells. */
async function releases({ services }: TestProvider): Promise<number> {
  const events = await services.storage
    .collection(auditEvents)
    .range('at', 0, Number.MAX_SAFE_INTEGER, { limit: 10_000 });
  return events.filter(({ doc }) => doc.kind === 'documents.released').length;
}
