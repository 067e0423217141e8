import { accountLevel, type LevelRules } from '../subject/level.ts';
import type { Subject } from '../subject/subject.ts';

type Claims = Readonly<Record<string, unknown>>;

const claimsOf: Readonly<Record<string, (subject: Subject, rules: LevelRules) => Claims>> = {
  profile: (subject, rules) => ({
    name: subject.name,
    birthdate: subject.birthdate,
    gender: subject.gender,
    nationality: subject.nationality,
    holder_type: subject.holder_type,
    ...assuranceLevel(subject, rules),
    updated_at: Math.floor(Date.parse(subject.synced_at) / 1000),
  }),
  identity: ({ personal_number, former_numbers }) => ({
    personal_number,
    ...(former_numbers.length > 0 ? { former_personal_numbers: former_numbers } : {}),
  }),
  email: ({ email }) => (email ? { email: email.address, email_verified: email.verified } : {}),
  phone: ({ phone }) => (phone ? { phone_number: phone.number, phone_number_verified: phone.verified } : {}),
  address: ({ address }) => (address ? { address } : {}),
};

/**
 * The claims of the profile scopes among `scopes` (OpenID Connect Core 5.1); other scopes give nothing. What is
 * not known is absent, never null or empty (5.3.2). `assurance_level` is the account's level as it counts today,
 * "1" or "2", and absent for a holder without one; `updated_at` is when the population database was last asked.
 */
export const profileClaims = (subject: Subject, scopes: ReadonlySet<string>, rules: LevelRules): Claims =>
  Object.fromEntries(
    Object.entries(claimsOf).flatMap(([scope, claims]) =>
      scopes.has(scope) ? Object.entries(claims(subject, rules)) : [],
    ),
  );

function assuranceLevel(subject: Subject, rules: LevelRules): Claims {
  const level = accountLevel(subject, rules);
  return level === undefined ? {} : { assurance_level: String(level) };
}
