import { describe, expect, it } from 'vitest';
import { browserWords } from '../../../src/http/browser-words.ts';
import type { Context } from '../../../src/http/context.ts';
import { createPlaceOf } from '../../../src/http/place.ts';
import { translator } from '../../../src/messages/translate.ts';

/** A request with one header, as bytes on the wire, and an address. */
const from = (ip: string, header = ''): Context =>
  // As much of a context as the function reads.
  ({ ip, get: (name: string) => (name === 'X-Place' ? header : '') }) as unknown as Context;

const onTheWire = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

const placeOf = (hops: number, place_header: string | undefined = 'X-Place') =>
  createPlaceOf({ devices: { remembered: 1, place_header }, proxy: { hops } });

describe('the place of a sign-in', () => {
  it('is not what a sender says where no proxy is trusted', () => {
    expect(placeOf(0)(from('203.0.113.7', onTheWire('Hà Nội')))).toBe('203.0.113.x');
    expect(
      createPlaceOf({ devices: { remembered: 1 }, proxy: { hops: 1 } })(from('203.0.113.7', 'Huế')),
    ).toBe('203.0.113.x');
  });

  it('is what the trusted proxy says, in its letters', () => {
    expect(placeOf(1)(from('203.0.113.7', onTheWire(' Hà Nội ')))).toBe('Hà Nội');
  });

  it.each([
    ['nothing', ''],
    ['two lines', 'Huế\nBcc: x'],
    ['a turn of the reading direction', onTheWire('Huế\u202e')],
    ['bytes that are no text', '\xff\xfe'],
    ['more than sixty letters', 'x'.repeat(61)],
    ['a number as long as a personal one', '098 091 000 001'],
  ])('is the network where the proxy says %s', (_, header) => {
    expect(placeOf(1)(from('203.0.113.7', header))).toBe('203.0.113.x');
  });

  it('is the network of an IPv6 address, never the host', () => {
    expect(placeOf(0)(from('2001:db8:1:2:3:4:5:6'))).toBe('2001:db8:1:2::/64');
    expect(placeOf(0)(from('::ffff:203.0.113.7'))).toBe('203.0.113.x');
  });
});

describe('what a browser calls itself', () => {
  const t = translator('vi');

  it.each([
    ['', 'Trình duyệt không rõ'],
    ['<script>alert(1)</script>', 'Trình duyệt không rõ'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0',
      'Edge trên Windows',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
      'Safari trên iPhone',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/130.0.0 Chrome/130.0.0.0 Safari/537.36',
      'Cốc Cốc trên Windows',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox trên Linux'],
  ])('"%s" is told in words of ours alone: %s', (userAgent, words) => {
    expect(browserWords(userAgent, t)).toBe(words);
  });
});
