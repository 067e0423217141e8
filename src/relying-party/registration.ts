import type { z } from 'zod';
import { type AddressPolicy, redirectUriProblem } from './redirect-uri.ts';
import { type RelyingParty, relyingPartySchema } from './relying-party.ts';

/** What is wrong with one part of a registration. */
export interface Problem {
  /** The part, as a path of the registration: `redirect_uris`, `scopes.doc:id_card.purpose.vi`. */
  readonly field: string;
  /** A sentence without the field's name: what was received, if it helps, and the rule it breaks. */
  readonly sentence: string;
}

export interface RegistrationPolicy extends AddressPolicy {
  /** The scopes a relying party can be given; `openid` is implied and not among them. */
  readonly knownScopes: ReadonlySet<string>;
}

/**
 * Everything that is wrong with a registration, all at once; empty where it can be stored. What the schema
 * requires comes first, then addresses, scopes and texts.
 */
export function registrationProblems(party: RelyingParty, policy: RegistrationPolicy): readonly Problem[] {
  return [
    ...schemaProblems(party),
    ...addressProblems(party, policy),
    ...scopeProblems(party, policy),
    ...textProblems(party),
  ];
}

function schemaProblems(party: RelyingParty): Problem[] {
  const checked = relyingPartySchema.safeParse(party);
  return checked.success ? [] : checked.error.issues.map(toProblem);
}

const toProblem = (issue: z.core.$ZodIssue): Problem => ({
  field: issue.path.join('.'),
  sentence: issue.code === 'too_small' || issue.code === 'too_big' ? lengthSentence(issue) : issue.message,
});

function lengthSentence(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  if (issue.code === 'too_small' && issue.minimum === 1) return 'must not be empty';
  const unit = issue.origin === 'string' ? 'characters' : 'entries';
  return issue.code === 'too_small'
    ? `must have at least ${issue.minimum} ${unit}`
    : `must have at most ${issue.maximum} ${unit}`;
}

function addressProblems(party: RelyingParty, policy: AddressPolicy): Problem[] {
  const lists = [
    ['redirect_uris', party.redirect_uris],
    ['post_logout_redirect_uris', party.post_logout_redirect_uris],
    ['initiate_login_uri', party.initiate_login_uri === undefined ? [] : [party.initiate_login_uri]],
  ] as const;
  const malformed = lists.flatMap(([field, addresses]) =>
    addresses.flatMap((address) => {
      const sentence = redirectUriProblem(address, policy);
      return sentence === undefined ? [] : [{ field, sentence: `${quoted(address)} ${sentence}` }];
    }),
  );
  const repeated = lists.flatMap(([field, addresses]) =>
    duplicates(addresses).map((address) => ({ field, sentence: `${quoted(address)} is given twice` })),
  );
  return [...malformed, ...repeated, ...(malformed.length === 0 ? placeProblems(party) : [])];
}

/** One host for all redirect addresses, one of their origins for the others; all addresses are well formed. */
function placeProblems(party: RelyingParty): Problem[] {
  const urls = party.redirect_uris.map((address) => new URL(address));
  const hosts = new Set(urls.map((url) => url.host));
  const origins = new Set(urls.map((url) => url.origin));
  const elsewhere = (address: string): boolean => !origins.has(new URL(address).origin);
  const astray = (field: string, addresses: readonly string[]): Problem[] =>
    addresses.filter(elsewhere).map((address) => ({
      field,
      sentence: `${quoted(address)} must be on the same origin as a redirect address (${[...origins].join(', ')})`,
    }));
  return [
    ...(hosts.size > 1
      ? [
          {
            field: 'redirect_uris',
            sentence: `must all be on one host, because people are known by another identifier on each (${[...hosts].join(', ')})`,
          },
        ]
      : []),
    ...(urls.length === 0 ? [] : astray('post_logout_redirect_uris', party.post_logout_redirect_uris)),
    ...(urls.length === 0
      ? []
      : astray(
          'initiate_login_uri',
          party.initiate_login_uri === undefined ? [] : [party.initiate_login_uri],
        )),
  ];
}

const scopeProblems = (party: RelyingParty, { knownScopes }: RegistrationPolicy): Problem[] =>
  Object.keys(party.scopes)
    .filter((scope) => !knownScopes.has(scope))
    .map((scope) => ({
      field: 'scopes',
      sentence: `${quoted(scope)} is not a scope of this provider (known: ${[...knownScopes].join(', ')})`,
    }));

/** Texts that citizens read: nothing that hides or reorders what stands beside it. */
function textProblems(party: RelyingParty): Problem[] {
  const uses = Object.entries(party.scopes).flatMap(([scope, use]) => [
    [`scopes.${scope}.purpose.vi`, use.purpose.vi] as const,
    [`scopes.${scope}.purpose.en`, use.purpose.en] as const,
    [`scopes.${scope}.legal_basis`, use.legal_basis] as const,
  ]);
  const texts = [
    ['name.vi', party.name.vi],
    ['name.en', party.name.en],
    ['organization', party.organization],
    ...uses,
  ] as const;
  return texts.flatMap(([field, text]) => {
    const sentence = text === undefined ? undefined : textProblem(text);
    return sentence === undefined ? [] : [{ field, sentence }];
  });
}

/** Why a text cannot be shown to citizens as it is, as a sentence without subject. */
function textProblem(text: string): string | undefined {
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}]/u.test(text))
    return 'contains a control or invisible character';
  if (text !== text.trim()) return 'begins or ends with a space';
  return text === text.normalize('NFC') ? undefined : 'is not in the Unicode form NFC';
}

/** Quoted as JSON, and cut, so that a hostile value cannot act on a terminal. */
const quoted = (value: string): string =>
  JSON.stringify(value.length > 120 ? `${value.slice(0, 120)}…` : value).replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    '?',
  );

const duplicates = (values: readonly string[]): string[] => [
  ...new Set(values.filter((value, index) => values.indexOf(value) < index)),
];
