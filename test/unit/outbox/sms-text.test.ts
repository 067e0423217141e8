import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/messages/language.ts';
import type { Letter } from '../../../src/outbox/letter.ts';
import { createTextWriter, fitsText } from '../../../src/outbox/text.ts';
import { expiresAt, letters, waiting } from './sample-letters.ts';

const PROVINCE = { vi: 'Tỉnh Mẫu', en: 'Sample Province' };
const LONG = { vi: 'Thành phố trực thuộc trung ương có tên rất dài '.repeat(8), en: 'x'.repeat(400) };
const at = Date.UTC(2026, 10, 21, 3, 5);

const purposes = ['activation', 'new_device', 'recovery', 'email_change', 'phone_change'] as const;
const texts: readonly Letter[] = [
  ...purposes.map((purpose) => ({ kind: 'code', values: { code: '482913', purpose } }) as const),
  ...(['email', 'phone'] as const).flatMap(
    (what) =>
      [
        { kind: 'contact_change', values: { at, due: at, what } },
        { kind: 'address_changed', values: { at, what } },
      ] as const,
  ),
];

const written = (letter: Letter, language: 'vi' | 'en' = 'vi', province = PROVINCE): string =>
  createTextWriter(province)(waiting(letter, { to: { phone: '+84970000001' }, language }), expiresAt).text;

/** How many parts a message takes: 7 bits a character where all are in the default alphabet, else 16. */
function partsOf(text: string): number {
  const plain = /^[\x20-\x5a\x61-\x7a]*$/.test(text);
  const [alone, joined] = plain ? [160, 153] : [70, 67];
  return text.length <= alone ? 1 : Math.ceil(text.length / joined);
}

describe('a text message', () => {
  it.each(
    letters.filter((letter) => !texts.some(({ kind }) => kind === letter.kind)).map(({ kind }) => kind),
  )('is never a %s', (kind) => {
    const letter = letters.find((one) => one.kind === kind);
    if (letter === undefined) throw new Error('no such sample');
    expect(fitsText(letter)).toBe(false);
    expect(() => written(letter)).toThrow();
  });

  it('has no link', () => {
    const link = 'https://id.tinhmau.example/contact-change/cancel?token=x';
    expect(fitsText({ kind: 'contact_change', values: { at, due: at, what: 'phone', link } })).toBe(false);
    for (const letter of texts) expect(written(letter)).not.toMatch(/https?:|www\./);
  });

  it('takes at most two parts, in either language, however long the province’s name is', () => {
    for (const language of LANGUAGES)
      for (const province of [PROVINCE, LONG])
        for (const letter of texts) {
          const text = written(letter, language, province);
          expect(partsOf(text), text).toBeLessThanOrEqual(2);
        }
  });

  it('names the province, and says until when the code is good, with the marks of Vietnamese', () => {
    expect(written({ kind: 'code', values: { code: '482913', purpose: 'phone_change' } })).toBe(
      'Tỉnh Mẫu: 482913 là mã đổi số điện thoại, dùng được đến 10:05. Không đưa mã cho ai.',
    );
  });

  it('keeps its code where the marks have to go', () => {
    const text = written({ kind: 'code', values: { code: '482913', purpose: 'phone_change' } }, 'vi', LONG);
    expect(text).toContain('482913 la ma doi so dien thoai');
    expect(text).toMatch(/^Thanh pho/);
  });

  it('is in the one language of its reader', () => {
    expect(written({ kind: 'code', values: { code: '482913', purpose: 'recovery' } }, 'en')).toBe(
      'Sample Province: 482913 is the code to recover your account, valid until 10:05. Give it to nobody.',
    );
  });
});
