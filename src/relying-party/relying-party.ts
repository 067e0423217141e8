import { z } from 'zod';
import type { Sentence } from '../messages/language.ts';
import { CLIENT_ID_PATTERN } from './client-id.ts';

/** Why and on what basis one scope is asked for (Law 91/2025: consent is per purpose). */
export const scopeUse = z.strictObject({
  /** The procedure cannot be done without it: shown marked and fixed. An optional one is shown unticked. */
  required: z.boolean(),
  purpose: z.strictObject({ vi: z.string().min(3).max(300), en: z.string().max(300).optional() }),
  /** The decree, circular or decision, as text. */
  legal_basis: z.string().min(3).max(300).optional(),
});

export const signingAlgorithms = ['ES256', 'EdDSA', 'RS256'] as const;

/** Asymmetric only (design head 9); a secret is kept as `sha256$…` of a generated 256-bit value. */
const clientAuthentication = z.discriminatedUnion('method', [
  z.strictObject({
    method: z.literal('private_key_jwt'),
    jwks: z.strictObject({ keys: z.array(z.record(z.string(), z.unknown())).min(1).max(5) }),
    signing_alg: z.enum(signingAlgorithms),
  }),
  z.strictObject({ method: z.literal('client_secret_basic'), secret_hash: z.string().startsWith('sha256$') }),
]);

/** A registered relying party (OpenID Connect Core 1.2), as stored. */
export const relyingPartySchema = z.strictObject({
  client_id: z.string().regex(CLIENT_ID_PATTERN, {
    error: 'must be 3 to 64 of the characters A-Z a-z 0-9 - and _, beginning with a letter or digit',
  }),
  name: z.strictObject({ vi: z.string().min(1).max(120), en: z.string().max(120).optional() }),
  /** The body that answers for it, as the citizen reads it. */
  organization: z.string().min(1).max(200),
  /** Rules that bind it: `standard`; others follow. */
  profile: z.enum(['standard']),
  redirect_uris: z.array(z.string()).min(1),
  post_logout_redirect_uris: z.array(z.string()),
  /** Where a citizen starts again when a sign-in cannot be resumed (OpenID Connect Core 4). */
  initiate_login_uri: z.string().optional(),
  /** Keyed by scope; `openid` is implied. */
  scopes: z.record(z.string(), scopeUse),
  /** No sign-in below this `acr`. */
  acr_floor: z.union([z.literal(1), z.literal(2)]),
  authentication: clientAuthentication,
  id_token_signed_response_alg: z.enum(signingAlgorithms),
  /** Absent: UserInfo is plain JSON. */
  userinfo_signed_response_alg: z.enum(signingAlgorithms).optional(),
  /** May ask for `offline_access`. */
  refresh_tokens: z.boolean(),
  registered_at: z.iso.datetime(),
});
export type RelyingParty = z.infer<typeof relyingPartySchema>;
export type ScopeUse = z.infer<typeof scopeUse>;

/** The purpose of a scope in both languages; the Vietnamese one stands where no English one was given. */
export const purposeOf = ({ purpose: { vi, en = vi } }: ScopeUse): Sentence => ({ vi, en });
