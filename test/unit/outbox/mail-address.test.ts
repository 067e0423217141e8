import { describe, expect, it } from 'vitest';
import { isMailAddress, isOneLine } from '../../../src/outbox/mail-address.ts';

const nested = (depth: number) => `${'a:'.repeat(depth)}x@y.example${';'.repeat(depth)}`;

describe('an address to write to', () => {
  it.each([
    ['a line end and a command', 'a@b.example\r\nRCPT TO:<x@y.example>'],
    ['a line end at its end', 'a@b.example\n'],
    ['a quoted local part', '"x@evil.example y"@ok.example'],
    ['a quoted local part without a space', '"x"@ok.example'],
    ['a group', 'group: x@y.example;'],
    ['groups a thousand deep', nested(1000)],
    ['groups a hundred thousand deep', nested(100_000)],
    ['two addresses', 'a@b.example,c@d.example'],
    ['a name beside it', 'Ngoc <a@b.example>'],
    ['a comment', 'a(comment)@b.example'],
    ['two at signs', 'a@b@c.example'],
    ['a route', '@relay.example:a@b.example'],
    ['a percent hack in quotes', '"a%b"@c.example'],
    ['an address literal', 'a@[127.0.0.1]'],
    ['no dot', 'root@localhost'],
    ['NUL', 'a\0@b.example'],
    ['a space', 'a b@c.example'],
    ['letters that mail servers may not know', 'ngọc@congdan.example'],
    ['a local part of 65', `${'a'.repeat(65)}@b.example`],
    ['255 characters', `a@${'b'.repeat(62)}.${'c'.repeat(62)}.${'d'.repeat(62)}.${'e'.repeat(57)}.example`],
    ['a megabyte', `${'a.'.repeat(500_000)}@b.example`],
    ['nothing', ''],
  ])('is refused with %s', (_what, address) => {
    const since = performance.now();
    expect(isMailAddress(address)).toBe(false);
    expect(performance.now() - since).toBeLessThan(1000);
  });

  it.each(['bich.ngoc@congdan.example', 'a+b@mail.tinhmau.gov.vn', "o'neil@x.example", 'x@xn--tnhmu-gxa.vn'])(
    '%s is accepted',
    (address) => {
      expect(isMailAddress(address)).toBe(true);
    },
  );
});

describe('words of a letter', () => {
  it.each(['x\r\nBcc: a@b.example', 'x\ny', 'x\u2028y', 'x\u0085y', '\u202eexample', '\u2066x', '', '  '])(
    '%j is not one line',
    (text) => {
      expect(isOneLine(text)).toBe(false);
    },
  );

  it('a Vietnamese name is one line', () => {
    expect(isOneLine('Nguyễn Thị Bích Ngọc')).toBe(true);
  });
});
