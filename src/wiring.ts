import { join } from 'node:path';
import { createHistory } from './audit/history.ts';
import { type AuditTrail, createAuditTrail } from './audit/trail.ts';
import { type AuthenticationServices, createAuthentication } from './authentication/authentication.ts';
import { createThrottle, type Throttle } from './authentication/throttle.ts';
import type { AdminContext } from './cli/admin-context.ts';
import { type Clock, SECOND, systemClock } from './clock/clock.ts';
import { openAllCollections } from './collections.ts';
import { loadConfig } from './config/load-config.ts';
import type { Config } from './config/schema.ts';
import { type Consents, createConsents } from './consent/consents.ts';
import { createGrantContexts, type GrantContexts } from './consent/grant-context.ts';
import { createHoldings, type Holdings } from './documents/holdings.ts';
import { createPortalNames } from './http/account/portal-names.ts';
import { createReturnAddresses } from './http/account/return-address.ts';
import { accountRoutes } from './http/account/routes.ts';
import { createApp } from './http/app.ts';
import { throttleClients } from './http/client-throttle.ts';
import type { Step } from './http/context.ts';
import { createForms, type Forms } from './http/forms.ts';
import { expiredSignIn } from './http/interaction/expired.ts';
import { createProgressStore } from './http/interaction/progress.ts';
import { interactionRoutes } from './http/interaction/routes.ts';
import { sameBrowser } from './http/interaction/same-browser.ts';
import { loadAssets } from './http/pages/assets.ts';
import { createRenderer } from './http/pages/renderer.ts';
import { protocol } from './http/protocol.ts';
import { createProtocolPages } from './http/protocol-pages.ts';
import { createShowPage, type ShowPage } from './http/show-page.ts';
import type { Deliveries } from './jobs/deliveries.ts';
import { type Housekeeping, startHousekeeping } from './jobs/housekeeping.ts';
import { startMail } from './jobs/mail.ts';
import { requireSameKeys } from './keys/key-check.ts';
import { createKeyring, type Keyring } from './keys/keyring.ts';
import { createPasswordHasher, type PasswordHasher } from './keys/password-hasher.ts';
import { loadSigningKeys } from './keys/signing-keys.ts';
import { withAccountPortal } from './oidc/account-portal.ts';
import { createAccountSessions } from './oidc/account-session.ts';
import { createCookieKeys } from './oidc/cookie-keys.ts';
import { withdrawConsent } from './oidc/grants.ts';
import { createInteractions } from './oidc/interactions.ts';
import { createProvider, type OidcProvider } from './oidc/provider.ts';
import { endOtherSessions } from './oidc/session-adapter.ts';
import { createWithdrawals } from './oidc/withdrawal.ts';
import { createOutbox, type Outbox } from './outbox/outbox.ts';
import type { Transport } from './outbox/transport.ts';
import { createRegistry, type RelyingPartyRegistry } from './relying-party/registry.ts';
import type { Storage } from './storage/contract.ts';
import { requireDataVersion } from './storage/keeping/data-version.ts';
import { openStorage } from './storage/open-storage.ts';
import { type Credentials, createCredentials } from './subject/credentials.ts';
import { createDirectory, type Directory } from './subject/directory.ts';
import type { LevelRules } from './subject/level.ts';
import { createLog, type Log } from './telemetry/log.ts';

const ROOT = join(import.meta.dirname, '..');

/** Reads the configuration of this checkout or image. Throws `ConfigurationError`. */
export const readConfig = (env: Record<string, string | undefined>): Config =>
  loadConfig({ env, directory: join(ROOT, 'config') });

/** Everything below the web and the command line: built once, by hand; tests replace what they need to. */
export interface Services {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly keyring: Keyring;
  readonly storage: Storage;
  readonly audit: AuditTrail;
  readonly outbox: Outbox;
  readonly registry: RelyingPartyRegistry;
  readonly directory: Directory;
  readonly credentials: Credentials;
  readonly holdings: Holdings;
  readonly consents: Consents;
  readonly grantContexts: GrantContexts;
  readonly throttle: Throttle;
  readonly levels: Omit<LevelRules, 'now'>;
}

