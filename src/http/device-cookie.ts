import type { IncomingMessage } from 'node:http';
import { isDeviceToken, newDeviceToken } from '../authentication/devices.ts';
import { DAY } from '../clock/clock.ts';
import type { Context } from './context.ts';

/** As long as browsers keep a cookie (RFC 6265bis, 5.6). */
const KEPT = 400 * DAY;

export interface DeviceCookie {
  /** The token of this browser, given to it where it has none; each time the browser keeps it for longer. */
  tokenOf(ctx: Context): string;
}

/** The cookie by which a browser is known again. It proves nothing alone, and is no secret of one person. */
export function createDeviceCookie(issuer: string): DeviceCookie {
  const secure = issuer.startsWith('https:');
  const name = secure ? '__Host-device' : 'device';
  const given = new WeakMap<IncomingMessage, string>();
  return {
    tokenOf(ctx) {
      const held = given.get(ctx.req);
      if (held !== undefined) return held;
      const sent = ctx.cookies.get(name, { signed: false });
      const token = sent !== undefined && isDeviceToken(sent) ? sent : newDeviceToken();
      given.set(ctx.req, token);
      const cookie = { signed: false, httpOnly: true, sameSite: 'lax', path: '/', secure } as const;
      ctx.cookies.set(name, token, { ...cookie, maxAge: KEPT, overwrite: true });
      return token;
    },
  };
}
