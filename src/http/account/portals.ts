import type { Clock } from '../../clock/clock.ts';
import { type Consent, stands } from '../../consent/consent.ts';
import type { Consents } from '../../consent/consents.ts';
import { agreedScopes } from '../../consent/without-scope.ts';
import { scopeNamed } from '../../documents/catalogue.ts';
import { formatDay } from '../../messages/format.ts';
import { translator } from '../../messages/translate.ts';
import { ACCOUNT_PORTAL } from '../../oidc/account-portal.ts';
import type { Withdrawals } from '../../oidc/withdrawal.ts';
import type { RelyingPartyRegistry } from '../../relying-party/registry.ts';
import type { RelyingParty } from '../../relying-party/relying-party.ts';
import { goOn } from '../interaction/sign-in-steps.ts';
import { languageOf } from '../language.ts';
import { Refused } from '../refusal.ts';
import type { ShowPage } from '../show-page.ts';
import { namesOf } from './activity-rows.ts';
import type { PortalPage } from './page-models.ts';
import type { PortalNames } from './portal-names.ts';
import type { AccountSection } from './sections.ts';
import type { Visit } from './visit.ts';

export interface PortalsParts {
  readonly clock: Clock;
  readonly consents: Consents;
  readonly portalNames: PortalNames;
  readonly registry: Pick<RelyingPartyRegistry, 'get' | 'former'>;
  readonly withdrawals: Withdrawals;
  readonly show: ShowPage;
}

const PATH = '/account/portals';
const portalPath = (clientId: string): string => `${PATH}/${encodeURIComponent(clientId)}`;
const withdrawPath = (clientId: string, scope?: string): string =>
  `${portalPath(clientId)}/withdraw${scope === undefined ? '' : `?scope=${encodeURIComponent(scope)}`}`;

/** Which portal may see what, and the way to end that. */
export const portalsSection = (parts: PortalsParts): AccountSection => ({
  settings: [{ href: PATH, label: 'accountPortals.title' }],
  routes(pages) {
    pages.page('/portals', { level: 1 }, (visit) => showPortals(parts, visit));
    pages.page('/portals/:portal', { level: 1 }, (visit) => showPortal(parts, visit));
    pages.page('/portals/:portal/withdraw', { level: 'highest' }, (visit) => askWithdraw(parts, visit));
    pages.form('/portals/:portal/withdraw', { level: 'highest' }, (visit) => withdraw(parts, visit));
  },
});

/** Decisions that stand; the account's own pages need none. */
const isConnected = (consent: Consent, now: number): boolean =>
  stands(consent, now) && consent.relying_party !== ACCOUNT_PORTAL;

/** What the portal of a decision is registered as, or was until it was removed. */
const registered = async (
  registry: PortalsParts['registry'],
  { relying_party }: Consent,
): Promise<RelyingParty | undefined> => (await registry.get(relying_party)) ?? registry.former(relying_party);

async function showPortals(parts: PortalsParts, { ctx, person }: Visit): Promise<void> {
  const { clock, consents, portalNames, registry, show } = parts;
  const language = languageOf(ctx);
  const t = translator(language);
  const standing = (await consents.list(person.id)).filter((one) => isConnected(one, clock.now()));
  const portals = await Promise.all(
    standing
      .toSorted((a, b) => b.decided_at - a.decided_at)
      .map(async (consent) => ({
        name: await portalNames(consent.relying_party, language),
        organization: (await registered(registry, consent))?.organization ?? '',
        since: formatDay(consent.decided_at),
        summary: namesOf(agreedScopes(consent), language).join(', ') || t('accountPortals.seesNothing'),
        href: portalPath(consent.relying_party),
      })),
  );
  show(ctx, 'account/portals', { tab: 'profile', portals });
}

/** The standing decision about the portal of the address. */
async function consentOf({ clock, consents }: PortalsParts, { params, person }: Visit): Promise<Consent> {
  const consent = await consents.find(person.id, params.portal ?? '');
  if (consent === undefined || !isConnected(consent, clock.now())) throw new Refused('not_found');
  return consent;
}

async function showPortal(parts: PortalsParts, visit: Visit): Promise<void> {
  const consent = await consentOf(parts, visit);
  const language = languageOf(visit.ctx);
  const relyingParty = await registered(parts.registry, consent);
  parts.show(visit.ctx, 'account/portal', {
    tab: 'profile',
    name: await parts.portalNames(consent.relying_party, language),
    organization: relyingParty?.organization ?? '',
    since: formatDay(consent.decided_at),
    until: formatDay(consent.expires_at),
    items: agreedScopes(consent).map((scope) => ({
      ...itemOf(consent, scope, language),
      required: relyingParty?.scopes[scope]?.required ?? false,
    })),
    withdrawAll: withdrawPath(consent.relying_party),
  });
}

function itemOf(
  consent: Consent,
  scope: string,
  language: 'vi' | 'en',
): Omit<PortalPage['items'][number], 'required'> {
  const known = scopeNamed(scope);
  const whole = consent.granted.includes(scope);
  const fields = known?.fields.filter(({ name }) => whole || consent.claims.includes(name)) ?? [];
  const purpose = consent.purposes[scope];
  return {
    label: namesOf([scope], language)[0] ?? scope,
    fields: fields.map(({ label }) => label[language]).join(', '),
    ...(purpose === undefined ? {} : { purpose }),
    sensitive: known?.sensitive ?? false,
    withdraw: withdrawPath(consent.relying_party, scope),
  };
}

/** The scope that the address names; undefined where it names none, and everything is meant. */
function scopeIn({ ctx }: Visit, consent: Consent): string | undefined {
  const { scope } = ctx.query;
  if (scope === undefined) return undefined;
  if (typeof scope !== 'string' || !agreedScopes(consent).includes(scope)) throw new Refused('not_found');
  return scope;
}

async function askWithdraw(parts: PortalsParts, visit: Visit): Promise<void> {
  const consent = await consentOf(parts, visit);
  const scope = scopeIn(visit, consent);
  const language = languageOf(visit.ctx);
  const relyingParty = await parts.registry.get(consent.relying_party);
  const item = scope === undefined ? undefined : namesOf([scope], language)[0];
  parts.show(visit.ctx, 'account/withdraw', {
    tab: 'profile',
    name: await parts.portalNames(consent.relying_party, language),
    action: withdrawPath(consent.relying_party, scope),
    ...(item === undefined ? {} : { item }),
    required: scope !== undefined && relyingParty?.scopes[scope]?.required === true,
    back: portalPath(consent.relying_party),
  });
}

/** A second click finds nothing left to take back and goes on like the first. */
async function withdraw({ withdrawals }: PortalsParts, visit: Visit): Promise<void> {
  const { ctx, params, person } = visit;
  const { scope } = ctx.query;
  const portal = params.portal ?? '';
  if (scope === undefined) {
    await withdrawals.all(person.id, portal);
    return goOn(ctx, PATH);
  }
  if (typeof scope !== 'string') throw new Refused('not_found');
  await withdrawals.scope(person.id, portal, scope);
  goOn(ctx, portalPath(portal));
}
