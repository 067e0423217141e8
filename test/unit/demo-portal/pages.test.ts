import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Fixture, ORIGIN, openPortal, problemOf, signIn } from './portal-fixture.ts';

let portal: Fixture;
beforeEach(async () => {
  portal = await openPortal();
});
afterEach(() => portal.provider.close());

const markup = '<img src=x onerror=alert(1)>';
const escaped = '&lt;img src=x onerror=alert(1)&gt;';

describe('what comes from outside', () => {
  it('is shown as text wherever a claim is shown', async () => {
    const browser = portal.browser();
    const answer = {
      idToken: { acr: '2', amr: [markup] },
      userInfo: {
        name: markup,
        [markup]: markup,
        address: { formatted: markup },
        email: markup,
        email_verified: true,
        id_card: [
          {
            status: 'valid',
            issuer: markup,
            number: markup,
            synced_at: markup,
            data: { [markup]: [markup] },
          },
        ],
        driving_licence: markup,
        vehicle_registration: [null, markup, 7, { status: markup }, { unavailable: markup }],
      },
    };
    await signIn(portal, browser, answer, '/dang-nhap?thu-tuc=1.099104');
    for (const path of ['/', '/ho-so', '/da-dang-xuat']) {
      const { text, status } = await browser.get(path);
      expect(status).toBe(200);
      expect(text).toContain(escaped);
      expect(text).not.toContain('<img');
    }
  });

  it.each([
    '/khong-dang-nhap-duoc?ly-do=%3Cimg%20src%3Dx%3E',
    '/khong-dang-nhap-duoc?ly-do=access_denied&thu-tuc=%22%3E%3Cimg%20src%3Dx%3E',
    '/?lang=%22%3E%3Cimg%20src%3Dx%3E',
    '/%22%3E%3Cimg%20src%3Dx%3E',
  ])('is never echoed into a page as markup: %s', async (path) => {
    expect((await portal.browser().get(path)).text).not.toContain('<img');
  });

  it('cannot put a word of its own on the page of problems', async () => {
    for (const word of ['bank-closed', 'toString', '__proto__']) {
      const page = await portal.browser().get(`/khong-dang-nhap-duoc?ly-do=${word}`);
      expect(page.status).toBe(404);
      expect(page.text.replace(/href="[^"]*"/g, '')).not.toContain(word);
    }
  });

  it('does not choose a procedure that is not offered', async () => {
    for (const query of ['thu-tuc=9.999999', 'thu-tuc=1.099101&thu-tuc=1.099102', 'thu-tuc='])
      expect(problemOf(await portal.browser().get(`/dang-nhap?${query}`))).toBe('unknown_procedure');
  });

  it('never makes the language switch leave the site', async () => {
    const { text } = await portal.browser().get('//evil.example/');
    expect(text).not.toMatch(/href="(\/\/|\/?\\|https?:)/);
  });
});

describe('every answer', () => {
  it.each(['/', '/callback', '/nowhere', '/assets/portal.css'])(
    'forbids foreign code and frames: %s',
    async (path) => {
      const { headers } = await portal.browser().get(path);
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers['referrer-policy']).toBe('same-origin');
      expect(headers['x-content-type-options']).toBe('nosniff');
    },
  );

  it('with a person in it is not kept by a cache', async () => {
    const browser = portal.browser();
    await signIn(portal, browser);
    expect((await browser.get('/ho-so')).headers['cache-control']).toBe('no-store');
  });

  it('contains no inline script or style', async () => {
    const browser = portal.browser();
    await signIn(portal, browser);
    for (const path of ['/', '/ho-so', '/da-dang-xuat', '/khong-dang-nhap-duoc?ly-do=access_denied'])
      expect((await browser.get(path)).text).not.toMatch(/<style|style="|<script(?![^>]*\ssrc=)|\son\w+="/);
  });
});

describe('files', () => {
  it.each(['/assets/portal.ts', '/assets/..%2Fportal.ts', '/assets/__proto__'])(
    'not listed are not found: %s',
    async (path) => {
      expect((await portal.browser().get(path)).status).toBe(404);
    },
  );

  it('are served with their type and answered 304 when known', async () => {
    const first = await portal.browser().get('/assets/portal.css');
    expect(first.headers['content-type']).toBe('text/css; charset=utf-8');
    const second = await portal
      .browser()
      .get('/assets/portal.css')
      .set('If-None-Match', first.headers.etag ?? '');
    expect(second.status).toBe(304);
  });
});

describe('the home page', () => {
  it('speaks Vietnamese to whoever asks for neither language', async () => {
    const { text } = await portal.browser().get('/').set('Accept-Language', 'fr');
    expect(text).toContain('<html lang="vi">');
  });

  it('remembers the language that was switched to', async () => {
    const browser = portal.browser();
    await browser.get('/?lang=en');
    expect((await browser.get('/')).text).toContain('File without photocopies');
  });

  it('lists every procedure with its level and what it asks for', async () => {
    const { text } = await portal.browser().get('/');
    for (const code of ['1.099101', '1.099102', '1.099103', '1.099104', '1.099105', '1.099106'])
      expect(text).toContain(`href="/dang-nhap?thu-tuc=${code}"`);
    expect(text).toContain('Bắt buộc mức độ 2');
    expect(text).toContain('Sổ sức khỏe điện tử');
  });

  it('sends somebody who typed localhost to its own origin', async () => {
    const answer = await portal.browser().get('/dang-nhap?thu-tuc=1.099101').set('Host', 'localhost:3001');
    expect(answer.headers.location).toBe(`${ORIGIN}/dang-nhap?thu-tuc=1.099101`);
  });
});

describe('the file of a person', () => {
  it('shows papers with registry and time, and why one is missing', async () => {
    const browser = portal.browser();
    const synced_at = '2026-11-21T03:04:00Z';
    const userInfo = {
      name: 'Phạm Thị Hồng Nhung',
      residence: [
        { status: 'expired', issuer: 'residence-database', synced_at, data: { permanent_address: 'xã Mẫu' } },
      ],
      dependents: [{ unavailable: 'registry_unavailable', issuer: 'population-database' }],
    };
    await signIn(portal, browser, { idToken: { acr: '2' }, userInfo }, '/dang-nhap?thu-tuc=1.099106');
    const { text } = await browser.get('/ho-so');
    expect(text).toContain('Hết hạn');
    expect(text).toContain('xã Mẫu');
    expect(text).toContain('Cơ sở dữ liệu về cư trú, Bộ Công an');
    expect(text).toContain('21/11/2026 10:04');
    expect(text).toContain('tạm thời không trả lời');
    expect(text).not.toContain('Bạn đã không đưa');
  });

  it('names what was asked for and withheld', async () => {
    const browser = portal.browser();
    const answer = { idToken: { acr: '2' }, userInfo: { health_insurance: [] } };
    await signIn(portal, browser, answer, '/dang-nhap?thu-tuc=1.099105');
    expect((await browser.get('/ho-so')).text).toContain('Bạn đã không đưa: Sổ sức khỏe điện tử');
  });
});
