import type { Demand } from '../authentication/demand.ts';
import { scopeNamed, scopeOfClaim } from '../documents/catalogue.ts';
import type { AccountLevel } from '../subject/subject.ts';

/** Claims that every ID token may carry; they need no consent of their own. */
export const PROTOCOL_CLAIMS: ReadonlySet<string> = new Set([
  'sub',
  'sid',
  'iss',
  'auth_time',
  'acr',
  'amr',
  'authentication_level',
]);

type ClaimRequest = {
  readonly essential?: unknown;
  readonly value?: unknown;
  readonly values?: unknown;
} | null;

/** The `claims` parameter after it has been parsed; of unknown content until `claimNames` and the rest look. */
export interface ClaimsRequest {
  readonly id_token?: Readonly<Record<string, ClaimRequest>>;
  readonly userinfo?: Readonly<Record<string, ClaimRequest>>;
}

/** The parameters of an authorization request that this folder reads. */
export interface RequestParams {
  readonly scope?: string | undefined;
  readonly claims?: string | undefined;
  readonly acr_values?: string | undefined;
  readonly id_token_hint?: string | undefined;
}

export const requestedScopes = (params: RequestParams): string[] => [
  ...new Set((params.scope ?? '').split(' ').filter((scope) => scope !== '')),
];

export const parseClaims = (params: RequestParams): ClaimsRequest =>
  params.claims === undefined ? {} : (JSON.parse(params.claims) as ClaimsRequest);

/** Single claims asked for beside the scopes, protocol claims and unknown ones left out. */
export function requestedClaims(params: RequestParams): string[] {
  const { id_token, userinfo } = parseClaims(params);
  const names = new Set([...Object.keys(id_token ?? {}), ...Object.keys(userinfo ?? {})]);
  return [...names].filter((name) => !PROTOCOL_CLAIMS.has(name) && scopeOfClaim(name) !== undefined);
}

/** Document scopes among those requested. */
export const requestedDocuments = (params: RequestParams): string[] =>
  requestedScopes(params).filter((scope) => scopeNamed(scope)?.kind === 'document');

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

/**
 * What the request demands of the sign-in. `acr_values` never replaces an essential `acr` claim: the library
 * lets it, so the parameter is read here anew. A relying party that sends `+` for a space is understood.
 */
export function demandOf(params: RequestParams, acrFloor: AccountLevel): Demand {
  const acr = parseClaims(params).id_token?.acr ?? undefined;
  const listed = [...strings(acr?.values), ...(typeof acr?.value === 'string' ? [acr.value] : [])];
  const essential = acr?.essential === true && listed.length > 0 ? listed : undefined;
  const values = (params.acr_values ?? '').split(/[ +]/).filter((value) => value !== '');
  return {
    floor: requestedDocuments(params).length > 0 ? 2 : acrFloor,
    ...(essential === undefined ? {} : { essential }),
    wished: values.length > 0 ? values : essential === undefined ? listed : [],
  };
}
