import { join } from 'node:path';
import { type AuditTrail, createAuditTrail } from './audit/trail.ts';
import { createDeviceServices, type DeviceServices } from './authentication/device-services.ts';
import {
  createIdentificationLetters,
  type IdentificationLetters,
} from './authentication/identification-letters.ts';
import { createInvitations, type Invitations } from './authentication/invitations.ts';
import { createLocks, type Locks } from './authentication/locks.ts';
import { createOneTimeCodes, type OneTimeCodes } from './authentication/one-time-codes.ts';
import { createThrottle, type Throttle } from './authentication/throttle.ts';
import { type Clock, systemClock } from './clock/clock.ts';
import { openAllCollections } from './collections.ts';
import { loadConfig } from './config/load-config.ts';
import type { Config } from './config/schema.ts';
import { createConsentNotices } from './consent/consent-notices.ts';
import { type Consents, createConsents } from './consent/consents.ts';
import { createGrantContexts, type GrantContexts } from './consent/grant-context.ts';
import { createHoldings, type Holdings } from './documents/holdings.ts';
import { requireSameKeys } from './keys/key-check.ts';
import { createKeyring, type Keyring } from './keys/keyring.ts';
import { endOtherSessions, endSessionsOf } from './oidc/session-adapter.ts';
import { createOutbox, type Outbox } from './outbox/outbox.ts';
import { createRegistry, type RelyingPartyRegistry } from './relying-party/registry.ts';
import type { Storage } from './storage/contract.ts';
import { requireDataVersion } from './storage/keeping/data-version.ts';
import { openStorage } from './storage/open-storage.ts';
import { type AccountCounts, createAccountCounts } from './subject/account-counts.ts';
import { type ContactChanges, createContactChanges } from './subject/contact-changes.ts';
import { type Credentials, createCredentials } from './subject/credentials.ts';
import { createDirectory, type Directory } from './subject/directory.ts';
import { createLetters, type Letters } from './subject/letters.ts';
import type { LevelRules } from './subject/level.ts';
import { createPreferences, type Preferences } from './subject/preferences.ts';
import type { SubjectId } from './subject/subject.ts';
import { createTerms, type Terms } from './subject/terms.ts';
import { createLog, type Log } from './telemetry/log.ts';

const ROOT = join(import.meta.dirname, '..');

/** Reads the configuration of this checkout or image. Throws `ConfigurationError`. */
export const readConfig = (env: Record<string, string | undefined>): Config =>
  loadConfig({ env, directory: join(ROOT, 'config') });

/** Everything below the web and the command line: built once, by hand; tests replace what they need to. */
export interface Services extends DeviceServices {
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
  readonly oneTimeCodes: OneTimeCodes;
  readonly identificationLetters: IdentificationLetters;
  readonly invitations: Invitations;
  readonly locks: Locks;
  readonly contactChanges: ContactChanges;
  /** How many accounts were issued and activated. */
  readonly counts: AccountCounts;
  readonly preferences: Preferences;
  /** To people, at their address on record. */
  readonly letters: Letters;
  /** Of use. */
  readonly terms: Terms;
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
  await requireFit(storage, keyring);
  const audit = createAuditTrail({ storage, clock });
  const outbox = createOutbox({ storage, clock, issuer: config.issuer });
  const directory = createDirectory({ storage, clock, keyedHash: keyring.keyedHash });
  const credentials = createCredentials({ storage, clock });
  const throttle = createThrottle({ storage, clock });
  const registry = createRegistry({ storage, clock, cacheSeconds: config.relying_parties.cache });
  const preferences = createPreferences({ storage, audit });
  const letters = createLetters({ directory, preferences, outbox, log });
  const consentNotices = createConsentNotices({ clock, letters, registry, issuer: config.issuer });
  const counts = createAccountCounts({ storage });
  const counted = { storage, clock, audit, outbox, throttle, windows: config.throttle };
  const ends = sessionEnds({ storage, clock });
  const locks = createLocks({ ...counted, ...ends, directory, credentials, counts });
  return {
    config,
    clock,
    log,
    keyring,
    storage,
    audit,
    outbox,
    counts,
    directory,
    credentials,
    throttle,
    registry,
    holdings: createHoldings({ storage }),
    consents: createConsents({ storage, clock, audit, notices: consentNotices }),
    grantContexts: createGrantContexts({ storage }),
    oneTimeCodes: createOneTimeCodes({ ...counted, keyedHash: keyring.keyedHash('one-time-code') }),
    identificationLetters: createIdentificationLetters({
      ...counted,
      lifetime: config.activation.letter,
      keyedHash: keyring.keyedHash('identification-letter'),
    }),
    invitations: createInvitations({
      storage,
      clock,
      audit,
      outbox,
      directory,
      issuer: config.issuer,
      lifetime: config.activation.link,
    }),
    locks,
    contactChanges: createContactChanges({ ...counted, directory, credentials, config, keyring }),
    ...createDeviceServices({ ...counted, ...ends, locks, config }),
    preferences,
    letters,
    terms: createTerms({ storage, clock, audit, own: config.terms }),
    levels: levelsOf(config),
  };
}

/** Ends what is signed in: all of a person, or in one browser. */
const sessionEnds = (deps: { readonly storage: Storage; readonly clock: Clock }) => ({
  endSessions: (subject: SubjectId) => endOtherSessions(deps, subject, undefined),
  endSessionsOf: (subject: SubjectId, device: string) => endSessionsOf(deps, subject, device),
});

const levelsOf = ({ assurance, legal_profile }: Config): Services['levels'] => ({
  legalProfile: legal_profile,
  unlevelledCeiling: assurance.unlevelled_ceiling,
});

/** Closes a storage whose data are of another version, or under other keys. */
async function requireFit(storage: Storage, keyring: Keyring): Promise<void> {
  try {
    await requireDataVersion(storage, openAllCollections);
    await requireSameKeys(storage, keyring.keyedHash('key-proof')('root'));
  } catch (error) {
    await storage.close();
    throw error;
  }
}
