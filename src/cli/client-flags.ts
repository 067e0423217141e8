/** The flags of `client add` as typed; a repeatable one is a list. */
export interface ClientFlags {
  readonly id?: string;
  readonly name?: string;
  readonly nameEn?: string;
  readonly organization?: string;
  readonly redirectUri: readonly string[];
  readonly postLogoutRedirectUri: readonly string[];
  readonly initiateLoginUri?: string;
  readonly scope: readonly string[];
  readonly optional: readonly string[];
  readonly purpose?: string;
  readonly purposeEn?: string;
  readonly legalBasis?: string;
  readonly scopesFile?: string;
  readonly acrFloor?: string;
  readonly auth?: string;
  readonly jwks?: string;
  readonly idTokenAlg?: string;
  readonly userinfoAlg?: string;
  readonly refresh?: boolean;
  readonly json?: boolean;
}

const FLAG_OF_FIELD: Readonly<Record<string, string>> = {
  client_id: '--id',
  'name.vi': '--name',
  'name.en': '--name-en',
  organization: '--organization',
  redirect_uris: '--redirect-uri',
  post_logout_redirect_uris: '--post-logout-redirect-uri',
  initiate_login_uri: '--initiate-login-uri',
  scopes: '--scope',
};

/** The flag behind a field of a registration: `scopes.doc:id_card.purpose.vi` is `--purpose (doc:id_card)`. */
export function flagOf(field: string): string {
  const [, scope, part] = /^scopes\.(.+?)\.(purpose|legal_basis)/.exec(field) ?? [];
  if (scope !== undefined) return `${part === 'purpose' ? '--purpose' : '--legal-basis'} (${scope})`;
  return FLAG_OF_FIELD[field] ?? FLAG_OF_FIELD[field.split('.', 1)[0] ?? ''] ?? field;
}
