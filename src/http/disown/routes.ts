import Router from '@koa/router';
import type { Disowned, Disowning } from '../../authentication/disowning.ts';
import { formatMoment } from '../../messages/format.ts';
import { translator } from '../../messages/translate.ts';
import type { FactShown } from '../account/page-models.ts';
import { type Context, type RequestState, textField } from '../context.ts';
import type { Forms } from '../forms.ts';
import { languageOf } from '../language.ts';
import { Refused } from '../refusal.ts';
import type { ShowPage } from '../show-page.ts';

const PATH = '/not-me';
const STATUS = { done: 200, used: 409, over: 404 } as const;

/**
 * "It was not me": where the link of a letter leads, signed in or not. Programs that look at links before people do
 * change nothing: only the button does.
 */
export function disownRoutes(deps: {
  readonly disowning: Disowning;
  readonly forms: Forms;
  readonly show: ShowPage;
}): Router<RequestState> {
  const { disowning, forms, show } = deps;
  const router = new Router<RequestState>();
  const end = (ctx: Context, outcome: keyof typeof STATUS) =>
    show(ctx, 'not-me-end', { outcome }, STATUS[outcome]);

  router.get(PATH, async (ctx) => {
    const token = typeof ctx.query.token === 'string' ? ctx.query.token : '';
    const standing = await disowning.look(token);
    if (standing.kind !== 'open') return end(ctx, standing.kind);
    const { about } = standing;
    show(ctx, 'not-me', { kind: about.what, facts: factsOf(ctx, about), action: PATH, token });
  });
  router.post(PATH, forms.parse, async (ctx) => {
    if (!forms.accepts(ctx)) throw new Refused('forbidden_form');
    end(ctx, await disowning.use(textField(ctx, 'token')));
  });
  return router;
}

function factsOf(ctx: Context, { at, name, place, portal }: Disowned): FactShown[] {
  const language = languageOf(ctx);
  const t = translator(language);
  const named = (words: Disowned['name']) =>
    words === undefined ? undefined : language === 'en' ? (words.en ?? words.vi) : words.vi;
  const facts = [
    [t('devices.at'), formatMoment(at)],
    [t('devices.portal'), named(portal)],
    [t('devices.device'), named(name)],
    [t('devices.place'), place],
  ] as const;
  return facts.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }]));
}
