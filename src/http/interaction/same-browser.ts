import type { Step } from '../context.ts';
import type { Forms } from '../forms.ts';
import type { ExpiredSignIn } from './expired.ts';
import type { ProgressStore } from './progress.ts';

interface Dependencies {
  readonly progress: ProgressStore;
  readonly forms: Pick<Forms, 'browserOf'>;
  readonly expired: ExpiredSignIn;
}

const RESUMED = /^\/authorize\/([^/]+)\/?$/i;

/**
 * A sign-in ends in the browser that made it. The library's own cookie for that can be planted by a sibling host;
 * whoever was lured into finishing somebody else's sign-in would act in that person's name (login CSRF).
 */
export const sameBrowser =
  ({ progress, forms, expired }: Dependencies): Step =>
  async (ctx, next) => {
    const uid = RESUMED.exec(ctx.path)?.[1];
    const browser = uid === undefined ? undefined : (await progress.read(uid))?.browser;
    if (uid === undefined || browser === undefined || browser === forms.browserOf(ctx)) return next();
    return expired(ctx, uid);
  };
