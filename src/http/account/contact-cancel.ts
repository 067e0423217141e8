import Router from '@koa/router';
import { formatMoment } from '../../messages/format.ts';
import type { ContactChanges } from '../../subject/contact-changes.ts';
import { type Context, type RequestState, type Step, textField } from '../context.ts';
import type { Forms } from '../forms.ts';
import { goOn } from '../interaction/sign-in-steps.ts';
import { Refused } from '../refusal.ts';
import type { ShowPage } from '../show-page.ts';

interface Dependencies {
  readonly contactChanges: Pick<ContactChanges, 'ofLink' | 'cancelByLink'>;
  readonly forms: Forms;
  readonly show: ShowPage;
}

const PREFIX = '/contact-change';

/**
 * The link in the letter about a change of contact: whoever reads the old address takes the change back, signed in or
 * not. Looking at it changes nothing, because mail programs look too.
 */
export function contactCancelRoutes({ contactChanges, forms, show }: Dependencies): Router<RequestState> {
  const router = new Router<RequestState>({ prefix: PREFIX });
  const check: Step = (ctx, next) => {
    if (forms.accepts(ctx)) return next();
    throw new Refused('forbidden_form');
  };
  const over = (ctx: Context, status: number) =>
    show(ctx, 'account/contact-cancel', { state: 'over' }, status);

  router.get('/cancel', async (ctx) => {
    const { token } = ctx.query;
    const change = typeof token === 'string' ? await contactChanges.ofLink(token) : undefined;
    if (change === undefined || typeof token !== 'string') return over(ctx, 404);
    show(ctx, 'account/contact-cancel', {
      state: 'open',
      what: change.what,
      due: formatMoment(change.due),
      action: `${PREFIX}/cancel`,
      token,
    });
  });
  router.post('/cancel', forms.parse, check, async (ctx) => {
    if (!(await contactChanges.cancelByLink(textField(ctx, 'token')))) return over(ctx, 409);
    goOn(ctx, `${PREFIX}/cancelled`);
  });
  router.get('/cancelled', (ctx) => show(ctx, 'account/contact-cancel', { state: 'cancelled' }));
  return router;
}
