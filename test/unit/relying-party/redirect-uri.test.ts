import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_ADDRESS_LENGTH, redirectUriProblem } from '../../../src/relying-party/redirect-uri.ts';

const production = { allowLoopbackHttp: false };
const development = { allowLoopbackHttp: true };

const refusedEverywhere: readonly (readonly [address: string, reason: RegExp])[] = [
  ['', /empty/],
  [`https://rp.example/${'a'.repeat(MAX_ADDRESS_LENGTH)}`, /longer than 2048/],
  ['rp.example/cb', /absolute/],
  ['/cb', /absolute/],
  ['//rp.example/cb', /absolute/],
  ['https:/rp.example/cb', /https:\/\//],
  ['https:rp.example/cb', /https:\/\//],
  ['https:///cb', /https:\/\//],
  ['javascript:alert(1)', /https:\/\//],
  ['javascript://rp.example/%0aalert(1)', /control character/],
  ['data:text/html,x', /https:\/\//],
  ['file:///etc/passwd', /https:\/\//],
  ['vnportal://cb', /https:\/\//],
  ['ftp://rp.example/cb', /https:\/\//],
  ['http://rp.example/cb', /must use https/],
  ['http://127.0.0.1.rp.example/cb', /must use https/],
  ['http://localhost.rp.example/cb', /must use https/],
  ['https://*.rp.example/cb', /wildcard/],
  ['https://rp.example/*', /wildcard/],
  ['javascript:alert(1)*', /wildcard/],
  ['https://user:secret@rp.example/cb', /user name/],
  ['https://user@rp.example/cb', /user name/],
  ['https://@rp.example/cb', /user name/],
  ['https://a@b@rp.example/cb', /user name/],
  ['https://rp.example@evil.example/cb', /user name/],
  ['https://rp.example/cb#', /fragment/],
  ['https://rp.example/cb#x', /fragment/],
  ['https://rp.example/cb/../x', /dot segment/],
  ['https://rp.example/cb/./x', /dot segment/],
  ['https://rp.example/cb/..', /dot segment/],
  ['https://rp.example/cb/..;/x', /dot segment/],
  ['https://rp.example/cb/%2e%2e/x', /dot segment/],
  ['https://rp.example/cb/.%2E/x', /dot segment/],
  ['https://rp.example/cb/%252e%252e/x', /dot segment/],
  ['https://rp.example/cb/..%2fx', /dot segment/],
  ['https://rp.example/cb%252fx', /twice/],
  ['https://rp.example/cb%2fx', /slash/],
  ['https://rp.example/cb%5cx', /backslash/],
  ['https://rp.example/cb%0d%0ax', /control character/],
  ['https://rp.example/cb?x=%00', /control character/],
  ['https://rp.example/%63b', /needs no encoding/],
  ['https://rp.example/cb%', /incomplete/],
  ['https://rp.example/cb%zz', /incomplete/],
  ['https://rp.example\\cb', /backslash/],
  ['https://rp.example\\@evil.example/cb', /backslash/],
  ['https://rp.example/cb ', /space/],
  [' https://rp.example/cb', /space/],
  ['https://rp.example/c\tb', /tab/],
  ['https://rp.example/cb\n', /control/],
  ['https://rp.example/cb\u0000', /control/],
  ['https://dịchvụ.example/cb', /punycode/],
  ['https://rр.example/cb', /punycode/],
  ['https://rp。example/cb', /punycode/],
  ['https://rp.example/gọi-lại', /percent-encoded/],
  ['https://rp.example/c\u200bb', /outside ASCII/],
  ['https://rp.example:443/cb', /default port/],
  ['https://rp.example:/cb', /default port/],
  ['https://rp.example:99999/cb', /cannot be read/],
  ['https://rp.example./cb', /ends in a dot/],
  ['https://rp.example', /write https:\/\/rp\.example\//],
  ['https://RP.example/cb', /write https:\/\/rp\.example\/cb/],
  ['HTTPS://rp.example/cb', /write https:\/\/rp\.example\/cb/],
  ['https://rp.example:0444/cb', /write https:\/\/rp\.example:444\/cb/],
  ['https://rp.example/c"b', /normal form/],
  ['https://10.0.0.7/cb', /IP address/],
  ['https://169.254.169.254/cb', /IP address/],
  ['https://[2001:db8::1]/cb', /IP address/],
  ['https://[::ffff:127.0.0.1]/cb', /IP address/],
  ['https://2130706433/cb', /loopback|normal form/],
  ['https://0x7f.1/cb', /loopback|normal form/],
  ['https://rp.example/cb?code=1', /belongs to the answer/],
  ['https://rp.example/cb?a=1&state=2', /belongs to the answer/],
  ['https://rp.example/cb?iss=https://evil.example', /belongs to the answer/],
];

const loopback = [
  'http://127.0.0.1/cb',
  'http://127.0.0.1:3001/cb',
  'http://[::1]:3001/cb',
  'http://localhost:3001/cb',
  'https://localhost/cb',
];

describe('an address of a relying party', () => {
  it.each(refusedEverywhere)('is refused in every profile: %j', (address, reason) => {
    expect(redirectUriProblem(address, production)).toMatch(reason);
    expect(redirectUriProblem(address, development)).toMatch(reason);
  });

  it.each(loopback)('on this computer is refused in production: %s', (address) => {
    expect(redirectUriProblem(address, production)).toMatch(/https|loopback/);
  });

  it.each(['http://127.0.0.2/cb', 'http://portal.localhost/cb'])(
    'that only resembles loopback stays refused in development: %s',
    (address) => {
      expect(redirectUriProblem(address, development)).toMatch(/must use https/);
    },
  );

  it.each(loopback)('on this computer is accepted in development: %s', (address) => {
    expect(redirectUriProblem(address, development)).toBeUndefined();
  });

  it.each([
    'https://rp.example/',
    'https://rp.example/cb',
    'https://rp.example/CB',
    'https://rp.example/cb/',
    'https://rp.example:8443/cb',
    'https://xn--dchv-y8a0n.example/cb',
    'https://rp.example/cb?x=1',
    'https://rp.example/cb?next=/a/../b',
    'https://rp.example/.well-known/cb',
    'https://rp.example/g%E1%BB%8Di',
  ])('in its normal form is accepted: %s', (address) => {
    expect(redirectUriProblem(address, production)).toBeUndefined();
  });

  it('that is accepted equals its own serialisation and stays on its host, whatever it is made of', () => {
    const piece = fc.constantFrom(
      ...[
        'https://',
        'http://',
        'rp.example',
        'RP.example',
        'evil.example',
        ':443',
        ':8443',
        '/',
        '//',
        '..',
        '.',
      ],
      ...[
        '@',
        '\\',
        '#',
        '?',
        '&',
        'x=1',
        '%2e',
        '%252e',
        '%2F',
        '%63',
        '%0a',
        ' ',
        '\t',
        '*',
        ';',
        'cb',
        'đ',
        '[::1]',
      ],
    );
    let accepted = 0;
    const address = fc
      .array(piece, { maxLength: 7 })
      .map((pieces) => `https://rp.example/${pieces.join('')}`);
    fc.assert(
      fc.property(address, (text) => {
        if (redirectUriProblem(text, production) !== undefined) return;
        accepted += 1;
        const url = new URL(text);
        expect(url.href).toBe(text);
        expect(url.origin).toBe('https://rp.example');
        expect(decodeURIComponent(url.pathname)).not.toMatch(/\/\.{1,2}(\/|;|$)|[\\*\s]/);
      }),
      { numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(20);
  });
});
