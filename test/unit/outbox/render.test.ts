import { describe, expect, it } from 'vitest';
import type { Letter } from '../../../src/outbox/letter.ts';
import type { Waiting } from '../../../src/outbox/outbox.ts';
import { createLetterWriter } from '../../../src/outbox/render.ts';
import { expiresAt, issuer, letters, waiting } from './sample-letters.ts';

const write = createLetterWriter({
  province: { vi: 'Tỉnh Mẫu', en: 'Sample Province' },
  accent: { light: '#0b5cad', onLight: '#ffffff' },
});
const written = (letter: Letter, other?: Partial<Waiting>) => write(waiting(letter, other), expiresAt);

const code: Letter = { kind: 'code', values: { code: '482913', purpose: 'recovery' } };
const addressesIn = (text: string): string[] => text.match(/\bhttps?:\/\/[^\s"'<>]+/g) ?? [];

describe('a letter', () => {
  it.each(letters.map((letter) => [letter.kind, letter] as const))(
    '%s fetches nothing, runs nothing, and leads to the issuer by one link at most',
    (_kind, letter) => {
      const { html, text } = written(letter);
      expect(html).not.toMatch(
        /<(img|script|link|iframe|form|object|video|audio|base)\b|\bon\w+=|url\(|@import/i,
      );
      const links = new Set([...addressesIn(html), ...addressesIn(text)]);
      expect(links.size).toBe('link' in letter.values ? 1 : 0);
      for (const link of links) expect(new URL(link).origin).toBe(issuer);
    },
  );

  it.each(letters.map((letter) => [letter.kind, letter] as const))(
    '%s says the same in both languages, as text and as HTML, in composed letters',
    (_kind, letter) => {
      const { html, text, subject } = written(letter);
      for (const words of ['Chào Nguyễn Thị Bích Ngọc', 'Dear Nguyễn Thị Bích Ngọc', 'Sample Province'])
        for (const form of [html, text]) expect(form).toContain(words);
      expect(subject).toMatch(/^[^/]+ \/ [^/]+$/);
      for (const form of [html, text, subject]) {
        expect(form).toBe(form.normalize('NFC'));
        expect(form).not.toMatch(/\{\w+\}|undefined|\[object/);
      }
    },
  );

  it('puts the language of the person above the other', () => {
    const order = (language: 'vi' | 'en') => {
      const { text, html, subject } = written(code, { language });
      return [text, html]
        .map((form) => form.indexOf('Chào') < form.indexOf('Dear'))
        .concat(subject.startsWith('Mã'));
    };
    expect(order('vi')).toEqual([true, true, true]);
    expect(order('en')).toEqual([false, false, false]);
    expect(written(code, { language: 'en' }).html).toContain('<html lang="en">');
  });

  it('shows what is in a name or a portal as text, and never as markup', () => {
    const evil = `<b onclick="x">'&amp;</b>`;
    const { html } = written(
      { kind: 'password_changed', values: { at: 0, device: { vi: evil } } },
      { to: { address: 'a@b.example', name: '</p><script>x()</script>' } },
    );
    expect(html).not.toMatch(/<script|<b /);
    expect(html).toContain('&lt;b onclick=&quot;x&quot;&gt;&#39;&amp;amp;&lt;/b&gt;');
  });

  it('keeps a code out of the subject, which a locked screen shows', () => {
    const { html, subject, text } = written(code);
    expect(subject).not.toContain('482913');
    expect(html.split('482913')).toHaveLength(3);
    expect(text.split('482913')).toHaveLength(3);
  });

  it('with the code of a new device tells who did not ask that the password is known; another code says no such thing', () => {
    expect(written(code).text).not.toContain('đã biết mật khẩu của bạn');
    const { text } = written({ kind: 'code', values: { code: '482913', purpose: 'new_device' } });
    expect(text).toContain('có người đã biết mật khẩu của bạn: hãy đổi mật khẩu ngay');
    expect(text).not.toContain('hãy bỏ qua thư');
  });

  it('tells times as in Vietnam, and until when it is of use', () => {
    const { text } = written(code);
    expect(text).toContain('Có hiệu lực đến 22/11/2026 10:05 (giờ Việt Nam).');
    expect(text).toContain('Valid until 22/11/2026 10:05 (time in Vietnam).');
  });

  it('names a portal in the language of the half, in Vietnamese where it has no English name', () => {
    const [both] = letters;
    if (both?.kind !== 'new_sign_in') throw new Error('the first sample is a sign-in');
    expect(written(both).text).toContain('Portal: Sample Department public services');
    const vietnamese = { ...both, values: { ...both.values, portal: { vi: 'Cổng Mẫu' } } };
    expect(written(vietnamese).text).toContain('Portal: Cổng Mẫu');
  });

  it('is the same however often it is written', () => {
    for (const letter of letters) expect(written(letter)).toEqual(written(letter));
  });
});
