import { createServer } from 'node:http';
import Koa from 'koa';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DAY, systemClock } from '../../../src/clock/clock.ts';
import { createDevRoutes } from '../../../src/demo/dev-routes.ts';
import { createMailbox, type Mailbox } from '../../../src/demo/mailbox.ts';
import { createLetterWriter } from '../../../src/outbox/render.ts';
import { advance } from '../../support/provider.ts';
import { openTestStorage, type TestStorage } from '../../support/storage.ts';
import { issuer, letters, waiting } from '../../unit/outbox/sample-letters.ts';

const write = createLetterWriter({
  province: { vi: 'Tỉnh Mẫu', en: 'Sample Province' },
  accent: { light: '#0b5cad', onLight: '#ffffff' },
});
const never = new AbortController().signal;

describe('/dev/mail', () => {
  let opened: TestStorage;
  let mailbox: Mailbox;
  beforeEach(async () => {
    opened = await openTestStorage();
    mailbox = createMailbox({ storage: opened.storage, clock: systemClock });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await opened.close();
  });

  const open = (mailServer = false) => {
    const app = new Koa();
    const options = { people: [], portalOrigin: 'http://127.0.0.1:3001', clock: systemClock };
    app.use(createDevRoutes({ ...options, mailbox, mailServer }).routes());
    return request(createServer(app.callback()));
  };
  const take = async (index: number, at: number, name = 'Nguyễn Thị Bích Ngọc'): Promise<string> => {
    const letter = letters[index];
    if (letter === undefined) throw new Error('no such sample');
    const to = { address: 'bich.ngoc@congdan.example', name };
    const messageId = `<${index}a@id.tinhmau.example>`;
    await mailbox.deliver(write(waiting(letter, { at, to, messageId }), at + DAY), never);
    return `/dev/mail/${index}aidtinhmauexample`;
  };

  it('says that there is no letter, and what would bring one', async () => {
    const { text } = await open().get('/dev/mail');
    expect(text).toContain('Chưa có thư nào.');
    expect((await open().get('/dev/mail?lang=en')).text).toContain('No letters yet.');
  });

  it('says so where letters go to a real server', async () => {
    expect((await open(true).get('/dev/mail')).text).toContain('MOTCUA_MAIL_URL');
    expect((await open().get('/dev/mail')).text).not.toContain('MOTCUA_MAIL_URL');
  });

  it('is linked from /dev/', async () => {
    expect((await open().get('/dev/')).text).toContain('href="/dev/mail"');
  });

  it('lists letters, the newest first', async () => {
    const now = Date.now();
    const addresses = [await take(1, now - 2000), await take(0, now), await take(2, now - 1000)];
    const { text } = await open().get('/dev/mail');
    const shown = [...text.matchAll(/href="(\/dev\/mail\/[^"]+)"/g)].map(([, href]) => href);
    expect(shown).toEqual([addresses[1], addresses[2], addresses[0]]);
  });

  it('shows a letter as text, its link to be clicked', async () => {
    const address = await take(0, Date.now());
    const { text } = await open().get(address);
    const link = `${issuer}/khong-phai-toi/8Jx0vT2m`;
    expect(text.split(`<a href="${link}">${link}</a>`)).toHaveLength(3);
    expect(text).toContain('Đăng nhập trên thiết bị mới / Sign-in on a new device');
  });

  it('shows a letter as a mail program does, with its styles and nothing that runs', async () => {
    const address = await take(0, Date.now());
    const { headers, text, status } = await open().get(`${address}/html`);
    expect(status).toBe(200);
    expect(text).toMatch(/^<!doctype html>/);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('script-src');
    expect(headers['cache-control']).toBe('no-store');
  });

  it('shows what is in a name as text', async () => {
    const address = await take(1, Date.now(), '<img src=x onerror=x()>');
    for (const path of ['/dev/mail', address, `${address}/html`])
      expect((await open().get(path)).text).not.toContain('<img');
  });

  it('shows text messages beside the letters, as text and once each', async () => {
    const text = {
      messageId: '<t@x>',
      date: Date.now(),
      to: { phone: '+84970000001' },
      text: '<b>482913</b>',
    };
    await mailbox.texts.deliver(text, never);
    await mailbox.texts.deliver(text, never);
    const page = await open().get('/dev/mail');
    expect(page.text.split('&lt;b&gt;482913&lt;/b&gt;')).toHaveLength(2);
    expect(page.text).toContain('0970 000 001');
    advance(8 * 86_400);
    expect((await open().get('/dev/mail')).text).not.toContain('482913');
  });

  it('keeps a letter that comes twice once', async () => {
    const at = Date.now();
    await take(0, at);
    await take(0, at);
    expect(await mailbox.list()).toHaveLength(1);
  });

  it('keeps letters for a week', async () => {
    const address = await take(0, Date.now());
    advance(6 * 86_400);
    expect((await open().get(address)).status).toBe(200);
    advance(86_401);
    expect((await open().get(address)).status).toBe(404);
    expect(await mailbox.list()).toEqual([]);
  });

  it.each(['/dev/mail/nothing', '/dev/mail/nothing/html', '/dev/mail/__proto__'])(
    'has no %s',
    async (path) => {
      expect((await open().get(path)).status).toBe(404);
    },
  );
});
