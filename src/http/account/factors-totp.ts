import { create } from 'qrcode';
import { normalizeTotpCode } from '../../authentication/totp.ts';
import { translator } from '../../messages/translate.ts';
import { textField } from '../context.ts';
import { goOn } from '../interaction/sign-in-steps.ts';
import { languageOf } from '../language.ts';
import { type FieldProblem, fieldErrors } from '../pages/field-problems.ts';
import type { TotpAddPage } from './factor-page-models.ts';
import { CHANGES, changing, endOthers, FACTORS, type FactorsParts, ownerOf } from './factors-parts.ts';
import { lastMeans } from './factors-passkey.ts';
import { showNewCodes } from './factors-recovery.ts';
import type { AccountPages, Visit } from './visit.ts';

const ADD = `${FACTORS}/totp`;

/** To enrol an authenticator app, another one, or none. */
export function totpRoutes(parts: FactorsParts, pages: AccountPages): void {
  const way = (handler: (parts: FactorsParts, visit: Visit) => Promise<void>) =>
    changing(parts, (visit) => handler(parts, visit));
  pages.page(
    '/factors/totp',
    CHANGES,
    way((_, visit) => showTotp(parts, visit)),
  );
  pages.form('/factors/totp', CHANGES, way(addTotp));
  pages.page(
    '/factors/totp/remove',
    CHANGES,
    way((_, visit) => showRemoval(parts, visit)),
  );
  pages.form('/factors/totp/remove', CHANGES, way(removeTotp));
}

async function showTotp(
  { credentials, factors, show }: FactorsParts,
  visit: Visit,
  problems: readonly FieldProblem[] = [],
): Promise<void> {
  const { ctx, person } = visit;
  const { address, secret } = await factors.beginTotp(ownerOf(visit));
  const page = {
    tab: 'profile',
    action: ADD,
    address,
    secret: inGroups(secret),
    qr: drawn(address),
    replaces: (await credentials.get(person.id)).totp !== undefined,
    errors: fieldErrors(translator(languageOf(ctx)), problems),
  } as const;
  show(ctx, 'account/totp-add', page, problems.length > 0 ? 422 : 200);
}

/** A secret as people type it: in groups of four. */
export const inGroups = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ');

/** A QR code as one path: a square for each dark place. */
export function drawn(text: string): TotpAddPage['qr'] {
  const { data, size } = create(text, { errorCorrectionLevel: 'M' }).modules;
  const path = [...data]
    .flatMap((dark, at) => (dark ? [`M${at % size} ${Math.floor(at / size)}h1v1h-1z`] : []))
    .join('');
  return { path, size };
}

async function addTotp(parts: FactorsParts, visit: Visit): Promise<void> {
  const typed = textField(visit.ctx, 'code');
  const code = normalizeTotpCode(typed);
  if (code === undefined) {
    return showTotp(parts, visit, [typed.trim() === '' ? 'code_missing' : 'code_malformed']);
  }
  const outcome = await parts.factors.addTotp(ownerOf(visit), code);
  if (outcome.kind === 'wrong') return showTotp(parts, visit, ['code_wrong']);
  // Nothing under way: the page was opened long ago, or the form was sent a second time.
  if (outcome.kind === 'over') return goOn(visit.ctx, FACTORS);
  await endOthers(parts, visit);
  if (outcome.codes !== undefined) return showNewCodes(parts, visit, outcome.codes);
  goOn(visit.ctx, FACTORS);
}

async function showRemoval(
  { credentials, show }: FactorsParts,
  visit: Visit,
  problems: readonly FieldProblem[] = [],
): Promise<void> {
  const { ctx, person } = visit;
  const { passkeys = [], totp } = await credentials.get(person.id);
  if (totp === undefined) return goOn(ctx, FACTORS);
  const page = {
    tab: 'profile',
    factor: 'totp',
    ...(passkeys.length === 0 ? { last: lastMeans(visit) } : {}),
    action: `${ADD}/remove`,
    errors: fieldErrors(translator(languageOf(ctx)), problems),
  } as const;
  show(ctx, 'account/factor-remove', page, problems.length > 0 ? 422 : 200);
}

async function removeTotp(parts: FactorsParts, visit: Visit): Promise<void> {
  const outcome = await parts.factors.removeTotp(ownerOf(visit));
  if (outcome === 'password_short') return showRemoval(parts, visit, ['factor_needed']);
  if (outcome === 'removed') await endOthers(parts, visit);
  goOn(visit.ctx, FACTORS);
}
