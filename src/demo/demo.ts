import type { Server } from 'node:http';
import type { Middleware } from 'koa';
import type { IdentificationLetters } from '../authentication/identification-letters.ts';
import type { Clock } from '../clock/clock.ts';
import type { Config } from '../config/schema.ts';
import type { Holdings } from '../documents/holdings.ts';
import type { PasswordHasher } from '../keys/password-hasher.ts';
import type { RenderedText } from '../outbox/text.ts';
import type { Transport } from '../outbox/transport.ts';
import type { RelyingPartyRegistry } from '../relying-party/registry.ts';
import type { Storage } from '../storage/contract.ts';
import type { AccountCounts } from '../subject/account-counts.ts';
import type { Credentials } from '../subject/credentials.ts';
import type { Directory } from '../subject/directory.ts';
import { groupPersonalNumber } from '../subject/personal-number.ts';
import type { Terms } from '../subject/terms.ts';
import { createDevRoutes } from './dev-routes.ts';
import { createPrintLetter } from './letters.ts';
import { listenPortal } from './listen-portal.ts';
import { createMailbox } from './mailbox.ts';
import { seedPeople } from './people/seed-people.ts';
import { syntheticPeople } from './people/synthetic-people.ts';
import type { SyntheticPerson } from './people/synthetic-person.ts';
import { createPortal } from './portal.ts';
import { loadPortalKey } from './portal-key.ts';
import { portalRegistration } from './portal-registration.ts';
import type { PortalLog } from './portal-state.ts';

const PORTAL_HOST = '127.0.0.1';

export interface DemoDependencies {
  readonly config: Config;
  readonly clock: Clock;
  readonly storage: Storage;
  readonly registry: RelyingPartyRegistry;
  readonly directory: Directory;
  readonly credentials: Credentials;
  readonly holdings: Holdings;
  readonly counts: AccountCounts;
  readonly identificationLetters: IdentificationLetters;
  readonly terms: Terms;
}

export interface Demo {
  /** `/dev/` on the provider. */
  readonly routes: Middleware;
  readonly portalOrigin: string;
  /** Where letters go when no mail server is configured. */
  readonly mailbox: Transport;
  /** Where text messages go when no gateway is configured. */
  readonly textbox: Transport<RenderedText>;
  /** Whom to sign in as, told at the start: one invented person of each level. */
  readonly examples: readonly Example[];
  /** Puts the synthetic people in, where they are not yet. */
  seed(hasher: PasswordHasher): Promise<{ added: number; kept: number }>;
  /** Serves the portal; rejects with one sentence when its port is taken. */
  listen(log: PortalLog): Promise<Server>;
}

export interface Example {
  readonly level: 1 | 2;
  /** In groups, as people write it. */
  readonly number: string;
  readonly password: string;
  /** Has a one-time code generator. */
  readonly code: boolean;
}

const EXAMPLES = ['level-1', 'all-documents'];

const exampleOf = ({ subject, password, totpSecret }: SyntheticPerson): Example => ({
  level: subject.level ?? 1,
  number: groupPersonalNumber(subject.personal_number),
  password,
  code: totpSecret !== undefined,
});

/** The development profile's people, portal and page; production never loads this folder. */
export async function prepareDemo(deps: DemoDependencies): Promise<Demo> {
  const { clock, config, registry, storage } = deps;
  const port = config.demo.portal_port;
  const portalOrigin = `http://${PORTAL_HOST}:${port}`;
  const key = await loadPortalKey(storage);
  const registration = portalRegistration({ origin: portalOrigin, jwk: key.publicJwk, clock });
  if ((await registry.add(registration)) === 'exists') {
    await registry.update(registration.client_id, () => registration);
  }
  const people = syntheticPeople(clock.now());
  const mailbox = createMailbox({ storage, clock });
  const mailServer = config.mail.url !== undefined;
  return {
    routes: createDevRoutes({
      people,
      portalOrigin,
      clock,
      mailbox,
      mailServer,
      printLetter: createPrintLetter(deps),
    }).routes() as Middleware,
    mailbox,
    textbox: mailbox.texts,
    portalOrigin,
    examples: people.filter(({ key }) => EXAMPLES.includes(key)).map(exampleOf),
    seed: (hasher) => seedPeople({ ...deps, hasher }),
    listen: (log) =>
      listenPortal(
        createPortal({
          issuer: config.issuer,
          origin: portalOrigin,
          clientId: registration.client_id,
          privateKeyJwk: key.privateJwk,
          clock,
          log,
        }),
        PORTAL_HOST,
        port,
      ),
  };
}
