import type { AssuranceRules } from '../../authentication/assurance.ts';
import type { Reach } from '../../authentication/reach.ts';
import { type Clock, MINUTE, SECOND } from '../../clock/clock.ts';
import { documentScopes } from '../../documents/catalogue.ts';
import { describeRecord } from '../../documents/describe-record.ts';
import type { Holdings } from '../../documents/holdings.ts';
import { releaseDocument } from '../../documents/release.ts';
import type { DocumentHolding, DocumentScope } from '../../documents/scope.ts';
import { formatMoment } from '../../messages/format.ts';
import { translator } from '../../messages/translate.ts';
import { goOn } from '../interaction/sign-in-steps.ts';
import { languageOf } from '../language.ts';
import { Refused } from '../refusal.ts';
import type { ShowPage } from '../show-page.ts';
import type { WalletCard } from './page-models.ts';
import type { AccountSection } from './sections.ts';
import type { Visit } from './visit.ts';
import { recordShown } from './wallet-facts.ts';

export interface WalletParts {
  readonly clock: Clock;
  readonly holdings: Holdings;
  readonly rules: AssuranceRules;
  readonly show: ShowPage;
}

const PATH = '/account/wallet';
/** Asks for level 2 and leads to the wallet. */
export const WALLET_OPEN = `${PATH}/open`;

/** The papers, for who has proved level 2 within its window; to anybody else the wallet is closed. */
export const walletSection = (parts: WalletParts): AccountSection => ({
  routes(pages) {
    pages.page('/wallet', { level: 1 }, (visit) =>
      visit.level === 2 ? showWallet(parts, visit) : showClosed(parts, visit),
    );
    pages.page('/wallet/open', { level: 2 }, ({ ctx }) => goOn(ctx, PATH));
    pages.page('/wallet/:document', { level: 2 }, (visit) => showDocument(parts, visit));
  },
});

const minutesOf = ({ rules }: Pick<WalletParts, 'rules'>): number =>
  Math.round((rules.idle * SECOND) / MINUTE);

/** Why this account opens no page of level 2, and what can be done about it. */
export function levelTooLow(
  parts: Pick<WalletParts, 'rules' | 'show'>,
  visit: Visit,
  { cause }: Exclude<Reach, { level: 2 }>,
  status = 403,
): void {
  const t = translator(languageOf(visit.ctx));
  const why = t(`tooLow.${cause}`);
  const advice = t(`tooLow.${cause}.advice`);
  const minutes = minutesOf(parts);
  parts.show(visit.ctx, 'account/wallet-closed', { tab: 'wallet', minutes, why, advice }, status);
}

function showClosed(parts: WalletParts, visit: Visit): void {
  const minutes = minutesOf(parts);
  if (visit.reach.level === 1) levelTooLow(parts, visit, visit.reach, 200);
  else parts.show(visit.ctx, 'account/wallet-closed', { tab: 'wallet', minutes, open: WALLET_OPEN });
}

async function showWallet(parts: WalletParts, visit: Visit): Promise<void> {
  const { subject } = visit.person;
  const scopes = documentScopes.filter(({ holders }) => holders.includes(subject.holder_type));
  const cards = await Promise.all(scopes.map((scope) => cardOf(parts, visit, scope)));
  parts.show(visit.ctx, 'account/wallet', { tab: 'wallet', minutes: minutesOf(parts), cards });
}

async function cardOf(
  { clock, holdings }: WalletParts,
  { ctx, person }: Visit,
  scope: DocumentScope,
): Promise<WalletCard> {
  const language = languageOf(ctx);
  const holding = await holdings.get(person.id, scope.scope);
  return {
    title: scope.label[language],
    href: `${PATH}/${scope.claim}`,
    ...aboutHolding(scope, holding, ctx),
    records: releaseDocument(scope, holding, person.subject, clock.now()).map((released) =>
      describeRecord(scope, released, language),
    ),
  };
}

const aboutHolding = (scope: DocumentScope, holding: DocumentHolding | undefined, ctx: Visit['ctx']) => ({
  issuer: scope.issuer[languageOf(ctx)],
  sensitive: scope.sensitive,
  ...(holding === undefined ? {} : { syncedAt: formatMoment(Date.parse(holding.synced_at)) }),
});

async function showDocument({ clock, holdings, show }: WalletParts, visit: Visit): Promise<void> {
  const { ctx, params, person } = visit;
  const language = languageOf(ctx);
  const scope = documentScopes.find(
    ({ claim, holders }) => claim === params.document && holders.includes(person.subject.holder_type),
  );
  if (scope === undefined) throw new Refused('not_found');
  const holding = await holdings.get(person.id, scope.scope);
  const released = releaseDocument(scope, holding, person.subject, clock.now());
  show(ctx, 'account/wallet-document', {
    tab: 'wallet',
    title: scope.label[language],
    ...aboutHolding(scope, holding, ctx),
    records: released.map((one) => recordShown(scope, one, language)),
  });
}
