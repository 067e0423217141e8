import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { person } from '../../support/citizen.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { register, start, type TestRelyingParty } from '../../support/relying-parties.ts';
import { type Answer, ask, cookiesOf, tokenIn } from './wire.ts';

const URLENCODED = 'application/x-www-form-urlencoded';
const REFUSED = 'Biểu mẫu không được chấp nhận';
const who = person('level-1');
const credentials = { personal_number: who.subject.personal_number, password: who.password };

const bodyOf = (fields: Record<string, string> | string | Buffer): string | Buffer =>
  typeof fields === 'string' || Buffer.isBuffer(fields) ? fields : String(new URLSearchParams(fields));

/** A sign-in page that waits for its form, with what its browser would send back. */
interface Page {
  readonly path: string;
  readonly cookie: string;
  readonly csrf: string;
}

describe('a form', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  let page: Page;
  beforeAll(async () => {
    provider = await startProvider();
    rp = await register(provider);
  });
  afterAll(() => provider.close());
  beforeEach(async () => {
    page = await openPage();
  });

  async function openPage(): Promise<Page> {
    const { url } = await start(rp);
    const begun = await ask(provider, url.pathname + url.search, { headers: { accept: 'text/html' } });
    const path = String(begun.headers.location);
    const shown = await ask(provider, path, { headers: { accept: 'text/html', cookie: cookiesOf(begun) } });
    return { path, cookie: `${cookiesOf(begun)}; ${cookiesOf(shown)}`, csrf: tokenIn(shown.text) };
  }

  const post = (
    fields: Record<string, string> | string | Buffer,
    headers: Record<string, string> = {},
    path = `${page.path}/password`,
  ): Promise<Answer> =>
    ask(provider, path, {
      method: 'POST',
      headers: { accept: 'text/html', 'content-type': URLENCODED, cookie: page.cookie, ...headers },
      body: bodyOf(fields),
    });

  const good = () => ({ csrf: page.csrf, ...credentials });

  /** The sign-in stands where it stood: its page still asks for the password. */
  async function expectNothingChanged(): Promise<void> {
    const shown = await ask(provider, page.path, { headers: { accept: 'text/html', cookie: page.cookie } });
    expect(shown).toMatchObject({ status: 200, text: expect.stringContaining('name="password"') });
  }

  async function expectForbidden(answer: Answer): Promise<void> {
    expect(answer).toMatchObject({ status: 403, text: expect.stringContaining(REFUSED) });
    expect(answer.text).not.toContain(credentials.personal_number);
    await expectNothingChanged();
  }

  it('without a token is refused, also with an empty one and a made-up one', async () => {
    await expectForbidden(await post(credentials));
    for (const csrf of ['', page.csrf.slice(0, -1), `${page.csrf}A`, 'A'.repeat(43)])
      await expectForbidden(await post({ ...credentials, csrf }));
  });

  it('with the token of another browser is refused', async () => {
    const other = await openPage();
    expect(other.csrf).not.toBe(page.csrf);
    await expectForbidden(await post({ ...credentials, csrf: other.csrf }));
  });

  it('without its cookie is refused, and with a cookie of the sender’s making', async () => {
    const others = page.cookie.split('; ').filter((cookie) => !cookie.startsWith('form='));
    await expectForbidden(await post(good(), { cookie: others.join('; ') }));
    await expectForbidden(
      await post(good(), { cookie: [...others, 'form=AAAAAAAAAAAAAAAAAAAAAA'].join('; ') }),
    );
    await expectForbidden(
      await post({ ...credentials, csrf: '' }, { cookie: [...others, 'form='].join('; ') }),
    );
  });

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['an origin that begins like ours', { origin: 'http://localhost.evil.example' }],
    ['no origin to speak of', { origin: 'null' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another host of our site', { 'sec-fetch-site': 'same-site' }],
    ['a bookmark or the address line', { 'sec-fetch-site': 'none' }],
  ])('that the browser says comes from %s is refused, token or not', async (_where, headers) => {
    await expectForbidden(await post(good(), headers));
  });

  it('is told from another port of this host, whose cookies are the same', async () => {
    await expectForbidden(await post(good(), { origin: 'http://localhost:1' }));
  });

  it.each(['multipart/form-data; boundary=x', 'application/json', 'text/plain', 'application/xml'])(
    'as %s is refused',
    async (type) => {
      const bodies: Record<string, string> = {
        'application/json': JSON.stringify(good()),
        'multipart/form-data; boundary=x': `--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n${page.csrf}\r\n--x--\r\n`,
      };
      await expectForbidden(
        await post(bodies[type] ?? String(new URLSearchParams(good())), { 'content-type': type }),
      );
    },
  );

  it('with its token written as a list or a map is refused', async () => {
    const rest = String(new URLSearchParams(credentials));
    for (const csrf of [
      `csrf=x&csrf=${page.csrf}`,
      `csrf[]=${page.csrf}`,
      `csrf[a]=${page.csrf}`,
      `csrf[$ne]=x`,
      `csrf=${page.csrf}&csrf=${page.csrf}`,
    ])
      await expectForbidden(await post(`${csrf}&${rest}`));
  });

  it('with lists, maps or prototypes for fields proves nobody and breaks nothing', async () => {
    const csrf = `csrf=${page.csrf}`;
    const { password, personal_number } = credentials;
    for (const fields of [
      `personal_number[$ne]=&password[$ne]=`,
      `personal_number[]=${personal_number}&password=${password}`,
      `personal_number=${personal_number}&personal_number=x&password=${password}`,
      `personal_number=${personal_number}&password[$gt]=`,
      `__proto__[personal_number]=${personal_number}&__proto__[password]=${password}`,
      `constructor[prototype][personal_number]=${personal_number}&password=${password}`,
      `__proto__=x&personal_number=${personal_number}`,
      `{"$where":"1"}=1&_bsontype=ObjectID`,
      `personal_number${'[a]'.repeat(500)}=1`,
    ]) {
      expect(await post(`${csrf}&${fields}`), fields).toMatchObject({ status: expect.toBeOneOf([400, 422]) });
      await expectNothingChanged();
    }
    expect(({} as Record<string, unknown>).personal_number).toBeUndefined();
  });

  it('of ten thousand fields, or in bytes that are no text, is refused without a fault', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `f${index}`).join('&');
    expect((await post(`${many}`)).status).toBeOneOf([400, 413]);
    const few = Array.from({ length: 2_000 }, (_, index) => `f${index}`).join('&');
    expect((await post(`csrf=${page.csrf}&${few}`)).status).toBeOneOf([400, 413, 422, 403]);
    const invalid = Buffer.concat([
      Buffer.from(`csrf=${page.csrf}&personal_number=`),
      Buffer.from([0xff, 0xfe, 0xc0]),
    ]);
    expect((await post(invalid)).status).toBeOneOf([400, 422]);
    expect((await post(`csrf=${page.csrf}&personal_number=%ff%fe&password=%c0%af`)).status).toBe(422);
    expect((await post(`csrf=${page.csrf}&personal_number=%&password=%zz`)).status).toBeOneOf([400, 422]);
    await expectNothingChanged();
  });

  it('of more than 16 kB is refused, whether it says so before or not, and quickly', async () => {
    const started = performance.now();
    const large = `csrf=${page.csrf}&password=${'a'.repeat(1024 * 1024)}`;
    expect(await post(large)).toMatchObject({ status: 413, text: expect.stringContaining('quá lớn') });
    expect(await post(`${String(new URLSearchParams(good()))}&x=${'a'.repeat(16 * 1024)}`)).toMatchObject({
      status: 413,
    });
    expect(performance.now() - started).toBeLessThan(2000);
    await expectNothingChanged();
  });

  it('that claims to be compressed, or written in another alphabet, is refused without a fault', async () => {
    for (const encoding of ['br', 'gzip', 'deflate', 'x'])
      expect((await post(good(), { 'content-encoding': encoding })).status).toBe(400);
    for (const charset of ['utf-7', 'x'])
      expect((await post(good(), { 'content-type': `${URLENCODED}; charset=${charset}` })).status).toBeOneOf([
        303, 400, 403,
      ]);
  });

  it('of ours is taken: with its token, its cookie and our own origin, or none', async () => {
    expect(await post(good(), { origin: provider.issuer, 'sec-fetch-site': 'same-origin' })).toMatchObject({
      status: 303,
    });
    page = await openPage();
    expect(await post(good())).toMatchObject({ status: 303 });
  });

  it('that ends a sign-in needs its token as well', async () => {
    for (const action of ['cancel', 'consent', 'other-account', 'level-1', 'too-low', 'totp']) {
      const answer = await post({ decision: 'agree' }, {}, `${page.path}/${action}`);
      expect(answer, action).toMatchObject({ status: 403, text: expect.stringContaining(REFUSED) });
    }
    await expectNothingChanged();
  });
});
