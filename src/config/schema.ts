import { z } from 'zod';
import { accentReadable } from './accent.ts';

/** Numbers arrive as such from YAML and as digits from the environment; nothing else is taken for one. */
const number = <T extends z.ZodType>(bounded: T) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value),
    bounded,
  );
const countUpTo = (most: number) => number(z.int().positive().max(most));
const count = number(z.int().positive());
const seconds = count;
const port = number(z.int().min(0).max(65535));
/** Lists are YAML sequences, or one comma-separated string from the environment. */
const list = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value),
    z.array(item),
  );
const flag = z.preprocess(
  (value) => (value === 'true' ? true : value === 'false' ? false : value),
  z.boolean(),
);
const key256 = z.base64url().refine((value) => Buffer.from(value, 'base64url').length === 32, {
  error: 'must be 32 bytes in base64url (make one with: openssl rand -base64 32 | tr "+/" "-_" | tr -d "=")',
});
const window = z.strictObject({ attempts: count, seconds });

export const PROFILES = ['development', 'production'] as const;

/**
 * Every setting, its type and its bounds. `config/default.yaml` is the commented reference; its paths are the
 * paths here. Durations are in seconds.
 */
export const configSchema = z.strictObject({
  profile: z.enum(PROFILES),
  issuer: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address', abort: true })
    .refine((value) => URL.parse(value)?.origin === value, {
      error: 'must be an origin: scheme, host and port, without a path or a final slash',
    }),
  host: z.string().min(1),
  port,
  proxy: z.strictObject({ hops: number(z.int().min(0).max(5)) }),
  storage: z.strictObject({
    /** Secret, because the address of a database may carry its password. */
    url: z
      .string()
      .regex(/^(sqlite:.+|mongodb(\+srv)?:\/\/.+)$/, { error: 'must be sqlite:<file> or mongodb://…' })
      .meta({ secret: true }),
  }),
  keys: z.strictObject({
    /** Never changed: pairwise subjects, the index of personal numbers, the pepper and cookies derive from it. */
    root: key256.meta({ secret: true }),
    /** Encrypts stored data; the first is used for writing, all for reading. */
    storage: list(key256).pipe(z.array(key256).min(1)).meta({ secret: true }),
  }),
  log: z.strictObject({ level: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']) }),
  province: z.strictObject({
    name: z.strictObject({ vi: z.string().min(1), en: z.string().min(1) }),
    /** The one accent colour, `#rrggbb`; checked for contrast on both grounds. */
    accent: z
      .string()
      .regex(/^#[0-9a-fA-F]{6}$/, { error: 'must be #rrggbb', abort: true })
      .refine(accentReadable, { error: 'must reach a contrast of 4.5 to 1 with white' }),
  }),
  legal_profile: z.enum(['59/2022', '69/2024', '320/2026']),
  assurance: z.strictObject({
    second_factors: list(z.enum(['totp'])),
    idle: seconds,
    total: seconds,
    /** `acr` of a holder without a level (Decree 320/2026). */
    unlevelled_ceiling: number(z.literal([1, 2])),
  }),
  session: z.strictObject({ idle: seconds, absolute: seconds }),
  tokens: z.strictObject({
    authorization_code: countUpTo(60),
    access_token: countUpTo(600),
    id_token: countUpTo(600),
    refresh_token: seconds,
  }),
  interaction: z.strictObject({ lifetime: seconds }),
  consent: z.strictObject({ remembered: seconds }),
  /** The bounds are those of the stored form: src/keys/phc.ts. */
  passwords: z
    .strictObject({
      memory_kib: countUpTo(1_048_576),
      passes: countUpTo(99),
      parallelism: countUpTo(16),
      workers: countUpTo(64),
      queue: count,
    })
    .refine(({ memory_kib, parallelism }) => memory_kib >= 8 * parallelism, {
      error: 'must be at least 8 KiB for each lane',
      path: ['memory_kib'],
    }),
  throttle: z.strictObject({
    password_account: z.array(window).min(1),
    password_address: z.array(window).min(1),
    totp_account: z.array(window).min(1),
    client_address: z.array(window).min(1),
  }),
  relying_parties: z.strictObject({ cache: number(z.number().min(0).max(60)) }),
  housekeeping: z.strictObject({ interval: seconds }),
  demo: z.strictObject({ enabled: flag, portal_port: port }),
});

/** The configuration, read once at start and frozen. */
export type Config = z.infer<typeof configSchema>;
