import { formatDay } from '../../messages/format.ts';
import { translator } from '../../messages/translate.ts';
import { languageOf } from '../language.ts';
import { closedTo, FACTORS, type FactorsParts } from './factors-parts.ts';
import { passkeyRoutes, passkeyShown } from './factors-passkey.ts';
import { recoveryRoutes } from './factors-recovery.ts';
import { totpRoutes } from './factors-totp.ts';
import { passwordRoutes } from './password.ts';
import type { AccountSection } from './sections.ts';
import type { Visit } from './visit.ts';

/** What the person signs in with. */
export const factorsSection = (parts: FactorsParts): AccountSection => ({
  settings: [{ href: FACTORS, label: 'factors.title', value: (visit) => summary(parts, visit) }],
  routes(pages) {
    pages.page('/factors', { level: 1 }, (visit) => showFactors(parts, visit));
    passwordRoutes(parts, pages);
    passkeyRoutes(parts, pages);
    totpRoutes(parts, pages);
    recoveryRoutes(parts, pages);
  },
});

async function summary({ credentials }: FactorsParts, { ctx, person }: Visit): Promise<string> {
  const t = translator(languageOf(ctx));
  const { passkeys = [], totp } = await credentials.get(person.id);
  const names = [
    t('factors.password'),
    ...(passkeys.length > 0 ? [t('factors.passkeysShort')] : []),
    ...(totp === undefined ? [] : [t('factors.totp')]),
  ];
  return names.join(', ');
}

async function showFactors(parts: FactorsParts, visit: Visit): Promise<void> {
  const { ctx, person } = visit;
  const { passkeys = [], password, recovery_codes, totp } = await parts.credentials.get(person.id);
  const closed = closedTo(parts, visit);
  parts.show(ctx, 'account/factors', {
    tab: 'profile',
    ...(password === undefined ? {} : { passwordChanged: dayOf(password.changed_at) }),
    passkeys: passkeys.map(passkeyShown),
    ...(totp === undefined ? {} : { totpSince: dayOf(totp.enrolled_at) }),
    ...(recovery_codes === undefined ? {} : { recoveryCodes: recovery_codes.hashes.length }),
    ...(closed === undefined ? {} : { closed }),
  });
}

const dayOf = (moment: string): string => formatDay(Date.parse(moment));
