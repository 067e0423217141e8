import type { Context } from './context.ts';
import type { Forms } from './forms.ts';
import { languageOf, languageSwitch } from './language.ts';
import type { PageModels, PageName } from './pages/page-models.ts';
import type { PageRenderer } from './pages/renderer.ts';

/** Answers with a page of ours in the person's language. */
export type ShowPage = <N extends PageName>(
  ctx: Context,
  name: N,
  model: PageModels[N],
  status?: number,
) => void;

export const createShowPage =
  (renderer: PageRenderer, forms: Forms): ShowPage =>
  (ctx, name, model, status = 200) => {
    const language = languageOf(ctx);
    const other = languageSwitch(ctx, language);
    ctx.status = status;
    ctx.type = 'html';
    ctx.set('Content-Language', language);
    ctx.body = renderer.render(name, model, {
      language,
      csrf: forms.token(ctx),
      nonce: ctx.state.nonce,
      ...(other === undefined ? {} : { languageSwitch: other }),
    });
  };
