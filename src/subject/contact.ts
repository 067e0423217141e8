import type { MailRecipient } from '../outbox/letter.ts';
import { isMailAddress } from '../outbox/mail-address.ts';
import { isMobileNumber } from '../outbox/phone-number.ts';
import type { Subject } from './subject.ts';

/** By what a person is reached. */
export const contactKinds = ['email', 'phone'] as const;
export type ContactKind = (typeof contactKinds)[number];

/** `unconfirmed`: nobody has shown that it is read by the person, or nothing can be sent there. */
export type Contact =
  | { readonly kind: 'confirmed'; readonly address: string }
  | { readonly kind: 'unconfirmed'; readonly address: string }
  | { readonly kind: 'none' };

const contact = (address: string, confirmed: boolean): Contact => ({
  kind: confirmed ? 'confirmed' : 'unconfirmed',
  address,
});

/** The e-mail address or phone number on record. */
export function contactOf({ email, phone }: Subject, what: ContactKind): Contact {
  if (what === 'email')
    return email ? contact(email.address, email.verified && isMailAddress(email.address)) : { kind: 'none' };
  return phone ? contact(phone.number, phone.verified && isMobileNumber(phone.number)) : { kind: 'none' };
}

/** The confirmed one, if there is one. */
export function confirmedContact(subject: Subject, what: ContactKind): string | undefined {
  const found = contactOf(subject, what);
  return found.kind === 'confirmed' ? found.address : undefined;
}

/** To whom letters about the account go; undefined where no address is confirmed. */
export function mailRecipientOf(subject: Subject): MailRecipient | undefined {
  const address = confirmedContact(subject, 'email');
  return address === undefined ? undefined : { address, name: subject.name };
}

/** With another address. */
export const withContact = (
  subject: Subject,
  what: ContactKind,
  address: string,
  verified = true,
): Subject =>
  what === 'email'
    ? { ...subject, email: { address, verified } }
    : { ...subject, phone: { number: address, verified } };
