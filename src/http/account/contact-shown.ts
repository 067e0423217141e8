import { formatMoment } from '../../messages/format.ts';
import { type Translate, translator } from '../../messages/translate.ts';
import { domesticNumber } from '../../outbox/phone-number.ts';
import { type ContactKind, contactOf } from '../../subject/contact.ts';
import type { ContactChanges } from '../../subject/contact-changes.ts';
import type { Subject } from '../../subject/subject.ts';
import { languageOf } from '../language.ts';
import type { TaskShown } from './page-models.ts';
import type { Visit } from './visit.ts';

/** Where an e-mail address or a phone number is changed. */
export const contactPath = (what: ContactKind): string => `/account/contact/${what}`;

/** An address as people read it. */
export const contactShown = (what: ContactKind, address: string): string =>
  what === 'phone' ? domesticNumber(address) : address;

/** What is on record; undefined for nothing. */
export function currentContact(subject: Subject, what: ContactKind): string | undefined {
  const contact = contactOf(subject, what);
  return contact.kind === 'none' ? undefined : contactShown(what, contact.address);
}

/** Seconds in words: whole hours, else minutes. */
export const spanShown = (seconds: number, t: Translate): string =>
  seconds >= 3600
    ? t('contact.hours', { count: Math.ceil(seconds / 3600) })
    : t('contact.minutes', { count: Math.ceil(seconds / 60) });

/** Changes that wait, for pages that tell of what there is to do. */
export async function contactTasks(
  contactChanges: Pick<ContactChanges, 'pending'>,
  { ctx, person }: Visit,
): Promise<TaskShown[]> {
  const t = translator(languageOf(ctx));
  const pending = await contactChanges.pending(person.id);
  return pending.map(({ due, to, what }) => ({
    title: t(`contact.task.${what}`),
    text: t('contact.task.text', { to: contactShown(what, to), due: formatMoment(due) }),
    state: 'caution',
    link: { href: contactPath(what), label: t('contact.task.link') },
  }));
}
