import type { Server } from 'node:http';
import type { Middleware } from 'koa';
import type { Clock } from '../clock/clock.ts';
import type { Config } from '../config/schema.ts';
import type { Holdings } from '../documents/holdings.ts';
import type { PasswordHasher } from '../keys/password-hasher.ts';
import type { RelyingPartyRegistry } from '../relying-party/registry.ts';
import type { Storage } from '../storage/contract.ts';
import type { Credentials } from '../subject/credentials.ts';
import type { Directory } from '../subject/directory.ts';
import { createDevRoutes } from './dev-routes.ts';
import { listenPortal } from './listen-portal.ts';
import { seedPeople } from './people/seed-people.ts';
import { syntheticPeople } from './people/synthetic-people.ts';
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
}

export interface Demo {
  /** `/dev/` on the provider. */
  readonly routes: Middleware;
  readonly portalOrigin: string;
  /** Puts the synthetic people in, where they are not yet. */
  seed(hasher: PasswordHasher): Promise<{ added: number; kept: number }>;
  /** Serves the portal; rejects with one sentence when its port is taken. */
  listen(log: PortalLog): Promise<Server>;
}

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
  return {
    routes: createDevRoutes({ people, portalOrigin, clock }).routes() as Middleware,
    portalOrigin,
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
