import { networkOf } from '../authentication/network.ts';
import type { Config } from '../config/schema.ts';
import type { Context } from './context.ts';

const LONGEST = 60;
/** A number that could pass for a personal one, which no letter carries. */
const LONG_NUMBER = /\d(?:[\s.-]?\d){11}/;

/** Where a request comes from, as far as known, in words that a person can judge. */
export type PlaceOf = (ctx: Context) => string;

/**
 * What the trusted proxy says in its own header, else the network: of an IPv4 address all but its last part, which
 * tells a person nothing.
 */
export const createPlaceOf =
  ({ devices, proxy }: Pick<Config, 'devices' | 'proxy'>): PlaceOf =>
  (ctx) => {
    const { place_header } = devices;
    const told = place_header !== undefined && proxy.hops > 0 ? readable(ctx.get(place_header)) : '';
    return told === '' ? networkOf(ctx.ip).replace(/\.\d+$/, '.x') : told;
  };

/** One line of plain text; empty where it is none. Headers arrive byte by byte. */
function readable(header: string): string {
  const text = Buffer.from(header, 'latin1').toString('utf8').normalize('NFC').trim();
  const odd = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffd]/u.test(text) || LONG_NUMBER.test(text);
  return odd || text.length > LONGEST ? '' : text;
}
