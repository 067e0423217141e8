import Koa from 'koa';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Step } from '../../../src/http/context.ts';
import { handover } from '../../../src/http/handover.ts';
import {
  formOf,
  heading,
  openBrowser,
  person,
  signIn,
  type TestBrowser,
  typePassword,
  type Visit,
} from '../../support/citizen.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { register, start, type TestRelyingParty } from '../../support/relying-parties.ts';

const POLICY = /^default-src 'none'; script-src 'nonce-[^']+'; style-src 'self'; img-src 'self'; [^']*'none'/;

describe('where the library has the browser post on', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  beforeAll(async () => {
    provider = await startProvider();
    rp = await register(provider);
  });
  afterAll(() => provider.close());

  const begin = async (browser: TestBrowser, parameters: Record<string, string>) =>
    browser.follow((await start(rp, parameters)).url);
  const signedIn = async () => {
    const browser = openBrowser(provider);
    await signIn(browser, (await start(rp)).url, person('level-1'));
    return browser;
  };
  const expectOurs = ({ page }: Visit, title: string, language = 'vi') => {
    expect(page?.status).toBe(200);
    expect(heading({ page } as Visit)).toBe(title);
    expect(page?.headers['content-language']).toBe(language);
    expect(page?.headers['content-security-policy']).toMatch(POLICY);
    expect(page?.headers['content-security-policy']).not.toContain('sha256-');
    expect(page?.text.match(/<script[^>]*>[^<]*/g)).toEqual([
      expect.stringMatching(/src="[^"]+" nonce="[^"]+"/),
    ]);
    expect(page?.text.match(/<form/g)).toHaveLength(1);
    expect(page?.text).toMatch(/<form[^>]* data-autosubmit/);
    expect(page?.text.match(/<button/g)).toHaveLength(1);
    expect(page?.text).not.toContain('name="csrf"');
  };

  it('the sign-out of nobody is a page of ours, and its button ends it', async () => {
    const browser = openBrowser(provider);
    const visit = await browser.follow('/logout');
    expectOurs(visit, 'Đang hoàn tất việc đăng xuất');
    expect(heading(await browser.submit(visit, '/logout/confirm'))).toBe('Bạn đã đăng xuất');
  });

  it('speaks the language that the portal asks for', async () => {
    const asked = new URLSearchParams({ client_id: rp.clientId, ui_locales: 'en' });
    const visit = await openBrowser(provider).follow(`/logout?${asked}`);
    expectOurs(visit, 'Finishing your sign-out', 'en');
    expect(visit.page?.text).toContain('Sample Department portal');
  });

  it('signing in as somebody else over a session is a page of ours, and its button goes on', async () => {
    const browser = await signedIn();
    const known = await begin(browser, { prompt: 'login', ui_locales: 'en' });
    const blank = await browser.submit(known, '/other-account');
    const visit = await typePassword(browser, blank, person('mother'));
    expectOurs(visit, 'Changing to your account', 'en');
    expect(visit.page?.text).toContain('Sample Department portal');
    const next = await browser.submit(visit, '/logout/confirm');
    expect(next.page?.text).toContain(person('mother').subject.name);
  });

  it('an answer by form_post is a page of ours that carries each value as it is, and nothing else', async () => {
    const browser = await signedIn();
    const state = `"'><script>alert(1)</script>&amp;&#39; é😀 a+b%20`;
    const visit = await begin(browser, { response_mode: 'form_post', state });
    expectOurs(visit, 'Đang chuyển bạn về cổng dịch vụ');
    expect(visit.page?.text).not.toContain('<script>alert');
    expect(visit.page?.text).toContain(
      'value="&quot;\'&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;&amp;#39; é😀',
    );
    const { action, hidden } = formOf(visit.page?.text ?? '', '/cb');
    expect(action).toBe('https://portal.example/cb');
    expect(hidden).toEqual({ code: expect.stringMatching(/^[\w-]{46}$/), state, iss: provider.issuer });
  });

  it('a refusal by form_post keeps its status', async () => {
    const visit = await begin(openBrowser(provider), { response_mode: 'form_post', prompt: 'none' });
    expect(visit.page?.status).toBe(400);
    expect(heading(visit)).toBe('Đang chuyển bạn về cổng dịch vụ');
    expect(formOf(visit.page?.text ?? '', '/cb').hidden).toMatchObject({ error: 'login_required' });
  });

  it('a value that our pages would not carry letter by letter arrives by the page of the library', async () => {
    const visit = await begin(openBrowser(provider), {
      response_mode: 'form_post',
      prompt: 'none',
      state: 'a\u202eb',
    });
    expect(formOf(visit.page?.text ?? '', '/cb').hidden.state).toBe('a\u202eb');
    expect(visit.page?.headers['content-security-policy']).toContain("'sha256-");
  });
});

describe('an answer that is not the page of the library', () => {
  const shown: unknown[] = [];
  const answering = (body: string) => {
    const app = new Koa();
    app.use((ctx, next) => {
      ctx.set('Content-Security-Policy', "default-src 'none'");
      return next();
    });
    app.use(
      handover({
        issuer: 'https://id.example',
        registry: { get: async () => undefined } as never,
        show: (ctx, name, model) => {
          shown.push(model);
          ctx.body = name;
        },
      }) as Step as Koa.Middleware,
    );
    app.use((ctx) => {
      ctx.type = 'html';
      ctx.body = body;
    });
    return request(app.callback()).get('/authorize');
  };
  const library = (form: string, script = 'x()') => `<!DOCTYPE html>
<html>
<head>
  <meta http-equiv="X-UA-Compatible" content="IE=edge">
  <title>Submitting Callback</title>
  <script>${script}</script>
</head>
<body>
  ${form}
</body>
</html>`;
  const rest = `<noscript>
      Off.<br/>
      <button autofocus type="submit">Continue</button>
    </noscript>
  </form>`;
  const field = '<input type="hidden" name="code" value="a&amp;b"/>';
  const form = (action: string, fields: string) =>
    `<form method="post" action="${action}">\n${fields}\n${rest}`;

  it('is the page of the library in this shape, so that what follows is a difference', async () => {
    const { text } = await answering(library(form('https://portal.example/cb', field)));
    expect(text).toBe('handover');
    expect(shown.at(-1)).toEqual({
      onward: 'to_portal',
      action: 'https://portal.example/cb',
      fields: [{ name: 'code', value: 'a&b' }],
    });
  });

  it.each([
    ['plain words', 'Submitting Callback'],
    ['a form of another address', library(form('javascript:alert(1)', field))],
    ['a form without fields', library(form('https://portal.example/cb', ''))],
    ['markup among the fields', library(form('https://portal.example/cb', `${field}<b></b>`))],
    ['a field that is in sight', library(form('https://portal.example/cb', '<input name="code" value=""/>'))],
    [
      'a field with a handler',
      library(form('https://portal.example/cb', field.replace('/>', ' onfocus="x()"/>'))),
    ],
    ['two forms', library(form('https://portal.example/cb', field) + form('https://evil.example/', field))],
    ['more after its end', `${library(form('https://portal.example/cb', field))}<p>`],
    ['more before its beginning', ` ${library(form('https://portal.example/cb', field))}`],
  ])('stays as it is: %s', async (_what, body) => {
    expect((await answering(body)).text).toBe(body);
  });
});
