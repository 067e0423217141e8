import { join } from 'node:path';
import { createHistory } from './audit/history.ts';
import { type AuthenticationServices, createAuthentication } from './authentication/authentication.ts';
import { createContactConfirmation } from './authentication/contact-confirmation.ts';
import type { AdminContext } from './cli/admin-context.ts';
import { createPeopleContext } from './cli/person-context.ts';
import { SECOND } from './clock/clock.ts';
import { contactCancelRoutes } from './http/account/contact-cancel.ts';
import { createPortalNames } from './http/account/portal-names.ts';
import { createReturnAddresses } from './http/account/return-address.ts';
import { accountRoutes } from './http/account/routes.ts';
import { createApp } from './http/app.ts';
import { ceremonyRoutes } from './http/ceremony/routes.ts';
import { throttleClients } from './http/client-throttle.ts';
import type { Step } from './http/context.ts';
import { createDeviceCookie } from './http/device-cookie.ts';
import { disownRoutes } from './http/disown/routes.ts';
import { createForms, type Forms } from './http/forms.ts';
import { expiredSignIn } from './http/interaction/expired.ts';
import { createProgressStore } from './http/interaction/progress.ts';
import { interactionRoutes } from './http/interaction/routes.ts';
import { sameBrowser } from './http/interaction/same-browser.ts';
import { loadAssets } from './http/pages/assets.ts';
import { createRenderer } from './http/pages/renderer.ts';
import { createPlaceOf } from './http/place.ts';
import { protocol } from './http/protocol.ts';
import { createProtocolPages } from './http/protocol-pages.ts';
import { createShowPage, type ShowPage } from './http/show-page.ts';
import { startContactChanges } from './jobs/contact-changes.ts';
import type { Deliveries } from './jobs/deliveries.ts';
import { startExpiryNotices } from './jobs/expiry-notices.ts';
import { startHousekeeping } from './jobs/housekeeping.ts';
import { startMail } from './jobs/mail.ts';
import type { Rounds } from './jobs/rounds.ts';
import { createPasswordHasher, type PasswordHasher } from './keys/password-hasher.ts';
import { loadSigningKeys } from './keys/signing-keys.ts';
import { withAccountPortal } from './oidc/account-portal.ts';
import { createAccountSessions } from './oidc/account-session.ts';
import { createCookieKeys } from './oidc/cookie-keys.ts';
import { withdrawConsent } from './oidc/grants.ts';
import { createInteractions } from './oidc/interactions.ts';
import { createProvider, type OidcProvider } from './oidc/provider.ts';
import { endOtherSessions, endSessionsOf } from './oidc/session-adapter.ts';
import { createSignInNotice } from './oidc/sign-in-notice.ts';
import { createWithdrawals } from './oidc/withdrawal.ts';
import type { RenderedText } from './outbox/text.ts';
import type { Transport } from './outbox/transport.ts';
import { openServices, readConfig, type Services } from './services.ts';
import { createLog } from './telemetry/log.ts';

const ROOT = join(import.meta.dirname, '..');

/** What goes on beside the requests. */
interface Jobs {
  readonly housekeeping: Rounds;
  readonly expiryNotices: Rounds;
  readonly contactChanges: Rounds;
  readonly deliveries: Deliveries;
}

/** The running provider, short of a listening socket. */
export interface Application extends Jobs {
  readonly app: ReturnType<typeof createApp>;
  readonly hasher: PasswordHasher;
  /** Not ready any more: load balancers look elsewhere while requests under way end. */
  drain(): void;
  close(): Promise<void>;
}

/**
 * Builds the web application on open services; `extra` are further routes, the development pages; `mailbox` takes letters
 * where no mail server is configured, and `textbox` text messages where no gateway is.
 */
export async function buildApplication(
  opened: Services,
  extra: readonly Step[] = [],
  mailbox?: Transport,
  textbox?: Transport<RenderedText>,
): Promise<Application> {
  const services = { ...opened, registry: withAccountPortal(opened.registry, opened.config) };
  const { clock, config, keyring, log, storage } = services;
  const hasher = createPasswordHasher(config.passwords, keyring.derive('password-pepper', 32));
  const assets = loadAssets({ directory: join(ROOT, 'views', 'assets'), accent: config.province.accent });
  const forms = createForms(config.issuer, keyring.derive('forms', 32));
  const { issuer, province } = config;
  const show = createShowPage(
    createRenderer({ views: join(ROOT, 'views'), province, issuer, assets }),
    forms,
  );
  const cookieKeys = [keyring.derive('cookies', 32)];
  const evidence = { ...services, keyedHash: keyring.keyedHash('evidence') };
  const provider = createProvider(
    {
      ...evidence,
      cookieKeys,
      pages: createProtocolPages({ ...services, show }),
      signInNotice: createSignInNotice(services),
      pairwise: keyring.keyedHash('pairwise'),
      tokenMask: keyring.keyedHash('token-bucket'),
    },
    await loadSigningKeys(storage, clock),
  );
  const parts: WebParts = {
    forms,
    show,
    provider,
    textsLeave: config.sms.url !== undefined || textbox !== undefined,
    authentication: createAuthentication({
      ...services,
      hasher,
      endSessions: (subject) => endOtherSessions(services, subject, undefined),
    }),
  };
  const steps = [
    ...signInSteps(services, parts),
    accountSteps(services, parts),
    contactCancelRoutes({ ...services, forms, show }).routes() as Step,
  ];
  let accepting = true;
  const app = createApp({
    ...services,
    assets,
    show,
    cookieKeys: createCookieKeys(cookieKeys),
    accepting: () => accepting,
    steps: [...steps, ...extra, protocol(provider, log)],
  });
  const jobs = startJobs(services, mailbox, textbox);
  return {
    app,
    hasher,
    ...jobs,
    drain: () => {
      accepting = false;
    },
    async close() {
      await Promise.all(Object.values(jobs).map((job) => job.stop()));
      await hasher.close();
    },
  };
}

