import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { isoBase64URL, isoCBOR } from '@simplewebauthn/server/helpers';

/** What a test may bend of an answer. */
export interface Bent {
  readonly origin?: string;
  readonly rpId?: string;
  readonly verified?: boolean;
  readonly present?: boolean;
  readonly counter?: number;
  readonly type?: string;
  readonly algorithm?: -7 | -257 | -36;
  readonly format?: string;
}

/** A passkey in a phone that does what a test says, made of nothing but keys (WebAuthn Level 3, section 6). */
export interface Authenticator {
  readonly id: string;
  /** The answer to `navigator.credentials.create`, as JSON. */
  create(options: CreationOptions, bent?: Bent): string;
  /** The answer to `navigator.credentials.get`, as JSON. */
  get(options: { readonly challenge: string }, bent?: Bent): string;
}

interface CreationOptions {
  readonly challenge: string;
  readonly user: { readonly id: string };
}

const UP = 0x01;
const UV = 0x04;
const AT = 0x40;

const sha256 = (data: Buffer | string): Buffer => createHash('sha256').update(data).digest();
const url = (data: Uint8Array): string => Buffer.from(data).toString('base64url');

/** An authenticator for the site of `issuer`. */
export function openAuthenticator(issuer: string): Authenticator {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  let handle = '';
  let uses = 0;

  const flagged = (bent: Bent, more: number): Buffer => {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(bent.counter ?? uses);
    const flags = (bent.present === false ? 0 : UP) | (bent.verified === false ? 0 : UV) | more;
    return Buffer.concat([sha256(bent.rpId ?? new URL(issuer).hostname), Buffer.from([flags]), counter]);
  };
  const clientData = (type: string, challenge: string, bent: Bent): Buffer =>
    Buffer.from(
      JSON.stringify({
        type: bent.type ?? type,
        challenge,
        origin: bent.origin ?? issuer,
        crossOrigin: false,
      }),
    );
  const answer = (response: Record<string, string>): string =>
    JSON.stringify({
      id: url(id),
      rawId: url(id),
      type: 'public-key',
      clientExtensionResults: {},
      response,
    });

  return {
    id: url(id),
    create({ challenge, user }, bent = {}) {
      handle = user.id;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      const attested = Buffer.concat([
        Buffer.alloc(16),
        length,
        id,
        coseKey(publicKey, bent.algorithm ?? -7),
      ]);
      const authData = new Uint8Array(Buffer.concat([flagged(bent, AT), attested]));
      const attestation = new Map<string, string | Uint8Array | Map<never, never>>([
        ['fmt', bent.format ?? 'none'],
        ['attStmt', new Map<never, never>()],
        ['authData', authData],
      ]);
      return answer({
        clientDataJSON: url(clientData('webauthn.create', challenge, bent)),
        attestationObject: url(isoCBOR.encode(attestation)),
      });
    },
    get({ challenge }, bent = {}) {
      uses += 1;
      const authData = flagged(bent, 0);
      const told = clientData('webauthn.get', challenge, bent);
      return answer({
        clientDataJSON: url(told),
        authenticatorData: url(authData),
        signature: url(signed(privateKey, Buffer.concat([authData, sha256(told)]))),
        userHandle: handle,
      });
    },
  };
}

const signed = (key: KeyObject, data: Buffer): Buffer => createSign('sha256').update(data).sign(key);

/** An EC2 key (RFC 9053 section 7.1), whatever algorithm it says it is for. */
function coseKey(key: KeyObject, algorithm: number): Uint8Array {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return isoCBOR.encode(
    new Map<number, number | Uint8Array>([
      [1, 2],
      [3, algorithm],
      [-1, 1],
      [-2, isoBase64URL.toBuffer(x)],
      [-3, isoBase64URL.toBuffer(y)],
    ]),
  );
}
