import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { createDevRoutes } from '../../../src/demo/dev-routes.ts';
import type { PrintLetter } from '../../../src/demo/letters.ts';
import { listenPortal } from '../../../src/demo/listen-portal.ts';
import type { Mailbox } from '../../../src/demo/mailbox.ts';
import { currentTotpCode } from '../../../src/demo/people/current-totp-code.ts';
import { syntheticPeople } from '../../../src/demo/people/synthetic-people.ts';

const now = Date.UTC(2026, 10, 21, 3, 0, 12);
const people = syntheticPeople(now);

const emptyMailbox: Mailbox = {
  deliver: async () => ({ kind: 'sent' }),
  close: () => undefined,
  list: async () => [],
  get: async () => undefined,
  texts: { deliver: async () => ({ kind: 'sent' }), close: () => undefined },
  listTexts: async () => [],
};

function open(shown = people, printLetter?: PrintLetter) {
  const app = new Koa();
  app.use(
    createDevRoutes({
      people: shown,
      portalOrigin: 'http://127.0.0.1:3001',
      clock: { now: () => now },
      mailbox: emptyMailbox,
      mailServer: false,
      ...(printLetter ? { printLetter } : {}),
    }).routes(),
  );
  return request(app.callback());
}

describe('/dev/', () => {
  it('shows every person with number, password and the code of this moment', async () => {
    const { text } = await open().get('/dev/');
    for (const { subject, password, totpSecret } of people) {
      expect(text).toContain(subject.personal_number.replace(/(\d{3})(?=\d)/g, '$1 '));
      expect(text).toContain(password);
      if (totpSecret) expect(text).toContain(currentTotpCode(totpSecret, now));
    }
    expect(text).toContain('>18<');
  });

  it('gives codes only for those who have a generator', async () => {
    const { body } = await open().get('/dev/codes');
    const withGenerator = people.filter(({ totpSecret }) => totpSecret).map(({ key }) => key);
    expect(Object.keys(body.codes).sort()).toEqual(withGenerator.sort());
    expect(body.secondsLeft).toBe(18);
  });

  it('shows a name as text', async () => {
    const [first] = people;
    if (first === undefined) throw new Error('there are no people');
    const shown = [{ ...first, subject: { ...first.subject, name: '<b>x</b>' } }];
    expect((await open(shown).get('/dev/')).text).toContain('&lt;b&gt;x&lt;/b&gt;');
  });

  it('prints a letter for who stands on the page, by a button alone, and runs nothing in it', async () => {
    const printed: string[] = [];
    const print: PrintLetter = async (number) => {
      printed.push(number);
      return '<!doctype html><p>ABCD-EFGH-JKMN';
    };
    const app = open(people, print);
    expect((await app.get('/dev/letters/never-activated')).status).not.toBe(200);
    expect((await app.post('/dev/letters/nobody')).status).toBe(404);
    expect(printed).toEqual([]);
    expect((await app.get('/dev/')).text).toContain('action="/dev/letters/never-activated"');
    const { headers, text } = await app.post('/dev/letters/never-activated');
    expect(text).toContain('ABCD-EFGH-JKMN');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['cache-control']).toBe('no-store');
    expect(printed).toEqual(['098144000011']);
  });

  it('is kept by no cache and runs its own scripts only', async () => {
    const { headers, text } = await open().get('/dev/');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-security-policy']).toContain("script-src 'self'");
    expect(text).not.toMatch(/<script(?![^>]*\ssrc="\/dev\/assets\/)/);
  });

  it('serves its files below /dev/ only', async () => {
    expect((await open().get('/dev/assets/codes.js')).status).toBe(200);
    expect((await open().get('/dev/assets/dev-routes.ts')).status).toBe(404);
  });
});

describe('listening', () => {
  const close = (server: Server) => new Promise((resolve) => server.close(resolve));

  it('tells in one sentence that the port is taken', async () => {
    const first = await listenPortal(new Koa(), '127.0.0.1', 0);
    const { port } = first.address() as AddressInfo;
    await expect(listenPortal(new Koa(), '127.0.0.1', port)).rejects.toThrow(
      `The demo portal cannot listen on 127.0.0.1:${port}: the port is in use; choose another with MOTCUA_PORTAL_PORT.`,
    );
    await close(first);
  });
});
