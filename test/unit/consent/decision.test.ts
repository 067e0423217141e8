import { describe, expect, it } from 'vitest';
import type { Asked, Consent } from '../../../src/consent/consent.ts';
import { type ConsentAnswer, decisionOf } from '../../../src/consent/decision.ts';

const now = Date.parse('2026-11-21T03:00:00Z');
const before: Consent = {
  subject: 'somebody',
  relying_party: 'cong-so-mau',
  granted: ['openid', 'profile', 'doc:driving_licence'],
  refused: ['email'],
  claims: ['phone_number'],
  refused_claims: ['address'],
  evidence: { 'doc:driving_licence': 'the old licence' },
  purposes: { profile: 'Điền tờ khai' },
  language: 'vi',
  shown: '["before"]',
  decided_at: now - 1000,
  expires_at: now + 1000,
};
const asked = (change: Partial<Asked>): Asked => ({
  scopes: ['openid'],
  claims: [],
  evidence: {},
  required: [],
  purposes: {},
  ...change,
});
const answer = (change: Partial<ConsentAnswer>): ConsentAnswer => ({
  subject: 'somebody',
  relying_party: 'cong-so-mau',
  granted: ['openid'],
  refused: [],
  claims: [],
  refused_claims: [],
  purposes: {},
  language: 'vi',
  shown: '["now"]',
  remembered_until: now + 5000,
  ...change,
});

describe('a decision', () => {
  it('does not take the fingerprint of a paper that was not on the page', () => {
    const made = decisionOf(
      before,
      asked({ scopes: ['openid', 'phone'] }),
      answer({ granted: ['openid', 'phone'] }),
      now,
    );
    expect(made.evidence).toEqual({ 'doc:driving_licence': 'the old licence' });
  });

  it('keeps what was seen before while the registry is away', () => {
    const scopes = ['openid', 'doc:driving_licence'];
    const evidence = { 'doc:driving_licence': undefined };
    const made = decisionOf(before, asked({ scopes, evidence }), answer({ granted: scopes }), now);
    expect(made.evidence).toEqual({ 'doc:driving_licence': 'the old licence' });
  });

  it('about a paper that nobody has seen yet takes whatever comes as something new', () => {
    const scopes = ['openid', 'doc:id_card'];
    const made = decisionOf(
      undefined,
      asked({ scopes, evidence: { 'doc:id_card': undefined } }),
      answer({ granted: scopes }),
      now,
    );
    expect(made.evidence['doc:id_card']).toBeDefined();
    expect(made.evidence['doc:id_card']).not.toBe('the card');
  });

  it('holds no fingerprint of a paper that was refused', () => {
    const scopes = ['openid', 'doc:id_card'];
    const made = decisionOf(
      undefined,
      asked({ scopes, evidence: { 'doc:id_card': 'the card' } }),
      answer({ refused: ['doc:id_card'] }),
      now,
    );
    expect(made.evidence).toEqual({});
  });

  it('carries what was not asked now, and never lives longer for it', () => {
    const made = decisionOf(
      before,
      asked({ scopes: ['openid', 'phone'] }),
      answer({ granted: ['openid', 'phone'] }),
      now,
    );
    expect(made.granted).toEqual(['profile', 'doc:driving_licence', 'openid', 'phone']);
    expect(made.refused).toEqual(['email']);
    expect(made.expires_at).toBe(before.expires_at);
  });

  it('lives as long as the answer where nothing is carried', () => {
    expect(decisionOf(undefined, asked({}), answer({}), now).expires_at).toBe(now + 5000);
  });

  it('about a single claim leaves the scope of the same name as it stood', () => {
    const standing = { ...before, granted: ['openid', 'email'], refused: [] };
    const made = decisionOf(standing, asked({ claims: ['email'] }), answer({ claims: ['email'] }), now);
    expect(made.granted).toContain('email');
    expect(made.claims).toContain('email');
  });

  it('about a whole scope is also about the single claims of it', () => {
    const scopes = ['openid', 'address'];
    const made = decisionOf(before, asked({ scopes }), answer({ granted: scopes }), now);
    expect(made.refused_claims).toEqual([]);
    expect(made.claims).toEqual(['phone_number']);
  });
});
