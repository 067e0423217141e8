import {
  judgePassword,
  leastCharacters,
  type PasswordContext,
  type PasswordProblem,
} from '../../authentication/password-rules.ts';
import { translator } from '../../messages/translate.ts';
import { textField } from '../context.ts';
import { languageOf } from '../language.ts';
import { type FieldProblem, fieldErrors } from '../pages/field-problems.ts';
import { CHANGES, endOthers, type FactorsParts, ownerOf } from './factors-parts.ts';
import type { AccountPages, Visit } from './visit.ts';
import { showWait } from './wait.ts';

const PATH = '/account/password';

/** To change the password: the present one proves that it is the person, whatever the session says. */
export function passwordRoutes(parts: FactorsParts, pages: AccountPages): void {
  pages.page('/password', CHANGES, (visit) => showPassword(parts, visit));
  pages.form('/password', CHANGES, (visit) => takePassword(parts, visit));
}

/** What a page says of a password that will not do. */
export const problemOf: Readonly<Record<PasswordProblem | 'same', FieldProblem>> = {
  too_short: 'new_password_short',
  too_long: 'new_password_long',
  common: 'new_password_common',
  personal: 'new_password_personal',
  same: 'new_password_same',
};

async function contextOf(parts: FactorsParts, { person }: Visit): Promise<PasswordContext> {
  const { passkeys = [], totp } = await parts.credentials.get(person.id);
  const secondFactor = passkeys.length > 0 || totp !== undefined;
  return { rules: parts.passwordRules, secondFactor, subject: person.subject };
}

async function showPassword(
  parts: FactorsParts,
  visit: Visit,
  problems: readonly FieldProblem[] = [],
): Promise<void> {
  const { ctx } = visit;
  const context = await contextOf(parts, visit);
  const next = textField(ctx, 'new_password');
  const page = {
    tab: 'profile',
    action: PATH,
    least: leastCharacters(context),
    secondFactor: context.secondFactor,
    ...(next === '' ? {} : { strength: judgePassword(next, context).strength }),
    errors: fieldErrors(translator(languageOf(ctx)), problems),
  } as const;
  parts.show(ctx, 'account/password', page, problems.length > 0 ? 422 : 200);
}

async function takePassword(parts: FactorsParts, visit: Visit): Promise<void> {
  const { ctx } = visit;
  const current = textField(ctx, 'password');
  const next = textField(ctx, 'new_password');
  const missing: FieldProblem[] = [
    ...(current === '' ? (['password_missing'] as const) : []),
    ...(next === '' ? (['new_password_missing'] as const) : []),
  ];
  if (missing.length > 0) return showPassword(parts, visit, missing);
  const outcome = await parts.passwords.change(ownerOf(visit), { current, next, address: ctx.ip });
  if (outcome.kind === 'unfit') return showPassword(parts, visit, [problemOf[outcome.problem]]);
  if (outcome.kind === 'current_wrong') return showPassword(parts, visit, ['password_wrong']);
  if (outcome.kind === 'throttled') return showWait(parts, visit, outcome.retryAt, PATH);
  await endOthers(parts, visit);
  parts.show(ctx, 'account/password-changed', { tab: 'profile', strength: outcome.strength });
}
