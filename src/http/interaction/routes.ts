import Router from '@koa/router';
import type { Next } from 'koa';
import { translator } from '../../messages/translate.ts';
import type { Interaction } from '../../oidc/interactions.ts';
import { type Context, type RequestState, textField } from '../context.ts';
import type { Forms } from '../forms.ts';
import { languageOf } from '../language.ts';
import { fieldErrors } from '../pages/field-problems.ts';
import { Refused } from '../refusal.ts';
import { answerOnce } from './answer-once.ts';
import { answerOf, type ConsentDependencies, consentPage, decidingPerson } from './consent-step.ts';
import {
  askKnownDevice,
  type DeviceFormDependencies,
  resendDeviceCode,
  takeDeviceCode,
  tellDeviceState,
} from './device-forms.ts';
import { type ExpiredSignIn, startAgain } from './expired.ts';
import { newChallenge } from './passkey-offer.ts';
import {
  declineWish,
  goOn,
  proceed,
  refuseTooLow,
  takePasskey,
  takePassword,
  takeRecoveryCode,
  takeTotp,
  useOtherAccount,
} from './sign-in-steps.ts';

export interface InteractionDependencies extends DeviceFormDependencies, ConsentDependencies {
  readonly forms: Forms;
  readonly expired: ExpiredSignIn;
}

type Addressed = Context & { params: { uid?: string } };
type Handler = (deps: InteractionDependencies, ctx: Context, interaction: Interaction) => Promise<void>;

/** Every page and form of a sign-in. Each reads the request anew from storage; none trusts the page before. */
export function interactionRoutes(deps: InteractionDependencies): Router<RequestState> {
  const router = new Router<RequestState>({ prefix: '/interaction/:uid' });

  /** The sign-in of the address, if it is this browser's; from then on its portal is known. */
  const find = async (ctx: Addressed) => {
    const interaction = await deps.interactions.current(ctx);
    if (interaction === undefined || interaction.uid !== ctx.params.uid) return undefined;
    ctx.state.uiLocales = interaction.uiLocales;
    ctx.state.back = startAgain(ctx, interaction.relyingParty);
    return interaction;
  };
  const check = async (ctx: Addressed, next: Next) => {
    if (deps.forms.accepts(ctx)) return next();
    await find(ctx);
    throw new Refused('forbidden_form');
  };
  const step = (kind: Interaction['kind'] | 'any', handler: Handler) => async (ctx: Addressed) => {
    const interaction = await find(ctx);
    if (interaction === undefined) return deps.expired(ctx, ctx.params.uid ?? '');
    if (kind !== 'any' && interaction.kind !== kind) return goOn(ctx, `/interaction/${interaction.uid}`);
    return handler(deps, ctx, interaction);
  };

  const form = (path: string, kind: Interaction['kind'] | 'any', handler: Handler) => {
    router.post(path, deps.forms.parse, check, step(kind, handler));
    // Whoever reloads the page that a refused form answered with.
    router.get(path, (ctx) => goOn(ctx, `/interaction/${encodeURIComponent(ctx.params.uid ?? '')}`));
  };
  router.get('/', step('any', showPage));
  form('/password', 'login', takePassword);
  form('/passkey', 'login', takePasskey);
  form('/totp', 'login', takeTotp);
  form('/recovery-code', 'login', takeRecoveryCode);
  form('/level-1', 'login', declineWish);
  form('/device-code', 'login', takeDeviceCode);
  form('/device-code-again', 'login', resendDeviceCode);
  form('/device-ask', 'login', askKnownDevice);
  router.get('/device-state', step('login', tellDeviceState));
  form('/other-account', 'login', useOtherAccount);
  form('/too-low', 'login', refuseTooLow);
  form('/consent', 'consent', takeConsent);
  form('/cancel', 'any', cancel);
  return router;
}

/** Noted before anything is shown, so that the page of an expired sign-in can name the portal. */
const showPage: Handler = async (deps, ctx, interaction) => {
  const { answer } = await deps.progress.begin(
    interaction.uid,
    interaction.relyingParty.client_id,
    newChallenge(deps),
  );
  if (answer?.address !== undefined) return goOn(ctx, answer.address);
  return interaction.kind === 'login' ? proceed(deps, ctx, interaction) : showConsent(deps, ctx, interaction);
};

const showConsent: Handler = async (deps, ctx, interaction) => {
  const person = await requireDecidingPerson(deps, interaction);
  deps.show(ctx, 'consent', await consentPage(deps, ctx, interaction, person));
};

const takeConsent: Handler = async (deps, ctx, interaction) => {
  const person = await requireDecidingPerson(deps, interaction);
  const page = await consentPage(deps, ctx, interaction, person);
  if (textField(ctx, 'shown') !== page.shown) {
    const errors = fieldErrors(translator(languageOf(ctx)), ['consent_changed']);
    return deps.show(ctx, 'consent', { ...page, errors }, 409);
  }
  const answer = answerOf(deps, ctx, interaction, person, page);
  goOn(ctx, await answerOnce(deps, interaction, () => deps.interactions.agreed(ctx, interaction, answer)));
};

async function requireDecidingPerson(deps: InteractionDependencies, interaction: Interaction) {
  const person = await decidingPerson(deps, interaction);
  if (person === undefined) throw new Refused('account_unavailable');
  return person;
}

const cancel: Handler = async (deps, ctx, interaction) => {
  const refuse = () => deps.interactions.refuse(ctx, 'access_denied', 'the person did not agree');
  if (interaction.kind === 'login') return goOn(ctx, await refuse());
  const address = await answerOnce(deps, interaction, async () => {
    await deps.audit.record({
      kind: 'consent.refused',
      ...(interaction.session ? { subject: interaction.session.subject } : {}),
      relying_party: interaction.relyingParty.client_id,
    });
    return refuse();
  });
  goOn(ctx, address);
};
