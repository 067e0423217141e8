import Koa from 'koa';
import compose from 'koa-compose';
import type { Config } from '../config/schema.ts';
import type { CookieKeys } from '../oidc/cookie-keys.ts';
import type { RelyingPartyRegistry } from '../relying-party/registry.ts';
import type { Storage } from '../storage/contract.ts';
import type { Terms } from '../subject/terms.ts';
import type { Log } from '../telemetry/log.ts';
import { accessLog } from './access-log.ts';
import { boundWaits } from './bound-waits.ts';
import type { RequestState, Step } from './context.ts';
import { catchFaults } from './faults.ts';
import { handover } from './handover.ts';
import { health } from './health.ts';
import { takeLanguage } from './language.ts';
import type { Assets } from './pages/assets.ts';
import { pinHost, trustForwarding } from './pin-host.ts';
import { Refused } from './refusal.ts';
import { securityHeaders } from './security-headers.ts';
import type { ShowPage } from './show-page.ts';
import { termsPage } from './terms-page.ts';

export interface AppDependencies {
  readonly config: Config;
  readonly log: Log;
  readonly storage: Storage;
  readonly assets: Assets;
  readonly registry: RelyingPartyRegistry;
  readonly show: ShowPage;
  readonly terms: Terms;
  /** The very keys that the protocol signs its cookies with. */
  readonly cookieKeys: CookieKeys;
  readonly accepting: () => boolean;
  /** In order, after the common rules: throttles, pages, the development pages, the protocol. */
  readonly steps: readonly Step[];
}

/** The web application: what holds for every request, then the pages, then the protocol, then "not found". */
export function createApp(deps: AppDependencies): Koa<RequestState> {
  const { config, log, show } = deps;
  const { hops } = config.proxy;
  // The headers that koa reads for this are what `trustForwarding` leaves of them.
  const app = new Koa<RequestState>({ proxy: true, maxIpsCount: hops });
  app.keys = deps.cookieKeys as unknown as Koa['keys'];
  app.silent = true;
  app.on('error', (error: unknown) => log.error({ err: error }, 'response failed'));
  app.use(
    compose([
      trustForwarding({ issuer: config.issuer, hops }),
      securityHeaders(config.issuer),
      accessLog(log),
      catchFaults(log, show),
      boundWaits,
      health(deps),
      pinHost(config.issuer),
      deps.assets.serve as unknown as Step,
      takeLanguage,
      home(show),
      termsPage(show, deps.terms),
      handover({ ...deps, issuer: config.issuer }),
      ...deps.steps,
      notFound,
    ]),
  );
  return app;
}

const home =
  (show: ShowPage): Step =>
  (ctx, next) => {
    if (ctx.path !== '/' || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
    show(ctx, 'home', {});
  };

const notFound: Step = () => {
  throw new Refused('not_found');
};
