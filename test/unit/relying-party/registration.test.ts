import { describe, expect, it } from 'vitest';
import { registrationProblems } from '../../../src/relying-party/registration.ts';
import type { RelyingParty } from '../../../src/relying-party/relying-party.ts';
import { aRelyingParty } from './a-relying-party.ts';

const policy = { allowLoopbackHttp: false, knownScopes: new Set(['profile', 'doc:id_card']) };
const problems = (changes: Partial<RelyingParty>): string[] =>
  registrationProblems(aRelyingParty(changes), policy).map(({ field, sentence }) => `${field}: ${sentence}`);

describe('a registration', () => {
  it('is refused with redirect addresses on two hosts, for sub is pairwise per host', () => {
    expect(problems({ redirect_uris: ['https://a.example/cb', 'https://b.example/cb'] })).toEqual([
      expect.stringMatching(/^redirect_uris: must all be on one host.*a\.example, b\.example/),
    ]);
  });

  it.each(['https://evil.example/', 'https://rp.example:8443/', 'https://rp.example.evil.example/'])(
    'is refused with a sign-out address on another origin: %s',
    (address) => {
      expect(problems({ post_logout_redirect_uris: [address] })).toEqual([
        expect.stringMatching(/^post_logout_redirect_uris: .*same origin/),
      ]);
    },
  );

  it('is refused with a start address that is not a good address', () => {
    expect(problems({ initiate_login_uri: 'javascript:alert(1)' })).toEqual([
      expect.stringMatching(/^initiate_login_uri: "javascript:alert\(1\)" must begin with https/),
    ]);
  });

  it('is refused with an address given twice', () => {
    expect(problems({ redirect_uris: ['https://rp.example/cb', 'https://rp.example/cb'] })).toEqual([
      'redirect_uris: "https://rp.example/cb" is given twice',
    ]);
  });

  it.each(['openid', 'doc:organization', '__proto__', 'PROFILE'])('is refused with the scope %s', (scope) => {
    const scopes = Object.fromEntries([[scope, { required: true, purpose: { vi: 'Điền tờ khai' } }]]);
    expect(problems({ scopes })).toEqual(
      expect.arrayContaining([expect.stringMatching(new RegExp(`^scopes: "${scope}" is not a scope`))]),
    );
  });

  it.each([
    ['a right-to-left override', 'Cổng \u202Eevil'],
    ['a zero-width space', 'Cổng\u200Bcông'],
    ['a line break', 'Cổng\ncông'],
    ['an escape sequence', 'Cổng\u001b[31m'],
    ['a space at the end', 'Cổng '],
    ['decomposed letters', 'Cổng'.normalize('NFD')],
  ])('is refused with %s in a text that citizens read', (_, text) => {
    expect(problems({ name: { vi: text } })).toEqual([expect.stringMatching(/^name\.vi: /)]);
    expect(problems({ organization: text })).toEqual([expect.stringMatching(/^organization: /)]);
    expect(problems({ scopes: { profile: { required: true, purpose: { vi: text } } } })).toEqual([
      expect.stringMatching(/^scopes\.profile\.purpose\.vi: /),
    ]);
  });

  it('shows a hostile address without the characters that act on a terminal', () => {
    const [problem = ''] = problems({ redirect_uris: ['https://rp.example/\u001b[2J\u202E'] });
    expect(problem).toMatch(/control character/);
    expect(problem).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('tells everything that is wrong at once', () => {
    const all = problems({
      name: { vi: '' },
      redirect_uris: ['http://rp.example/cb', 'https://rp.example/*'],
      scopes: { 'doc:all': { required: true, purpose: { vi: 'x' } } },
    });
    expect(all).toEqual([
      'name.vi: must not be empty',
      'scopes.doc:all.purpose.vi: must have at least 3 characters',
      'redirect_uris: "http://rp.example/cb" must use https',
      expect.stringMatching(/^redirect_uris: "https:\/\/rp\.example\/\*" contains a wildcard/),
      expect.stringMatching(/^scopes: "doc:all" is not a scope/),
    ]);
  });

  it('is accepted with several addresses on one host and markup in its name, which pages escape', () => {
    expect(
      problems({
        name: { vi: 'Cổng <b>một cửa</b> & "hồ sơ"' },
        redirect_uris: ['https://rp.example/cb', 'https://rp.example/cb?x=1'],
        post_logout_redirect_uris: ['https://rp.example/'],
        initiate_login_uri: 'https://rp.example/start',
      }),
    ).toEqual([]);
  });
});
