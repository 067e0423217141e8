import { createHash, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose';

/** What the fake provider answers with; each deviation is a way in which a provider could lie. */
export interface Answer {
  readonly idToken?: JWTPayload;
  readonly userInfo?: Record<string, unknown>;
  /** Signs with a key that is not published. */
  readonly foreignKey?: boolean;
}

interface Granted {
  readonly answer: Answer;
  readonly params: URLSearchParams;
}

/** A provider that grants whatever a test says, and still insists on PKCE and private_key_jwt as a real one does. */
export interface FakeProvider {
  readonly issuer: string;
  /** The path and query that the browser brings back for an authorization request. */
  grant(authorizationUrl: string, answer?: Answer): string;
  refuse(authorizationUrl: string, error: string, changes?: Record<string, string>): string;
  close(): Promise<void>;
}

const bodyOf = async (request: AsyncIterable<Buffer>): Promise<URLSearchParams> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return new URLSearchParams(Buffer.concat(chunks).toString());
};

const portListening = (server: Server, port: number): Promise<number> =>
  new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

async function keyPair() {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  return {
    privateKey,
    publicJwk: { ...(await exportJWK(publicKey)), kid: 'signing', alg: 'ES256', use: 'sig' },
  };
}

function callbackPath(authorizationUrl: string, answer: Record<string, string>): string {
  const { searchParams } = new URL(authorizationUrl);
  const state = searchParams.get('state') ?? '';
  return `/callback?${new URLSearchParams({ state, ...answer })}`;
}

/** `clientKeys`: the public keys of the portal. A `port` lets a test start it where another one was expected. */
export async function startFakeProvider(clientKeys: JWK[], port = 0): Promise<FakeProvider> {
  const [own, foreign] = await Promise.all([keyPair(), keyPair()]);
  const codes = new Map<string, Granted>();
  const tokens = new Map<string, Granted>();
  let issuer = '';

  const idTokenFor = ({ answer, params }: Granted) =>
    new SignJWT({
      nonce: params.get('nonce') ?? '',
      acr: '1',
      amr: ['pwd'],
      auth_time: 1_790_000_000,
      ...answer.idToken,
    })
      .setProtectedHeader({ alg: 'ES256', kid: 'signing' })
      .setIssuer(answer.idToken?.iss ?? issuer)
      .setAudience(answer.idToken?.aud ?? params.get('client_id') ?? '')
      .setSubject(answer.idToken?.sub ?? 'sub-1')
      .setIssuedAt()
      .setExpirationTime(answer.idToken?.exp ?? '5m')
      .sign(answer.foreignKey ? foreign.privateKey : own.privateKey);

  async function redeem(body: URLSearchParams): Promise<object | undefined> {
    const granted = codes.get(body.get('code') ?? '');
    codes.delete(body.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url');
    if (granted?.params.get('code_challenge') !== challenge) return undefined;
    await jwtVerify(body.get('client_assertion') ?? '', createLocalJWKSet({ keys: clientKeys }), {
      audience: issuer,
      maxTokenAge: '5m',
    });
    const accessToken = randomUUID();
    tokens.set(accessToken, granted);
    return {
      token_type: 'Bearer',
      access_token: accessToken,
      expires_in: 300,
      id_token: await idTokenFor(granted),
    };
  }

  const server = createServer(async (request, response) => {
    const reply = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.url === '/.well-known/openid-configuration')
      return reply(200, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/userinfo`,
        jwks_uri: `${issuer}/jwks`,
        end_session_endpoint: `${issuer}/logout`,
        authorization_response_iss_parameter_supported: true,
      });
    if (request.url === '/jwks') return reply(200, { keys: [own.publicJwk] });
    if (request.url === '/token') {
      const answer = await bodyOf(request);
      const redeemed = await redeem(answer).catch(() => undefined);
      return redeemed ? reply(200, redeemed) : reply(400, { error: 'invalid_grant' });
    }
    const granted = tokens.get((request.headers.authorization ?? '').replace('Bearer ', ''));
    return granted ? reply(200, { sub: 'sub-1', ...granted.answer.userInfo }) : reply(401, {});
  });
  issuer = `http://127.0.0.1:${await portListening(server, port)}`;

  return {
    issuer,
    grant(authorizationUrl, answer = {}) {
      const code = randomUUID();
      codes.set(code, { answer, params: new URL(authorizationUrl).searchParams });
      return callbackPath(authorizationUrl, { code, iss: issuer });
    },
    refuse: (authorizationUrl, error, changes = {}) =>
      callbackPath(authorizationUrl, { error, iss: issuer, ...changes }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
