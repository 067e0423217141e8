import libraryDefaults from 'oidc-provider/lib/helpers/defaults.js';
import { describe, expect, it } from 'vitest';
import { unknownOptions } from '../../../src/oidc/known-options.ts';

const known = libraryDefaults();

describe('the look for options that the OpenID library does not know', () => {
  it.each([
    ['at the top', { httpOptions: {} }, ['httpOptions']],
    [
      'of a feature',
      { features: { introspection: { enabled: true, policy: true } } },
      ['features.introspection.policy'],
    ],
    [
      'that is a feature',
      { features: { sessionManagement: { enabled: true } } },
      ['features.sessionManagement'],
    ],
    ['of cookies', { cookies: { long: { httpOnly: true, sameside: 'lax' } } }, ['cookies.long.sameside']],
    ['of lifetimes', { ttl: { Sesion: 1 } }, ['ttl.Sesion']],
    ['of routes', { routes: { authorize: '/authorize' } }, ['routes.authorize']],
    ['of PKCE', { pkce: { required: () => true, methods: ['S256'] } }, ['pkce.methods']],
    [
      'named like a member of every object',
      { toString: 1, features: { constructor: 1 } },
      ['toString', 'features.constructor'],
    ],
  ])('finds one %s', (_name, given, unknown) => {
    expect(unknownOptions(given, known)).toEqual(unknown);
  });

  it('finds all at once', () => {
    expect(unknownOptions({ one: 1, pkce: { two: 2 } }, known)).toEqual(['one', 'pkce.two']);
  });

  it('finds none in what the library itself sets', () => {
    expect(unknownOptions(known, known)).toEqual([]);
  });

  it('does not take names of ours for options', () => {
    const ours = { claims: { 'doc:id_card': ['id_card'] }, discovery: { service_documentation: 'x' } };
    expect(unknownOptions(ours, known)).toEqual([]);
  });
});
