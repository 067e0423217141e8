import type { z } from 'zod';
import {
  accent,
  filledList,
  flag,
  gateway,
  key256,
  level,
  line,
  list,
  mailAddress,
  mailServer,
  map,
  number,
  oneOf,
  origin,
  text,
  textOf,
  whole,
  wholeOrAuto,
} from './kinds.ts';

const count = whole(1);
const seconds = count;
const port = whole(0, 65535);
/** An unescaped `@` is nowhere but before the hosts: else a password would be taken for them, and be shown. */
const host = String.raw`(\[[^\s/?@[\]]+\]|[^\s/?@:,[\]]+)(:\d+)?`;
const storageAddress = new RegExp(
  String.raw`^(sqlite:.+|mongodb(\+srv)?://([^\s/?@]*@)?${host}(,${host})*/[^\s/?@]+(\?[^\s@]*)?)$`,
);
const attempts = filledList(map({ attempts: count, seconds }));

export const PROFILES = ['development', 'production'] as const;

/**
 * Every setting, its type and its bounds. `config/default.yaml` is the commented reference; its paths are the
 * paths here. Durations are in seconds.
 */
export const configSchema = map({
  profile: oneOf(PROFILES),
  issuer: origin,
  host: text,
  port,
  proxy: map({ hops: whole(0, 5) }),
  /** Server processes; what `auto` comes to is in workers.ts. */
  workers: wholeOrAuto(1, 64),
  shutdown: map({ drain: whole(0, 300), grace: whole(1, 300) }),
  storage: map({
    /** Secret, because the address of a database may carry its password. */
    url: textOf(
      storageAddress,
      'must be sqlite:<file>, mongodb://<hosts>/<database> or mongodb+srv://<host>/<database>',
    ).meta({ secret: true }),
  }),
  mail: map({
    /** Secret, because it may carry a password. */
    url: mailServer.optional().meta({ secret: true }),
    ca: textOf(/^-----BEGIN CERTIFICATE-----\s/, 'must be certificates in PEM form').optional(),
    from: map({ address: mailAddress.optional(), name: line }),
    interval: seconds,
  }),
  /** Both, or none: the province's gateway for text messages. */
  sms: map({
    url: gateway.optional(),
    token: textOf(/^[\x21-\x7e]{1,4096}$/, 'must be one word of ASCII characters')
      .optional()
      .meta({ secret: true }),
  }).superRefine((given, { addIssue }) => {
    for (const [name, other] of [
      ['url', 'token'],
      ['token', 'url'],
    ] as const)
      if (given[name] === undefined && given[other] !== undefined)
        addIssue({ code: 'custom', path: [name], message: `is required with sms.${other}` });
  }),
  /** How long a confirmed change of e-mail or phone waits before it takes effect. */
  contact: map({ cooling: seconds }),
  keys: map({
    /** Never changed: pairwise subjects, the index of personal numbers, the pepper and cookies derive from it. */
    root: key256.meta({ secret: true }),
    /** Encrypts stored data; the first is used for writing, all for reading. */
    storage: list(key256).meta({ secret: true }),
  }),
  log: map({ level: oneOf(['error', 'warn', 'info', 'debug', 'trace', 'silent']) }),
  province: map({
    name: map({ vi: text, en: text }),
    /** The one accent colour, `#rrggbb`; checked for contrast on both grounds. */
    accent,
  }),
  legal_profile: oneOf(['59/2022', '69/2024', '320/2026']),
  assurance: map({
    second_factors: list(oneOf(['totp', 'passkey', 'recovery_code'])),
    idle: seconds,
    total: seconds,
    /** `acr` of a holder without a level (Decree 320/2026). */
    unlevelled_ceiling: level,
  }),
  session: map({ idle: seconds, absolute: seconds }),
  tokens: map({
    authorization_code: whole(1, 60),
    access_token: whole(1, 600),
    id_token: whole(1, 600),
    refresh_token: seconds,
  }),
  interaction: map({ lifetime: seconds }),
  consent: map({ remembered: seconds }),
  /** The bounds are those of the stored form: src/keys/phc.ts. */
  passwords: map({
    memory_kib: whole(1, 1_048_576),
    passes: whole(1, 99),
    parallelism: whole(1, 16),
    workers: wholeOrAuto(1, 64),
    queue: count,
  }).refine(({ memory_kib, parallelism }) => memory_kib >= 8 * parallelism, {
    error: 'must be at least 8 KiB for each lane',
    path: ['memory_kib'],
  }),
  /** Characters; the bounds are those of NIST SP 800-63B-4 and of the hasher. */
  password_rules: map({ length: whole(8, 64), length_with_second_factor: whole(8, 64) }),
  throttle: map({
    password_account: attempts,
    password_address: attempts,
    totp_account: attempts,
    totp_address: attempts,
    passkey_account: attempts,
    passkey_address: attempts,
    code_sent: attempts,
    code_sent_address: attempts,
    code_account: attempts,
    code_address: attempts,
    letter_account: attempts,
    client_address: attempts,
  }),
  /** `place_header` is lower or upper case, as a header's name is. */
  devices: map({
    remembered: seconds,
    place_header: textOf(/^[A-Za-z0-9-]{1,60}$/, 'must be the name of a header').optional(),
  }),
  /** How long the code of a printed letter, and the link of an activation mail, can be used. */
  activation: map({ letter: seconds, link: seconds }),
  relying_parties: map({ cache: number(0, 60) }),
  housekeeping: map({ interval: seconds }),
  /** Days before the last one of a paper on which a letter goes out. */
  notices: map({ expiry_days: list(whole(1, 365)) }),
  /** Terms of use of the province's own: all three, or none. */
  terms: map({
    version: textOf(/^\d{4}-\d{2}-\d{2}$/, 'must be a day, as in 2026-11-21').optional(),
    vi: text.optional(),
    en: text.optional(),
  }).superRefine((given, { addIssue }) => {
    if (Object.values(given).every((value) => value === undefined)) return;
    for (const name of ['version', 'vi', 'en'] as const)
      if (given[name] === undefined) addIssue({ code: 'custom', path: [name], message: 'is required' });
  }),
  demo: map({ enabled: flag, portal_port: port }),
});

/** The settings as they are written. */
export type Settings = z.infer<typeof configSchema>;

/** The configuration, read once at start and frozen: every `auto` has become a number. */
export type Config = Omit<Settings, 'workers' | 'passwords'> & {
  readonly workers: number;
  /** `workers` are the hashing threads of one process. */
  readonly passwords: Omit<Settings['passwords'], 'workers'> & { readonly workers: number };
};
