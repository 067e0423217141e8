import type { Scope } from '../documents/scope.ts';
import { formatMoment } from '../messages/format.ts';
import type { RelyingParty, ScopeUse } from '../relying-party/relying-party.ts';
import type { Section } from './layout.ts';

/** Where a relying party's library finds everything else (OpenID Connect Discovery 1.0, section 4). */
export const discoveryUri = (issuer: string): string => `${issuer}/.well-known/openid-configuration`;

/**
 * A registration as `--json` prints it: the member names of OpenID Connect Registration 1.0 where it has them.
 * Without the hash of the secret, also where the secret itself is added.
 */
export function publicRegistration(
  { authentication, ...party }: RelyingParty,
  issuer: string,
): Record<string, unknown> {
  return {
    ...party,
    token_endpoint_auth_method: authentication.method,
    ...(authentication.method === 'private_key_jwt' && {
      token_endpoint_auth_signing_alg: authentication.signing_alg,
      jwks: authentication.jwks,
    }),
    issuer,
    discovery_uri: discoveryUri(issuer),
  };
}

/** A registration for people; `secret` is shown where it was made just now. */
export function registrationSections(
  party: RelyingParty,
  catalogue: readonly Scope[],
  secret?: string,
): Section[] {
  return [
    {
      title: party.name.vi,
      rows: [
        ['Client id', party.client_id],
        ...(secret === undefined ? [] : [['Client secret', [secret, SECRET_REMARK]] as const]),
        ...(party.name.en === undefined ? [] : [['English name', party.name.en] as const]),
        ['Organization', party.organization],
        ['Registered', `${formatMoment(Date.parse(party.registered_at))} (Asia/Ho_Chi_Minh)`],
      ],
    },
    {
      title: 'Addresses',
      rows: [
        ['Redirect', party.redirect_uris],
        ...(party.post_logout_redirect_uris.length > 0
          ? [['After sign-out', party.post_logout_redirect_uris] as const]
          : []),
        ...(party.initiate_login_uri === undefined
          ? []
          : [['Starts again at', party.initiate_login_uri] as const]),
      ],
    },
    { title: 'Protocol', rows: protocolRows(party) },
    { title: 'Scopes', rows: scopeRows(party, catalogue) },
  ];
}

const SECRET_REMARK = 'Keep it now: it is stored as a hash only and cannot be shown again.';

function protocolRows({ authentication, ...party }: RelyingParty): Section['rows'] {
  const keys = authentication.method === 'private_key_jwt' ? authentication.jwks.keys : [];
  return [
    ['Authentication', authentication.method],
    ...(authentication.method === 'private_key_jwt'
      ? [
          [
            'Public keys',
            keys.map((key) => `${authentication.signing_alg} ${key.kid ?? '(without key id)'}`),
          ] as const,
        ]
      : []),
    ['ID token', `signed with ${party.id_token_signed_response_alg}`],
    [
      'UserInfo',
      party.userinfo_signed_response_alg ? `signed with ${party.userinfo_signed_response_alg}` : 'plain JSON',
    ],
    ['Refresh tokens', party.refresh_tokens ? 'yes (may ask for offline_access)' : 'no'],
    ['Least acr', `"${party.acr_floor}" for every sign-in`],
  ];
}

function scopeRows({ scopes }: RelyingParty, catalogue: readonly Scope[]): Section['rows'] {
  const rows = Object.entries(scopes).map(
    ([scope, use]) =>
      [
        scope,
        scopeLines(
          use,
          catalogue.find((known) => known.scope === scope),
        ),
      ] as const,
  );
  const documents = catalogue.some((known) => known.kind === 'document' && known.scope in scopes);
  return [
    ['openid', 'always: a pairwise identifier of the person and the acr'],
    ...rows,
    ...(documents
      ? [['Note', 'A request for a document (doc:…) demands acr "2", whatever the least acr above.'] as const]
      : []),
  ];
}

function scopeLines(use: ScopeUse, known: Scope | undefined): string[] {
  const tags = [
    use.required ? 'required' : 'optional',
    ...(known ? [`level ${known.level}`, ...(known.sensitive ? ['sensitive'] : [])] : ['no longer offered']),
  ];
  return [
    known ? `${known.label.vi} (${known.label.en})` : '(unknown)',
    tags.join(', '),
    `Purpose: ${use.purpose.vi}${use.purpose.en === undefined ? '' : ` (${use.purpose.en})`}`,
    ...(use.legal_basis === undefined ? [] : [`Legal basis: ${use.legal_basis}`]),
  ];
}
