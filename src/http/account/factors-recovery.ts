import { formatMoment } from '../../messages/format.ts';
import { type Translate, translator } from '../../messages/translate.ts';
import { goOn } from '../interaction/sign-in-steps.ts';
import { languageOf } from '../language.ts';
import { CHANGES, changing, endOthers, FACTORS, type FactorsParts, ownerOf } from './factors-parts.ts';
import type { AccountPages, Visit } from './visit.ts';

const PATH = '/factors/recovery-codes';

/** New recovery codes in the place of the old ones. */
export function recoveryRoutes(parts: FactorsParts, pages: AccountPages): void {
  pages.page(
    PATH,
    CHANGES,
    changing(parts, (visit) => askRenewal(parts, visit)),
  );
  pages.form(
    PATH,
    CHANGES,
    changing(parts, (visit) => renew(parts, visit)),
  );
}

async function askRenewal({ credentials, show }: FactorsParts, { ctx, person }: Visit): Promise<void> {
  const { passkeys = [], recovery_codes, totp } = await credentials.get(person.id);
  if (passkeys.length === 0 && totp === undefined) return goOn(ctx, FACTORS);
  show(ctx, 'account/recovery-codes', {
    tab: 'profile',
    action: `/account${PATH}`,
    ...(recovery_codes === undefined ? {} : { left: recovery_codes.hashes.length }),
  });
}

async function renew(parts: FactorsParts, visit: Visit): Promise<void> {
  const codes = await parts.factors.renewRecoveryCodes(ownerOf(visit));
  if (codes === undefined) return goOn(visit.ctx, FACTORS);
  await endOthers(parts, visit);
  showNewCodes(parts, visit, codes);
}

/**
 * The one time that the codes are shown: the answer to the form that made them, which no address gives again. Whoever
 * sends that form anew gets others, and these are void.
 */
export function showNewCodes({ clock, show }: FactorsParts, { ctx }: Visit, codes: readonly string[]): void {
  const file = fileOf(translator(languageOf(ctx)), codes, clock.now());
  show(ctx, 'account/recovery-codes-new', { tab: 'profile', codes, file });
}

/** The codes as a text file, in an address: nothing of ours keeps them. */
export function fileOf(t: Translate, codes: readonly string[], now: number): string {
  const moment = formatMoment(now);
  const lines = [t('factors.fileTitle', { moment }), '', ...codes, '', t('factors.codesOnce')];
  // A byte order mark, so that old editors read Vietnamese.
  return `data:text/plain;charset=utf-8,${encodeURIComponent(`\ufeff${lines.join('\r\n')}\r\n`)}`;
}
