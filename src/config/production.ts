import type { ConfigurationProblem } from './configuration-error.ts';
import { described } from './settings.ts';
import { valueAt } from './values.ts';

/** Random bytes are neither readable text nor few different ones; 32 random bytes fail this less than once in 10^11. */
const guessable = (key: string): boolean => {
  const bytes = Buffer.from(key, 'base64url');
  return bytes.every((byte) => byte >= 0x20 && byte < 0x7f) || new Set(bytes).size < 16;
};

const strings = (value: unknown): string[] =>
  (typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [])
    .filter((part) => typeof part === 'string')
    .map((part) => part.trim());

/** KiB: the smallest memory among the argon2id parameters that OWASP's password storage sheet lists. */
const LEAST_MEMORY = 7168;
const GUESSABLE = 'must be random: this one is readable text, as the development keys are, or a repetition';

/** Each rule looks at one value as it was given, parsed or not, and says what is wrong with it. */
const RULES: Readonly<Record<string, (value: unknown, values: unknown) => string | undefined>> = {
  issuer: (value) => (String(value).startsWith('https://') ? undefined : 'must be https in production'),
  'keys.root': (value) => (strings(value).some(guessable) ? GUESSABLE : undefined),
  'keys.storage': (value, values) => {
    if (strings(value).some(guessable)) return GUESSABLE;
    const root = valueAt(values, 'keys.root');
    return strings(value).some((key) => key === root) ? 'must not be the same key as keys.root' : undefined;
  },
  'sms.url': (value) => (String(value).startsWith('https://') ? undefined : 'must be https in production'),
  'passwords.memory_kib': (value) =>
    Number(value) >= LEAST_MEMORY ? undefined : `must be at least ${LEAST_MEMORY} in production`,
  'demo.enabled': (value) => (String(value) === 'true' ? 'must be false in production' : undefined),
};

/** What must be given in production and has no default; the reason is read with the rule. */
const REQUIRED: Readonly<Record<string, string>> = {
  'mail.url': 'is required in production: activation, codes and notices go by e-mail',
  'mail.from.address': 'is required in production: the address that letters come from',
};

/** What the production profile refuses beyond the schema. Missing keys are the schema's to refuse. */
export function productionProblems(values: unknown): ConfigurationProblem[] {
  const missing = Object.entries(REQUIRED).filter(([path]) => valueAt(values, path) === undefined);
  const refused = Object.entries(RULES).flatMap(([path, refusal]) => {
    const value = valueAt(values, path);
    const rule = value === undefined ? undefined : refusal(value, values);
    return rule === undefined ? [] : [{ path, rule, ...described(path, value) }];
  });
  return [...refused, ...missing.map(([path, rule]) => ({ path, rule, ...described(path, undefined) }))];
}