export type Overrides = Partial<Pick<Services, 'clock' | 'log' | 'storage'>>;

/** Opens storage and builds the services on it. Throws `StorageUnavailable`, with a sentence to print. */
export async function openServices(config: Config, overrides: Overrides = {}): Promise<Services> {
  const clock = overrides.clock ?? systemClock;
  const log = overrides.log ?? createLog({ level: config.log.level });
  const keyring = createKeyring(config.keys);
  const { url } = config.storage;
  const storage = overrides.storage ?? (await openStorage({ url, cipher: keyring.cipher, clock, log }));
  try {
    await requireDataVersion(storage, openAllCollections);
    await requireSameKeys(storage, keyring.keyedHash('key-proof')('root'));
  } catch (error) {
    await storage.close();
    throw error;
  }
  const audit = createAuditTrail({ storage, clock });
  return {
    config,
    clock,
    log,
    keyring,
    storage,
    audit,
    outbox: createOutbox({ storage, clock, issuer: config.issuer }),
    registry: createRegistry({ storage, clock, cacheSeconds: config.relying_parties.cache }),
    directory: createDirectory({ storage, clock, keyedHash: keyring.keyedHash }),
    credentials: createCredentials({ storage, clock }),
    holdings: createHoldings({ storage }),
    consents: createConsents({ storage, clock, audit }),
    grantContexts: createGrantContexts({ storage }),
    throttle: createThrottle({ storage, clock }),
    levels: {
      legalProfile: config.legal_profile,
      unlevelledCeiling: config.assurance.unlevelled_ceiling,
    },
  };
}

/** The running provider, short of a listening socket. */
export interface Application {
  readonly app: ReturnType<typeof createApp>;
  readonly hasher: PasswordHasher;
  readonly housekeeping: Housekeeping;
  readonly deliveries: Deliveries;
  /** Not ready any more: load balancers look elsewhere while requests under way end. */
  drain(): void;
  close(): Promise<void>;
}

/**
 * Builds the web application on open services; `extra` are further routes, the development pages, and `mailbox` takes
 * letters where no mail server is configured.
 */
export async function buildApplication(
  opened: Services,
  extra: readonly Step[] = [],
  mailbox?: Transport,
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
      pairwise: keyring.keyedHash('pairwise'),
      tokenMask: keyring.keyedHash('token-bucket'),
    },
    await loadSigningKeys(storage, clock),
  );
  const parts: WebParts = {
    forms,
    show,
    provider,
    authentication: createAuthentication({ ...services, hasher }),
  };
  const steps = [...signInSteps(services, parts), accountSteps(services, parts)];
  let accepting = true;
  const app = createApp({
    ...services,
    assets,
    show,
    cookieKeys: createCookieKeys(cookieKeys),
    accepting: () => accepting,
    steps: [...steps, ...extra, protocol(provider, log)],
  });
  const housekeeping = startHousekeeping({ storage, clock, log, interval: config.housekeeping.interval });
  const deliveries = startMail({ ...services, mailbox });
  return {
    app,
    hasher,
    housekeeping,
    deliveries,
    drain: () => {
      accepting = false;
    },
    async close() {
      await Promise.all([housekeeping.stop(), deliveries.stop()]);
      await hasher.close();
    },
  };
}

interface WebParts {
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
  ];
}

/** The citizen's own pages. */
function accountSteps(services: Services, { authentication, forms, show, provider }: WebParts): Step {
  const { clock, config, keyring, registry, storage } = services;
  const lifetime = config.interaction.lifetime * SECOND;
  const pages = accountRoutes({
    ...services,
    ...authentication,
    issuer: config.issuer,
    rules: config.assurance,
    passwordRules: config.password_rules,
    endOtherSessions: (subject, kept) => endOtherSessions(services, subject, kept),
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
  const { audit, clock, consents, directory, registry, storage } = await openServices(config, {
    log: createLog({ level: 'warn', destination: process.stderr }),
  });
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
    audit,
    close: () => storage.close(),
  };
}
