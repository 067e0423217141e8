import type { Step } from '../context.ts';
import type { Forms } from '../forms.ts';
import type { ExpiredSignIn } from './expired.ts';
import type { ProgressStore } from './progress.ts';

interface Dependencies {
  readonly progress: ProgressStore;
  readonly forms: Pick<Forms, 'browserOf'>;
  readonly expired: ExpiredSignIn;
  /** The name of the library's cookie. */
  readonly resumeCookie: string;
}

const RESUMED = /^\/authorize\/./i;

/**
 * A sign-in ends in the browser that made it. The library resumes whatever its own cookie names, and a sibling
 * host can plant that; whoever was lured into finishing somebody else's sign-in would act in that person's name
 * (login CSRF).
 */
export const sameBrowser =
  ({ progress, forms, expired, resumeCookie }: Dependencies): Step =>
  async (ctx, next) => {
    const uid = RESUMED.test(ctx.path) ? ctx.cookies.get(resumeCookie, { signed: true }) : undefined;
    if (uid === undefined) return next();
    const named = ctx.path.split('/')[2];
    const browser = (await progress.read(uid))?.browser;
    const elsewhere = browser !== undefined && browser !== forms.browserOf(ctx);
    return named !== uid || elsewhere ? expired(ctx, uid) : next();
  };