function startJobs(services: Services, mailbox?: Transport, textbox?: Transport<RenderedText>): Jobs {
  const { config } = services;
  const { interval } = config.housekeeping;
  return {
    housekeeping: startHousekeeping({ ...services, interval }),
    expiryNotices: startExpiryNotices({ ...services, days: config.notices.expiry_days, interval }),
    contactChanges: startContactChanges({ ...services, interval }),
    deliveries: startMail({ ...services, mailbox, textbox }),
  };
}

interface WebParts {
  /** Somewhere. */
  readonly textsLeave: boolean;
  readonly forms: Forms;
  readonly show: ShowPage;
  readonly authentication: AuthenticationServices;
  readonly provider: OidcProvider;
}

/** What stands before the protocol: throttles, and the pages of a sign-in. */
function signInSteps(services: Services, { authentication, forms, show, provider }: WebParts): Step[] {
  const { clock, config, keyring, storage, throttle } = services;
  const rules = config.assurance;
  const lifetime = config.interaction.lifetime * SECOND;
  const progress = createProgressStore({ storage, clock, lifetime });
  const expired = expiredSignIn({ ...services, progress, show });
  const deviceCookie = createDeviceCookie(config.issuer);
  const placeOf = createPlaceOf(config);
  const pages = interactionRoutes({
    ...services,
    forms,
    show,
    progress,
    rules,
    expired,
    interactions: createInteractions({
      ...services,
      provider,
      window: rules,
      keyedHash: keyring.keyedHash('evidence'),
    }),
    ...authentication,
    deviceCookie,
    placeOf,
    windows: config.throttle,
    throttleHash: keyring.keyedHash('throttle'),
    remembered: config.consent.remembered,
    shownHash: keyring.keyedHash('consent-page'),
  });
  const clientThrottle = throttleClients({
    throttle,
    clock,
    windows: config.throttle.client_address,
    keyedHash: keyring.keyedHash('throttle'),
  });
  return [
    clientThrottle,
    sameBrowser({ progress, forms, expired, resumeCookie: provider.cookieName('resume') }),
    pages.routes() as Step,
    disownRoutes({ ...services, forms, show }).routes() as Step,
    ceremonyRoutes({ parts: authentication.ceremonies, forms, show, deviceCookie, placeOf }).routes() as Step,
  ];
}

/** The citizen's own pages. */
function accountSteps(
  services: Services,
  { authentication, forms, show, provider, textsLeave }: WebParts,
): Step {
  const { clock, config, keyring, registry, storage } = services;
  const lifetime = config.interaction.lifetime * SECOND;
  const pages = accountRoutes({
    ...services,
    ...authentication,
    issuer: config.issuer,
    rules: config.assurance,
    passwordRules: config.password_rules,
    notices: config.notices,
    contactConfirmation: createContactConfirmation(services),
    contactCooling: config.contact.cooling,
    textsLeave,
    endOtherSessions: (subject, kept) => endOtherSessions(services, subject, kept),
    endSessionsOf: (subject, device) => endSessionsOf(services, subject, device),
    forms,
    show,
    history: createHistory({ storage }),
    portalNames: createPortalNames(registry),
    returns: createReturnAddresses({ key: keyring.derive('account-return', 32), clock, lifetime, forms }),
    sessions: createAccountSessions({ provider, clock, session: config.session, window: config.assurance }),
    withdrawals: createWithdrawals({ ...services, provider, keyedHash: keyring.keyedHash('evidence') }),
  });
  return pages.routes() as Step;
}

/** What the administrator's commands work on. */
export async function openAdminContext(env: Record<string, string | undefined>): Promise<AdminContext> {
  const config = readConfig(env);
  const services = await openServices(config, {
    log: createLog({ level: 'warn', destination: process.stderr }),
  });
  const { audit, clock, consents, directory, registry, storage } = services;
  return {
    registry,
    clock,
    issuer: config.issuer,
    allowLoopbackHttp: config.profile === 'development',
    registryCacheSeconds: config.relying_parties.cache,
    async withdrawConsent(personalNumber, clientId) {
      const person = await directory.findByNumber(personalNumber);
      if (person === undefined) return 'unknown_person';
      return (await withdrawConsent({ storage, consents }, person.id, clientId))
        ? 'withdrawn'
        : 'nothing_stood';
    },
    people: createPeopleContext({
      ...services,
      endSessions: (subject) => endOtherSessions(services, subject, undefined),
    }),
    audit,
    close: () => storage.close(),
  };
}
