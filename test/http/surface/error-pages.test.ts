import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StorageUnavailable } from '../../../src/storage/contract.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { ask } from './wire.ts';

const HTML = { accept: 'text/html' };
/** What a browser sends. */
const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
const SECRET_WORDS = 'a sentence that only the log may hold';

describe('an error', () => {
  let provider: TestProvider;
  let failure: Error | undefined;
  beforeAll(async () => {
    provider = await startProvider({
      people: false,
      storage: (real) => ({
        ...real,
        ping: () => (failure ? Promise.reject(failure) : real.ping()),
        collection: (definition) => {
          const rows = real.collection(definition);
          return { ...rows, get: (id) => (failure ? Promise.reject(failure) : rows.get(id)) };
        },
      }),
    });
  });
  afterAll(() => provider.close());

  const linesOf = (reference: unknown) => provider.logged.filter((line) => line.request_id === reference);

  it.each([
    ['not found', '/nowhere', 404, 'not_found'],
    ['of a sign-in that is over', '/authorize/over', 400, 'invalid_request'],
    ['of a wrong portal', '/authorize?client_id=nobody', 400, 'invalid_client'],
  ])('%s shows the reference that its answer and its log lines carry', async (_what, path, status, error) => {
    const answer = await ask(provider, path, { headers: BROWSER });
    expect(answer).toMatchObject({ status, headers: { 'content-type': 'text/html; charset=utf-8' } });
    const reference = answer.headers['x-request-id'];
    expect(answer.text).toContain(String(reference));
    expect(linesOf(reference)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ error }),
        expect.objectContaining({ msg: 'request', status }),
      ]),
    );
  });

  it('of ours says nothing of its cause, which its log line holds', async () => {
    failure = new Error(SECRET_WORDS);
    for (const path of ['/interaction/x', '/authorize?client_id=abc', '/logout?client_id=abc']) {
      for (const accept of ['text/html', 'application/json']) {
        const answer = await ask(provider, path, { headers: { accept } });
        expect(answer.status, path).toBe(500);
        const { 'x-request-id': reference } = answer.headers;
        expect(answer.text).not.toMatch(/a sentence that|node_modules|\.ts:\d|"stack"|Error:/);
        expect(
          linesOf(reference)
            .map((line) => JSON.stringify(line))
            .join(),
        ).toContain(SECRET_WORDS);
        if (accept === 'text/html') expect(answer.text).toContain(String(reference));
      }
    }
    failure = undefined;
  });

  it('to a program is JSON with the same reference', async () => {
    const answer = await ask(provider, '/nowhere', { headers: { accept: 'application/json' } });
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(JSON.parse(answer.text)).toEqual({
      error: 'not_found',
      reference: answer.headers['x-request-id'],
    });
  });

  it('at an endpoint for programs is JSON to whoever does not ask for a page', async () => {
    failure = new StorageUnavailable(SECRET_WORDS);
    for (const headers of [{}, { accept: '*/*' }, { accept: 'application/json' }] as Record<
      string,
      string
    >[]) {
      const answer = await ask(provider, '/token', {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          authorization: 'Basic YTpi',
          ...headers,
        },
        body: 'grant_type=authorization_code',
      });
      expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
      expect(JSON.parse(answer.text)).toMatchObject({ error: expect.any(String) });
      expect(answer.text).not.toContain(SECRET_WORDS);
    }
    failure = undefined;
  });

  it('cannot be given a reference by its sender', async () => {
    const answer = await ask(provider, '/nowhere', { headers: { ...HTML, 'x-request-id': 'chosen-by-me' } });
    expect(answer.headers['x-request-id']).not.toBe('chosen-by-me');
    expect(answer.text).not.toContain('chosen-by-me');
  });
});

describe('the language of a page', () => {
  let provider: TestProvider;
  beforeAll(async () => {
    provider = await startProvider({ people: false });
  });
  afterAll(() => provider.close());

  const languageFor = async (headers: Record<string, string>, path = '/nowhere') => {
    const { headers: answered, text } = await ask(provider, path, { headers: { ...HTML, ...headers } });
    const [, lang] = /<html lang="([^"]*)"/.exec(text) ?? [];
    expect(answered['content-language']).toBe(lang);
    expect(text.includes('Không có trang này')).toBe(lang === 'vi');
    expect(text.includes('There is no such page')).toBe(lang === 'en');
    return lang;
  };

  it('is Vietnamese where nothing better is known', async () => {
    expect(await languageFor({})).toBe('vi');
    for (const wish of ['fr', 'zz-ZZ', '*', ';;;q=', `${'a,'.repeat(3000)}a`, 'en;q=0'])
      expect(await languageFor({ 'accept-language': wish }), wish.slice(0, 20)).toBe('vi');
    for (const cookie of ['language=fr', 'language=', 'language=__proto__'])
      expect(await languageFor({ cookie })).toBe('vi');
  });

  it('is the browser’s, unless the person chose another', async () => {
    expect(await languageFor({ 'accept-language': 'en-GB,en;q=0.9' })).toBe('en');
    expect(await languageFor({ 'accept-language': 'en;q=0.4, vi;q=0.8' })).toBe('vi');
    expect(await languageFor({ 'accept-language': 'en', cookie: 'language=vi' })).toBe('vi');
    expect(await languageFor({ 'accept-language': 'vi', cookie: 'language=en' })).toBe('en');
  });

  it('is switched by a link that comes back to the page, without the choice in the address', async () => {
    const page = await ask(provider, '/', { headers: HTML });
    const [, link = ''] = /href="([^"]*language=en[^"]*)"/.exec(page.text) ?? [];
    const switched = await ask(provider, link, { headers: HTML });
    expect(switched).toMatchObject({ status: 303, headers: { location: '/' } });
    const [cookie = ''] = switched.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/^language=en; path=\/; samesite=lax; httponly$/);
    const again = await ask(provider, '/', { headers: { ...HTML, cookie: 'language=en' } });
    expect(again.text).toContain('<html lang="en"');
    expect(again.text).toContain('href="/?language=vi"');
  });

  it('is not switched by a language that there is not', async () => {
    for (const value of ['xx', '', 'en&language=vi', 'en%00']) {
      const answer = await ask(provider, `/?language=${value}`, { headers: HTML });
      expect(answer.status).toBe(200);
      expect(JSON.stringify(answer.headers)).not.toContain('language=');
    }
  });
});
