import type { Scope } from '../documents/scope.ts';
import { type Layout, renderSections, type Section } from './layout.ts';
import { SCOPES_FILE_EXAMPLE } from './scopes-file.ts';

/** What stands below the flags of `client add --help`. */
export function clientAddHelp(catalogue: readonly Scope[], layout: Layout): string {
  const rows = (kind: Scope['kind']): Section['rows'] =>
    catalogue.filter((scope) => scope.kind === kind).map((scope) => [scope.scope, meaning(scope)] as const);
  const sections: Section[] = [
    { title: 'Scopes of level 1 (openid is always included)', rows: rows('profile') },
    {
      title: 'Scopes of level 2: one paper each, given by UserInfo only; asking for one demands acr "2"',
      rows: rows('document'),
    },
  ];
  return `\n${renderSections(sections, layout)}${EXAMPLES}`;
}

const meaning = ({ label, sensitive }: Scope): string =>
  `${label.vi} (${label.en})${sensitive ? ', sensitive' : ''}`;

const EXAMPLES = `
A scopes file says it scope by scope, in place of --scope, --optional and --purpose:
${SCOPES_FILE_EXAMPLE.replace(/^/gm, '  ')}

Examples:
  npm run admin -- client add
  npm run admin -- client add \\
    --name "Cổng dịch vụ công" --organization "Sở Mẫu" \\
    --redirect-uri https://dichvucong.example/signin/callback \\
    --scope profile --optional email --purpose "Điền sẵn tờ khai của bạn"
  npm run admin -- client add --name "Hệ thống hồ sơ" --organization "Sở Mẫu" \\
    --redirect-uri https://hoso.example/cb --scopes-file scopes.yaml --jwks public-keys.json
  npm run -s admin -- client add … --json > client.json

What happens next:
  Give the relying party its client id, its secret (or nothing, where it has a
  key of its own) and the address <issuer>/.well-known/openid-configuration.
  A certified OpenID Connect library needs no more: authorization code with
  PKCE (S256). A running server knows the new relying party at once.
`;
