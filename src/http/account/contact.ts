import { translator } from '../../messages/translate.ts';
import { type ContactKind, contactKinds, contactOf } from '../../subject/contact.ts';
import { goOn } from '../interaction/sign-in-steps.ts';
import { languageOf } from '../language.ts';
import { takeAddress, takeCodes } from './contact-forms.ts';
import { type ContactParts, type ContactVisit, closedBy, showContact } from './contact-pages.ts';
import { contactPath, currentContact } from './contact-shown.ts';
import { CHANGES } from './factors-parts.ts';
import type { AccountSection } from './sections.ts';
import type { AccountPages, Visit } from './visit.ts';

/** How the person is reached, and the changes of it. */
export const contactSection = (parts: ContactParts): AccountSection => ({
  settings: contactKinds.map((what) => ({
    href: contactPath(what),
    label: `contact.${what}.row`,
    value: (visit) => standing(visit, what),
  })),
  routes(pages) {
    for (const what of contactKinds) contactRoutes(parts, pages, what);
  },
});

function standing({ ctx, person }: Visit, what: ContactKind): string {
  const t = translator(languageOf(ctx));
  const value = currentContact(person.subject, what);
  if (value === undefined) return t('accountProfile.none');
  return contactOf(person.subject, what).kind === 'confirmed'
    ? value
    : t('accountProfile.unconfirmed', { value });
}

function contactRoutes(parts: ContactParts, pages: AccountPages, what: ContactKind): void {
  const path = `/contact/${what}`;
  const way = (handler: (parts: ContactParts, at: ContactVisit) => Promise<void>) => (visit: Visit) =>
    handler(parts, { visit, what });
  const back = ({ ctx }: Visit) => goOn(ctx, contactPath(what));
  const changing = (handler: (parts: ContactParts, at: ContactVisit) => Promise<void>) =>
    way((_, at) => (closedBy(parts, at) === undefined ? handler(parts, at) : showContact(parts, at)));
  pages.page(path, CHANGES, way(showContact));
  pages.form(path, CHANGES, changing(takeAddress));
  for (const part of ['codes', 'again', 'cancel']) pages.page(`${path}/${part}`, CHANGES, back);
  pages.form(`${path}/codes`, CHANGES, changing(takeCodes));
  pages.form(`${path}/again`, CHANGES, changing(sendAgain));
  pages.form(`${path}/cancel`, CHANGES, way(cancel));
}

/** The same change once more: the codes of before are void. */
async function sendAgain(parts: ContactParts, at: ContactVisit): Promise<void> {
  const standing = await parts.contactChanges.standing(at.visit.person.id, at.what);
  if (standing?.state !== 'asked') return goOn(at.visit.ctx, contactPath(at.what));
  return takeAddress(parts, at, standing.to);
}

async function cancel({ contactChanges }: ContactParts, { visit, what }: ContactVisit): Promise<void> {
  const cancelled = await contactChanges.cancel(visit.person.id, what);
  goOn(visit.ctx, `${contactPath(what)}${cancelled ? '?cancelled' : ''}`);
}
