import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AccountStatus } from '../../../src/subject/subject.ts';
import { openBrowser, person, typePassword } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { begin, pageOf, textOf } from '../../support/visits.ts';

const who = person('guardian');
const since = '2026-11-20T05:00:00.000Z';
const REASON = '<script>alert(1)</script> & công văn "12/TB"';

let provider: TestProvider;
let rp: TestRelyingParty;
beforeAll(async () => {
  provider = await startProvider();
  rp = await register(provider);
});
afterAll(async () => {
  vi.useRealTimers();
  await provider.close();
});

async function shown(status: Exclude<AccountStatus, { kind: 'active' }>, password = who.password) {
  const { directory } = provider.services;
  const id = (await directory.findByNumber(who.subject.personal_number))?.id ?? '';
  await directory.update(id, (subject) => ({ ...subject, status }));
  const { browser, visit } = await begin(provider, rp, {}, openBrowser(provider));
  return typePassword(browser, visit, { ...who, password });
}

const locked = (cause: Extract<AccountStatus, { kind: 'locked' }>['cause'], reason?: string) =>
  ({ kind: 'locked', cause, since, ...(reason === undefined ? {} : { reason }) }) as const;
const wayOut = (html = ''): string | undefined => /<a class="button" href="([^"]*)"/.exec(html)?.[1];

describe('the page of a lock', () => {
  it.each([
    ['by_owner', 'theo yêu cầu của chính bạn', '/recover'],
    ['reported', 'có dấu hiệu bị chiếm dụng', '/recover'],
    ['too_many_failures', 'quá nhiều lần nhập sai mã', '/recover'],
    ['by_administrator', 'Hãy mang giấy tờ tùy thân', undefined],
    ['sim_changed', 'Số điện thoại gắn với tài khoản', undefined],
  ] as const)('says of %s why, since when and what to do', async (cause, words, way) => {
    const page = await shown(locked(cause));
    expect(page.page?.status).toBe(403);
    expect(textOf(page)).toContain(words);
    expect(textOf(page)).toContain('Từ ngày 20/11/2026');
    expect(wayOut(page.page?.text)).toBe(way);
    expect(page.page?.headers['cache-control']).toContain('no-store');
  });

  it('gives the words of the administrator as words, and no more than two hundred characters', async () => {
    const page = await shown(locked('by_administrator', `${REASON}${'ữ'.repeat(400)}`));
    expect(page.page?.text).not.toContain('<script>alert');
    expect(page.page?.text).toContain('&lt;script&gt;alert(1)');
    expect(page.page?.text).toContain('ữ'.repeat(200 - REASON.length));
    expect(page.page?.text).not.toContain('ữ'.repeat(201 - REASON.length));
    expect(textOf(await shown(locked('by_administrator')))).not.toContain('Lý do');
  });

  it.each(['deceased', 'dissolved'] as const)(
    'of an account that is closed (%s) has no way out',
    async (cause) => {
      const page = await shown({ kind: 'closed', cause, since });
      expect(textOf(page)).toContain('Tài khoản đã đóng');
      expect(wayOut(page.page?.text)).toBeUndefined();
    },
  );

  it('leads from an account that was not activated to its activation', async () => {
    expect(wayOut((await shown({ kind: 'not_activated' })).page?.text)).toBe('/activate');
  });

  it('is not for whoever has proved nothing', async () => {
    const page = await shown(locked('by_administrator', REASON), 'sai-mat-khau-roi');
    expect(page.page?.status).toBe(422);
    expect(pageOf(page)).toBe('password');
    for (const words of ['khóa', 'công văn', '/recover"']) expect(textOf(page)).not.toContain(words);
  });
});

describe('a card that has expired', () => {
  const essential2 = { claims: JSON.stringify({ id_token: { acr: { essential: true, value: '2' } } }) };

  it('has a page of its own: since when, where to renew it, and that level 1 goes on', async () => {
    advance(31);
    const { browser, visit } = await begin(provider, rp, essential2);
    const page = await typePassword(browser, visit, person('expired-card'));
    expect(pageOf(page)).toBe('too-low');
    expect(textOf(page)).toContain('Giấy tờ tùy thân đã hết hạn');
    expect(textOf(page)).toContain('cấp đổi thẻ căn cước');
    expect(textOf(page)).toContain('tài khoản tự trở lại mức độ 2');
    expect(textOf(page)).toContain('chỉ cần mức độ 1');
  });

  it('sends a foreigner to the authority that renews a passport', async () => {
    const { directory } = provider.services;
    const foreigner = person('foreigner');
    const id = (await directory.findByNumber(foreigner.subject.personal_number))?.id ?? '';
    await directory.update(id, (subject) => ({ ...subject, identity_paper_expires_at: '2026-01-01' }));
    const { browser, visit } = await begin(provider, rp, essential2);
    const page = textOf(await typePassword(browser, visit, foreigner));
    expect(page).toContain('cơ quan quản lý xuất nhập cảnh');
    expect(page).not.toContain('cấp đổi thẻ căn cước');
  });
});
