import { type ClaimsParameter, type Client, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { scopeOfClaim } from '../documents/catalogue.ts';
import { PROTOCOL_CLAIMS, requestedScopes } from './requested.ts';

const MAX_LENGTH = 4096;
const MAX_CLAIMS = 40;

/**
 * The `claims` parameter must not open a side door (OpenID Connect Core 5.5): a claim can be asked for only if
 * the relying party is registered for its scope, and a document only together with its scope and never for the
 * ID token. Unknown claims are ignored, as the specification says.
 */
export function assertClaimsParameter(
  ctx: KoaContextWithOIDC,
  claims: ClaimsParameter,
  client: Client,
): void {
  const { params } = ctx.oidc;
  if (typeof params?.claims === 'string' && params.claims.length > MAX_LENGTH) {
    throw new errors.InvalidRequest('claims parameter is too long');
  }
  if (namesPrototype(claims)) throw new errors.InvalidRequest('claims parameter has a forbidden name');
  const registered = new Set((client.scope ?? '').split(' '));
  const requested = new Set(requestedScopes({ scope: params?.scope as string | undefined }));
  for (const [use, members] of Object.entries({ id_token: claims.id_token, userinfo: claims.userinfo })) {
    const entries = Object.entries(members ?? {});
    if (entries.length > MAX_CLAIMS) throw new errors.InvalidRequest('claims parameter has too many claims');
    for (const [name, member] of entries) {
      assertMember(name, member);
      assertAllowed(name, use, registered, requested);
    }
  }
}

/** The one key that changes the prototype of whatever it is copied to; storage would refuse it later, as a fault. */
function namesPrototype(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, member]) => key === '__proto__' || namesPrototype(member));
}

function assertMember(name: string, member: unknown): void {
  if (member !== null && (typeof member !== 'object' || Array.isArray(member))) {
    throw new errors.InvalidRequest('claims parameter members must be null or objects');
  }
  if (name === 'acr' && member !== null && 'values' in member && !Array.isArray(member.values)) {
    throw new errors.InvalidRequest('acr values must be an array');
  }
}

function assertAllowed(
  name: string,
  use: string,
  registered: ReadonlySet<string>,
  requested: ReadonlySet<string>,
): void {
  const scope = PROTOCOL_CLAIMS.has(name) ? undefined : scopeOfClaim(name);
  if (scope === undefined) return;
  if (!registered.has(scope.scope))
    throw new errors.InvalidRequest(`claim is not registered for this client`);
  if (scope.kind !== 'document') return;
  if (use === 'id_token') throw new errors.InvalidRequest('documents are released by UserInfo only');
  if (!requested.has(scope.scope)) throw new errors.InvalidRequest('a document needs its scope');
}
