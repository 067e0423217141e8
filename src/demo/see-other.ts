import type { Context } from 'koa';

/** 303: whatever the method was, the browser goes on with GET and repeats no form (RFC 9700 section 4.12). */
export function seeOther(ctx: Context, address: string): void {
  ctx.status = 303;
  ctx.redirect(address);
}
