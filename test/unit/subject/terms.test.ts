import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditFact } from '../../../src/audit/trail.ts';
import { blocksOf } from '../../../src/http/pages/plain-text.ts';
import { builtInTerms } from '../../../src/messages/terms-text.ts';
import { acceptedNow, createTerms, type Terms, termsRows } from '../../../src/subject/terms.ts';
import { openTestStorage, type TestStorage } from '../../support/storage.ts';

let opened: TestStorage;
let now: number;
let recorded: AuditFact[];
let fails: boolean;
beforeEach(async () => {
  now = Date.parse('2026-11-21T05:00:00Z');
  recorded = [];
  fails = false;
  opened = await openTestStorage();
});
afterEach(() => opened.close());

const open = (own: Parameters<typeof createTerms>[0]['own'] = {}): Terms =>
  createTerms({
    storage: opened.storage,
    clock: { now: () => now },
    audit: {
      async record(fact) {
        if (fails) throw new Error('the trail cannot be written');
        recorded.push(fact);
      },
    },
    own,
  });
const newer = { version: '2027-01-01', vi: 'Điều khoản của tỉnh', en: 'Terms of the province' };

describe('the terms of use', () => {
  it('are accepted by nobody who did not accept them', async () => {
    expect(await open().acceptedBy('somebody')).toEqual([]);
    expect(acceptedNow([], builtInTerms)).toBe(false);
  });

  it('are not accepted where that cannot be recorded', async () => {
    fails = true;
    await expect(open().accept('somebody')).rejects.toThrow('cannot be written');
    expect(await open().acceptedBy('somebody')).toEqual([]);
  });

  it('are accepted once, however often and by how many at once', async () => {
    const terms = open();
    await terms.accept('somebody');
    now += 1000;
    await Promise.all([terms.accept('somebody'), terms.accept('somebody')]);
    expect(await terms.acceptedBy('somebody')).toEqual([{ version: '2026-11-21', at: now - 1000 }]);
    expect(recorded).toEqual([
      { kind: 'terms.accepted', subject: 'somebody', detail: { version: '2026-11-21' } },
    ]);
    expect(await terms.acceptedBy('another')).toEqual([]);
  });

  it('of a newer version wait again, and the older acceptance stays', async () => {
    await open().accept('somebody');
    const terms = open(newer);
    expect(acceptedNow(await terms.acceptedBy('somebody'), terms.current)).toBe(false);
    now += 1000;
    await terms.accept('somebody');
    expect((await terms.acceptedBy('somebody')).map(({ version }) => version)).toEqual([
      '2026-11-21',
      '2027-01-01',
    ]);
    expect(terms.current).toEqual({ version: newer.version, text: { vi: newer.vi, en: newer.en } });
  });

  it('keep who accepted them sealed', async () => {
    await open().accept('somebody');
    expect(termsRows.sealed).toBe(true);
    expect(await opened.storage.collection(termsRows).get('somebody')).toBeDefined();
  });

  it('that are built in have the same parts in both languages, in composed letters', () => {
    const { text } = builtInTerms;
    const shape = (language: 'vi' | 'en') =>
      blocksOf(text[language]).map((block) => (block.kind === 'list' ? block.items.length : block.kind));
    expect(shape('vi')).toEqual(shape('en'));
    expect(shape('vi').filter((one) => one === 'heading').length).toBeGreaterThan(5);
    expect(text.vi).toBe(text.vi.normalize('NFC'));
    expect(Date.parse(builtInTerms.version)).not.toBeNaN();
  });
});

describe('a plain text', () => {
  it('is read as headings, lists and paragraphs, and nothing in it is markup', () => {
    expect(blocksOf('# Một\n\nhai\r\nba\n- bốn\n-năm\n## Sáu\nbảy <b>\n\n\n \n')).toEqual([
      { kind: 'heading', text: 'Một' },
      { kind: 'paragraph', text: 'hai ba' },
      { kind: 'list', items: ['bốn', 'năm'] },
      { kind: 'heading', text: 'Sáu' },
      { kind: 'paragraph', text: 'bảy <b>' },
    ]);
    expect(blocksOf('')).toEqual([]);
  });
});
