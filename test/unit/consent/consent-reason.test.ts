import { describe, expect, it } from 'vitest';
import { type Asked, type Consent, type ConsentReason, consentReason } from '../../../src/consent/consent.ts';

const now = Date.parse('2026-11-21T03:00:00Z');
const standing: Consent = {
  subject: 'somebody',
  relying_party: 'cong-so-mau',
  granted: ['openid', 'profile', 'doc:id_card'],
  refused: ['email'],
  claims: ['phone_number'],
  refused_claims: ['address'],
  evidence: { 'doc:id_card': 'fingerprint' },
  purposes: { profile: 'Điền tờ khai' },
  language: 'vi',
  shown: '[]',
  decided_at: now - 1000,
  expires_at: now + 1000,
};
const asked = (change: Partial<Asked> = {}): Asked => ({
  scopes: ['openid', 'profile', 'doc:id_card'],
  claims: [],
  evidence: { 'doc:id_card': 'fingerprint' },
  required: [],
  purposes: { profile: { vi: 'Điền tờ khai', en: 'To fill in the form' } },
  ...change,
});

type Row = [what: string, standing: Consent | undefined, asked: Asked, reason: ConsentReason | undefined];

describe('a person', () => {
  it.each<Row>([
    ['who never decided is asked', undefined, asked(), 'new_relying_party'],
    ['who withdrew is asked', { ...standing, withdrawn_at: now - 1 }, asked(), 'withdrawn'],
    ['whose decision has expired is asked', { ...standing, expires_at: now }, asked(), 'expired'],
    ['is asked about one more scope', standing, asked({ scopes: ['openid', 'phone'] }), 'more_asked'],
    [
      'is asked about what was refused and is required now',
      standing,
      asked({ required: ['email'] }),
      'more_asked',
    ],
    [
      'is not asked because another page was in another language',
      { ...standing, language: 'en' },
      asked(),
      undefined,
    ],
    [
      'is asked about another purpose',
      standing,
      asked({ purposes: { profile: { vi: 'Bán hàng', en: 'To sell' } } }),
      'purpose_changed',
    ],
    ['is asked about one more claim', standing, asked({ claims: ['email'] }), 'more_asked'],
    [
      'is asked about another card',
      standing,
      asked({ evidence: { 'doc:id_card': 'x' } }),
      'evidence_changed',
    ],
    ['is not asked what stands', standing, asked(), undefined],
    ['is not asked for less', standing, asked({ scopes: ['openid'], evidence: {} }), undefined],
    ['is not asked again what was refused', standing, asked({ scopes: ['openid', 'email'] }), undefined],
    [
      'is not asked again about single claims',
      standing,
      asked({ claims: ['phone_number', 'address'] }),
      undefined,
    ],
    ['is not asked because a registry is away', standing, asked({ evidence: {} }), undefined],
    [
      'is not asked about a change in a document refused',
      { ...standing, refused: ['doc:residence'] },
      asked({ evidence: { 'doc:id_card': 'fingerprint', 'doc:residence': 'new' } }),
      undefined,
    ],
  ])('%s', (_, decision, request, reason) => {
    expect(consentReason(decision, request, now)).toBe(reason);
  });

  it('is told the one reason that matters most', () => {
    const everything = asked({ scopes: ['openid', 'phone'], evidence: { 'doc:id_card': 'x' } });
    const expired = { ...standing, expires_at: now - 1 };
    expect(consentReason({ ...expired, withdrawn_at: now - 2 }, everything, now)).toBe('withdrawn');
    expect(consentReason(expired, everything, now)).toBe('expired');
    expect(consentReason(standing, everything, now)).toBe('more_asked');
  });
});
