import { z } from 'zod';
import { accentReadable } from './accent.ts';

/** The kinds of values settings have. Each tells its rule in one sentence, whatever is wrong with a value. */

const digits = (value: unknown): unknown =>
  typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;

/** A number as such from YAML, as digits from the environment; nothing else is taken for one. */
const bounded = (kind: string, fits: (value: number) => boolean, least: number, most: number) => {
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  const rule = { error: `must be ${kind} ${range}` };
  return z.preprocess(
    digits,
    z.number(rule).refine((value) => fits(value) && value >= least && value <= most, rule),
  );
};
export const whole = (least: number, most = Number.MAX_SAFE_INTEGER) =>
  bounded('a whole number', Number.isSafeInteger, least, most);
export const number = (least: number, most: number) => bounded('a number', Number.isFinite, least, most);

/** A whole number, or `auto`: what the machine gives. */
export const wholeOrAuto = (least: number, most: number) => {
  const kind = 'auto or a whole number';
  const counted = bounded(kind, Number.isSafeInteger, least, most);
  return z.union([z.literal('auto'), counted], { error: `must be ${kind} from ${least} to ${most}` });
};

/** A level of assurance. */
export const level = z.preprocess(digits, z.literal([1, 2], { error: 'must be 1 or 2' }));

const filled = { error: 'must be text and not empty' };
export const text = z.string(filled).refine((value) => value.trim() !== '', filled);

/** Text of one form; `rule` is read after the path of the setting. */
export const textOf = (form: RegExp, rule: string) => z.string({ error: rule }).regex(form, { error: rule });

/** Text that can stand in a header of a letter. */
export const line = textOf(/^[^\p{Cc}\p{Zl}\p{Zp}]*\S[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'must be one line of text');

export const mailAddress = z
  .email({ error: 'must be an e-mail address' })
  .max(254, { error: 'must be an e-mail address' });

const MAIL_SERVER = 'must be smtp://<host> or smtps://<host>';

/** Whether host, user and password can be taken out. */
const isReadable = (value: string): boolean => {
  try {
    const { hostname, username, password } = new URL(value);
    return hostname !== '' && decodeURIComponent(username + password).isWellFormed();
  } catch {
    return false;
  }
};

/** Nothing after the host: no option that could switch a protection off. */
export const mailServer = textOf(/^smtps?:\/\/[^\s/?#]+\/?$/, MAIL_SERVER).refine(isReadable, {
  error: MAIL_SERVER,
});

const GATEWAY = 'must be https://<host>/<path>, without user or password (http to this machine alone)';
const isLoopback = (host: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(host);

const isGateway = (value: string): boolean => {
  const url = URL.parse(value);
  const trusted = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  return url !== null && trusted && url.username === '' && url.password === '' && url.hash === '';
};

/** Where requests of ours go, with a secret in them. */
export const gateway = z.string({ error: GATEWAY }).refine(isGateway, { error: GATEWAY });

export const flag = z.preprocess(
  (value) => (value === 'true' ? true : value === 'false' ? false : value),
  z.boolean({ error: 'must be true or false' }),
);

const alternatives = new Intl.ListFormat('en-GB', { type: 'disjunction' });

export const oneOf = <const T extends string>(words: readonly T[]) =>
  z.enum(words, { error: `must be ${alternatives.format(words)}` });

/** A YAML sequence, or one comma-separated string from the environment; never empty. */
export const list = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value),
    filledList(item),
  );

/** The same for maps: from the environment as YAML or JSON text. */
export const filledList = <T extends z.ZodType>(item: T) => {
  const rule = { error: 'must be a list with at least one entry' };
  return z.array(item, rule).min(1, rule);
};

/** Unknown names in it are refused. */
export const map = <T extends z.core.$ZodLooseShape>(shape: T) =>
  z.strictObject(shape, { error: 'must be a map of settings' });

export const origin = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address', abort: true })
  .refine((value) => URL.parse(value)?.origin === value, {
    error: 'must be an origin: scheme, host and port, without a path or a final slash',
  });

const sized = {
  error: 'must be 32 bytes in base64url (make one with: openssl rand -base64 32 | tr "+/" "-_" | tr -d "=")',
};
export const key256 = z
  .base64url(sized)
  .refine((value) => Buffer.from(value, 'base64url').length === 32, sized);

/** `#rrggbb`, on which white text can be read. */
export const accent = textOf(/^#[0-9a-fA-F]{6}$/, 'must be #rrggbb').refine(accentReadable, {
  error: 'must reach a contrast of 4.5 to 1 with white',
});
