import Router from '@koa/router';
import { beginByLink, beginByNumber } from '../../authentication/ceremony-start.ts';
import type { CeremonyGoal, Standing } from '../../authentication/ceremony-store.ts';
import { translator } from '../../messages/translate.ts';
import { normalizePersonalNumber } from '../../subject/personal-number.ts';
import { type Context, type RequestState, type Step, textField } from '../context.ts';
import { goOn } from '../interaction/sign-in-steps.ts';
import { languageOf } from '../language.ts';
import { type FieldProblem, fieldErrors } from '../pages/field-problems.ts';
import { Refused } from '../refusal.ts';
import { formsOf, START } from './addresses.ts';
import { answers, type CeremonyAnswer } from './answers.ts';
import { type CeremonyDependencies, showStep, showWait } from './steps.ts';

type Addressed = Context & { readonly params: { readonly id?: string } };

const LINK = '/activate/link';

/**
 * How an issued account is taken up, and how one is got back. Each page is decided from storage; a form that comes from
 * elsewhere, or from another browser than the one that began, changes nothing.
 */
export function ceremonyRoutes(deps: CeremonyDependencies): Router<RequestState> {
  const router = new Router<RequestState>();
  const { forms } = deps;
  const check: Step = (ctx, next) => {
    if (forms.accepts(ctx)) return next();
    throw new Refused('forbidden_form');
  };
  router.get('/activate', (ctx, next) =>
    typeof ctx.query.token === 'string' ? showLink(deps, ctx, ctx.query.token) : next(),
  );
  router.post(LINK, forms.parse, check, (ctx) => takeLink(deps, ctx));
  router.get(LINK, (ctx) => goOn(ctx, START.activation));
  for (const goal of ['activation', 'recovery'] as const) {
    const path = START[goal];
    router.get(path, (ctx) => showStart(deps, ctx, goal));
    router.post(path, forms.parse, check, (ctx) => takeNumber(deps, ctx, goal));
    router.get(`${path}/:id`, standing(deps, goal, showStep));
    for (const [name, answer] of Object.entries(answers)) {
      router.post(`${path}/:id/${name}`, forms.parse, check, standing(deps, goal, answer));
      // Whoever reloads the page that a form answered with.
      router.get(`${path}/:id/${name}`, (ctx) =>
        goOn(ctx, `${path}/${encodeURIComponent(ctx.params.id ?? '')}`),
      );
    }
  }
  return router;
}

/** Finds the ceremony of the address, for the browser that it belongs to. */
const standing =
  (deps: CeremonyDependencies, goal: CeremonyGoal, handler: CeremonyAnswer) => async (ctx: Addressed) => {
    const found: Standing | undefined = await deps.parts.store.read(
      ctx.params.id ?? '',
      goal,
      deps.forms.browserOf(ctx),
    );
    if (found === undefined) return deps.show(ctx, 'ceremony/over', { goal, cause: 'unknown' }, 404);
    return handler(deps, ctx, found);
  };

function showStart(
  { show }: CeremonyDependencies,
  ctx: Context,
  goal: CeremonyGoal,
  problems: readonly FieldProblem[] = [],
): void {
  const errors = fieldErrors(translator(languageOf(ctx)), problems);
  const personalNumber = textField(ctx, 'personal_number');
  const page = { goal, action: START[goal], personalNumber, errors };
  show(ctx, 'ceremony/start', page, problems.length > 0 ? 422 : 200);
}

/** Goes on in the same way whether or not anybody has the number. */
async function takeNumber(deps: CeremonyDependencies, ctx: Context, goal: CeremonyGoal): Promise<void> {
  const typed = textField(ctx, 'personal_number');
  const number = normalizePersonalNumber(typed);
  if (number === undefined) {
    const missing = typed.trim() === '';
    return showStart(deps, ctx, goal, [missing ? 'personal_number_missing' : 'personal_number_malformed']);
  }
  const language = languageOf(ctx);
  const asking = { goal, number, browser: browserOf(deps, ctx), address: ctx.ip, language };
  const begun = await beginByNumber(deps.parts, asking);
  if (begun.kind === 'throttled') return showWait(deps, ctx, begun.retryAt, START[goal]);
  goOn(ctx, formsOf(begun.id, goal).page);
}

/** A form that was accepted came from a browser that has a name. */
function browserOf({ forms }: CeremonyDependencies, ctx: Context): string {
  const browser = forms.browserOf(ctx);
  if (browser === undefined) throw new Refused('forbidden_form');
  return browser;
}

/** Where the link of a letter leads. Programs that read mail come here too: nothing changes until the button. */
async function showLink(deps: CeremonyDependencies, ctx: Context, token: string): Promise<void> {
  // Not even our own assets are told the address: whoever logs what browsers say they come from learns no token.
  ctx.set('Referrer-Policy', 'strict-origin');
  const link = await deps.parts.invitations.look(token);
  if (link.kind !== 'good') return showLinkOver(deps, ctx, link.kind);
  deps.show(ctx, 'ceremony/link', { action: LINK, token });
}

async function takeLink(deps: CeremonyDependencies, ctx: Context): Promise<void> {
  const token = textField(ctx, 'token');
  const link = await beginByLink(deps.parts, { token, browser: browserOf(deps, ctx) });
  if (link.kind !== 'begun') return showLinkOver(deps, ctx, link.kind);
  goOn(ctx, formsOf(link.id, 'activation').page);
}

const showLinkOver = (
  { show }: CeremonyDependencies,
  ctx: Context,
  cause: 'used' | 'ended' | 'unknown',
): void => show(ctx, 'ceremony/link-over', { cause }, cause === 'unknown' ? 404 : 409);
