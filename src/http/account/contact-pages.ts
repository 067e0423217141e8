import type { ContactConfirmation } from '../../authentication/contact-confirmation.ts';
import { formatMoment } from '../../messages/format.ts';
import { translator } from '../../messages/translate.ts';
import { type ContactKind, contactOf } from '../../subject/contact.ts';
import type { ContactChanges, StandingChange } from '../../subject/contact-changes.ts';
import { textField } from '../context.ts';
import { goOn } from '../interaction/sign-in-steps.ts';
import { languageOf } from '../language.ts';
import { type FieldProblem, fieldErrors } from '../pages/field-problems.ts';
import type { ShowPage } from '../show-page.ts';
import type { ContactClosedPage } from './contact-page-models.ts';
import { contactPath, contactShown, currentContact, spanShown } from './contact-shown.ts';
import { closedTo, type FactorsParts } from './factors-parts.ts';
import type { Visit } from './visit.ts';

export interface ContactParts extends Pick<FactorsParts, 'clock' | 'rules'> {
  readonly contactChanges: ContactChanges;
  readonly contactConfirmation: ContactConfirmation;
  /** How long a change waits, in seconds. */
  readonly contactCooling: number;
  /** Whether text messages leave. */
  readonly textsLeave: boolean;
  readonly show: ShowPage;
}

/** One request for one of the two. */
export interface ContactVisit {
  readonly visit: Visit;
  readonly what: ContactKind;
}

/** Why nothing can be changed here now; whoever cannot prove the old address is helped at a counter. */
export function closedBy(
  parts: ContactParts,
  { visit, what }: ContactVisit,
): ContactClosedPage['cause'] | undefined {
  const { kind } = contactOf(visit.person.subject, what);
  if (what === 'phone' && !parts.textsLeave) return 'no_texts';
  if (kind === 'unconfirmed') return 'unconfirmed';
  // Nothing of before confirms the new one, so that a second factor has to.
  if (kind === 'none' && visit.level < 2) return 'never_set';
  return closedTo(parts, visit);
}

/** Whatever stands: codes to type, a change that waits, or the form for another address. */
export async function showContact(
  parts: ContactParts,
  at: ContactVisit,
  problems: readonly FieldProblem[] = [],
): Promise<void> {
  const { visit, what } = at;
  const standing = await parts.contactChanges.standing(visit.person.id, what);
  // The visit still has the address of before.
  if (standing?.state === 'applied') return goOn(visit.ctx, contactPath(what));
  if (standing?.state === 'cooling') return showPending(parts, at, standing);
  const cause = closedBy(parts, at);
  if (cause !== undefined) return showClosed(parts, at, cause);
  if (standing?.state === 'asked' && !problems.some(isAboutAddress))
    return showCodes(parts, at, standing, problems);
  showForm(parts, at, problems);
}

const isAboutAddress = (problem: FieldProblem): boolean => /^(email|phone)_/.test(problem);

const currentOf = ({ visit, what }: ContactVisit) => {
  const current = currentContact(visit.person.subject, what);
  return current === undefined ? {} : { current };
};

function showForm(parts: ContactParts, at: ContactVisit, problems: readonly FieldProblem[]): void {
  const { visit, what } = at;
  const t = translator(languageOf(visit.ctx));
  const page = {
    tab: 'profile',
    what,
    action: contactPath(what),
    ...currentOf(at),
    typed: textField(visit.ctx, what),
    wait: spanShown(parts.contactCooling, t),
    cancelled: visit.ctx.query.cancelled !== undefined,
    errors: fieldErrors(t, problems),
  } as const;
  parts.show(visit.ctx, 'account/contact', page, problems.length > 0 ? 422 : 200);
}

function showCodes(
  parts: ContactParts,
  { visit, what }: ContactVisit,
  asked: Extract<StandingChange, { state: 'asked' }>,
  problems: readonly FieldProblem[],
): void {
  const t = translator(languageOf(visit.ctx));
  const path = contactPath(what);
  const page = {
    tab: 'profile',
    what,
    action: `${path}/codes`,
    againAction: `${path}/again`,
    cancelAction: `${path}/cancel`,
    change: asked.id,
    to: contactShown(what, asked.to),
    ...(asked.old_proved || asked.from === undefined ? {} : { from: contactShown(what, asked.from) }),
    wait: spanShown(parts.contactCooling, t),
    errors: fieldErrors(t, problems),
  } as const;
  parts.show(visit.ctx, 'account/contact-codes', page, problems.length > 0 ? 422 : 200);
}

function showPending(
  parts: ContactParts,
  at: ContactVisit,
  { due, to }: Extract<StandingChange, { state: 'cooling' }>,
): void {
  const { visit, what } = at;
  parts.show(visit.ctx, 'account/contact-pending', {
    tab: 'profile',
    what,
    cancelAction: `${contactPath(what)}/cancel`,
    ...currentOf(at),
    to: contactShown(what, to),
    due: formatMoment(due),
  });
}

function showClosed(parts: ContactParts, at: ContactVisit, cause: ContactClosedPage['cause']): void {
  const page = { tab: 'profile', what: at.what, ...currentOf(at), cause } as const;
  parts.show(at.visit.ctx, 'account/contact-closed', page, 403);
}
