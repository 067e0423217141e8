import { DAY } from '../../../src/clock/clock.ts';
import type { Letter } from '../../../src/outbox/letter.ts';
import type { Waiting } from '../../../src/outbox/outbox.ts';

export const issuer = 'https://id.tinhmau.example';
const at = Date.UTC(2026, 10, 21, 3, 5);
export const expiresAt = at + DAY;

const portal = { vi: 'Cổng dịch vụ công Sở Mẫu', en: 'Sample Department public services' };
const device = { vi: 'Chrome trên Android', en: 'Chrome on Android' };
const documents = [
  { vi: 'Thẻ căn cước', en: 'Identity card' },
  { vi: 'Giấy phép lái xe', en: 'Driving licence' },
];
const link = `${issuer}/khong-phai-toi/8Jx0vT2m`;

/** One letter of each kind, and those that differ within one. */
export const letters: readonly Letter[] = [
  { kind: 'new_sign_in', values: { at, portal, device, place: { vi: 'Việt Nam', en: 'Vietnam' }, link } },
  { kind: 'code', values: { code: '482913', purpose: 'new_device' } },
  { kind: 'activation_link', values: { link: `${issuer}/kich-hoat/8Jx0vT2m` } },
  { kind: 'account_activated', values: { at } },
  { kind: 'password_changed', values: { at, device, link } },
  { kind: 'password_changed', values: { at } },
  { kind: 'factor_changed', values: { at, change: 'passkey_added', link } },
  { kind: 'account_locked', values: { at, cause: 'too_many_failures' } },
  { kind: 'contact_change', values: { at, due: at + 3 * DAY, what: 'email', link } },
  { kind: 'contact_change', values: { at, due: at + 3 * DAY, what: 'phone' } },
  { kind: 'address_changed', values: { at, what: 'email' } },
  {
    kind: 'document_expiring',
    values: { document: { vi: 'Giấy phép lái xe', en: 'Driving licence' }, expires: '2026-12-20' },
  },
  { kind: 'sign_in', values: { at, portal, device } },
  { kind: 'consent_given', values: { at, portal, items: documents, link: `${issuer}/account/portals` } },
  { kind: 'consent_withdrawn', values: { at, portal, items: documents, link: `${issuer}/account/portals` } },
  { kind: 'consent_withdrawn', values: { at, portal, items: [], link: `${issuer}/account/portals` } },
];

/** A letter as it waits in the outbox. */
export const waiting = (letter: Letter, other: Partial<Waiting> = {}): Waiting => ({
  letter,
  to: { address: 'bich.ngoc@congdan.example', name: 'Nguyễn Thị Bích Ngọc' },
  language: 'vi',
  messageId: '<0123456789abcdef@id.tinhmau.example>',
  at,
  due: at,
  failures: 0,
  ...other,
});
