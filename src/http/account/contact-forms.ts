import { isMailAddress } from '../../outbox/mail-address.ts';
import { normalizeMobileNumber } from '../../outbox/phone-number.ts';
import { type ContactKind, confirmedContact } from '../../subject/contact.ts';
import type { ContactOwner } from '../../subject/contact-changes.ts';
import { textField } from '../context.ts';
import { goOn } from '../interaction/sign-in-steps.ts';
import { languageOf } from '../language.ts';
import type { FieldProblem } from '../pages/field-problems.ts';
import { type ContactParts, type ContactVisit, showContact } from './contact-pages.ts';
import { contactPath } from './contact-shown.ts';
import type { Visit } from './visit.ts';
import { showWait } from './wait.ts';

const ownerOf = ({ ctx, person }: Visit): ContactOwner => ({ ...person, language: languageOf(ctx) });

function normalized(what: ContactKind, typed: string): string | undefined {
  if (what === 'phone') return normalizeMobileNumber(typed);
  const address = typed.trim();
  return isMailAddress(address) ? address : undefined;
}

/** Sends the codes for another address: the one typed, or `given`. Whether somebody else has it is nobody's business. */
export async function takeAddress(parts: ContactParts, at: ContactVisit, given?: string): Promise<void> {
  const { visit, what } = at;
  const typed = given ?? textField(visit.ctx, what);
  if (typed.trim() === '') return showContact(parts, at, [`${what}_missing`]);
  const to = normalized(what, typed);
  if (to === undefined) return showContact(parts, at, [`${what}_malformed`]);
  const present = confirmedContact(visit.person.subject, what);
  if (to.toLowerCase() === present?.toLowerCase()) return showContact(parts, at, [`${what}_same`]);
  const outcome = await parts.contactConfirmation.ask(ownerOf(visit), what, to);
  if (outcome.kind === 'throttled') return showWait(parts, visit, outcome.retryAt, contactPath(what));
  goOn(visit.ctx, contactPath(what));
}

const WRONG = { old: 'old_code_wrong', new: 'new_code_wrong' } as const;

/** Takes the codes of both sides; the change waits from then on. */
export async function takeCodes(parts: ContactParts, at: ContactVisit): Promise<void> {
  const { visit, what } = at;
  const { ctx, person } = visit;
  const path = contactPath(what);
  const standing = await parts.contactChanges.standing(person.id, what);
  if (standing?.state !== 'asked') return goOn(ctx, path);
  const old = textField(ctx, 'old_code').trim();
  const next = textField(ctx, 'new_code').trim();
  const missing: FieldProblem[] = [
    ...(old === '' && !standing.old_proved ? (['old_code_missing'] as const) : []),
    ...(next === '' ? (['new_code_missing'] as const) : []),
  ];
  if (missing.length > 0) return showContact(parts, at, missing);
  const typed = { change: textField(ctx, 'change'), old, next, address: ctx.ip };
  const outcome = await parts.contactConfirmation.prove(ownerOf(visit), what, typed);
  if (outcome.kind === 'throttled') return showWait(parts, visit, outcome.retryAt, path);
  if (outcome.kind === 'old' || outcome.kind === 'new') return showContact(parts, at, [WRONG[outcome.kind]]);
  goOn(ctx, path);
}
