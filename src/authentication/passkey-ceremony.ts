import { randomBytes } from 'node:crypto';
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { COSEALG, decodeAttestationObject, isoBase64URL } from '@simplewebauthn/server/helpers';
import { z } from 'zod';
import { SECOND } from '../clock/clock.ts';
import { translator } from '../messages/translate.ts';
import type { Passkey } from '../subject/passkeys.ts';

/** Seconds for which a challenge may be answered. */
export const CHALLENGE_SECONDS = 300;

const ALGORITHMS = [COSEALG.ES256, COSEALG.EdDSA, COSEALG.RS256];
/** Ample for what browsers send without attestation. */
const MOST_TEXT = 12_000;

const bytes = z.base64url().min(1).max(8000);

const assertionSchema = z.object({
  id: bytes,
  rawId: bytes,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    userHandle: bytes,
  }),
});
/** An answer to a challenge, as the browser posts it; nothing of it is proved yet. */
export type Assertion = z.infer<typeof assertionSchema>;

const attestationSchema = z.object({
  id: bytes,
  rawId: bytes,
  type: z.literal('public-key'),
  response: z.object({ clientDataJSON: bytes, attestationObject: bytes }),
});

/** What WebAuthn (Level 3) asks of a relying party, for one site. Nothing here reads or writes storage. */
export interface PasskeyCeremony {
  newChallenge(): string;
  /** What the browser is asked for a sign-in: any passkey of this site, with the user verified. */
  requestOptions(challenge: string): Promise<PublicKeyCredentialRequestOptionsJSON>;
  /** What the browser is asked for a new passkey; `handle` stands for the person, and says nothing about them. */
  creationOptions(options: {
    readonly challenge: string;
    readonly handle: string;
    readonly userName: string;
    readonly known: readonly Pick<Passkey, 'id'>[];
  }): Promise<PublicKeyCredentialCreationOptionsJSON>;
  readAssertion(posted: string): Assertion | undefined;
  /** The counter that the authenticator tells, once everything else is right. Whether it moved on is not decided here. */
  verifyAssertion(assertion: Assertion, challenge: string, passkey: Passkey): Promise<number | undefined>;
  /** The new passkey, without a name. */
  verifyAttestation(
    posted: string,
    challenge: string,
  ): Promise<Pick<Passkey, 'id' | 'public_key' | 'counter' | 'synced'> | undefined>;
}

/** Passkeys of the issuer's own host. */
export function createPasskeyCeremony({ issuer: origin }: { readonly issuer: string }): PasskeyCeremony {
  const rpID = new URL(origin).hostname;
  return {
    newChallenge: () => randomBytes(32).toString('base64url'),
    requestOptions: (challenge) =>
      generateAuthenticationOptions({
        rpID,
        challenge: isoBase64URL.toBuffer(challenge),
        userVerification: 'required',
        timeout: CHALLENGE_SECONDS * SECOND,
      }),
    creationOptions: ({ challenge, handle, userName, known }) =>
      generateRegistrationOptions({
        rpID,
        rpName: translator('vi')('common.siteName'),
        userName,
        userDisplayName: userName,
        userID: isoBase64URL.toBuffer(handle),
        challenge: isoBase64URL.toBuffer(challenge),
        timeout: CHALLENGE_SECONDS * SECOND,
        attestationType: 'none',
        excludeCredentials: known.map(({ id }) => ({ id })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        supportedAlgorithmIDs: ALGORITHMS,
      }),
    readAssertion: (posted) => parsed(posted, assertionSchema),
    verifyAssertion: async (assertion, challenge, passkey) =>
      verified(async () => {
        const { verified: right, authenticationInfo } = await verifyAuthenticationResponse({
          response: { ...assertion, clientExtensionResults: {} } satisfies AuthenticationResponseJSON,
          expectedChallenge: challenge,
          expectedOrigin: origin,
          expectedRPID: rpID,
          requireUserVerification: true,
          credential: {
            id: passkey.id,
            publicKey: isoBase64URL.toBuffer(passkey.public_key),
            // The library looks at the counter before the signature; here a counter is nothing until that is right.
            counter: -1,
          },
        });
        const sameKind = (authenticationInfo.credentialDeviceType === 'multiDevice') === passkey.synced;
        return right && sameKind && assertion.id === passkey.id ? authenticationInfo.newCounter : undefined;
      }),
    verifyAttestation: async (posted, challenge) => {
      const response = parsed(posted, attestationSchema);
      if (response === undefined) return undefined;
      return verified(async () => {
        if (!isPlain(response.response.attestationObject)) return undefined;
        const { registrationInfo } = await verifyRegistrationResponse({
          response: { ...response, clientExtensionResults: {} } satisfies RegistrationResponseJSON,
          expectedChallenge: challenge,
          expectedOrigin: origin,
          expectedRPID: rpID,
          requireUserVerification: true,
          supportedAlgorithmIDs: ALGORITHMS,
        });
        if (registrationInfo === undefined || registrationInfo.credential.id !== response.id)
          return undefined;
        const { credential, credentialDeviceType } = registrationInfo;
        return {
          id: credential.id,
          public_key: isoBase64URL.fromBuffer(credential.publicKey),
          counter: credential.counter,
          synced: credentialDeviceType === 'multiDevice',
        };
      });
    },
  };
}

/** Without certificates: none are asked for, and to check some would mean to fetch from addresses that they name. */
function isPlain(attestationObject: string): boolean {
  const decoded = decodeAttestationObject(isoBase64URL.toBuffer(attestationObject));
  const format = decoded.get('fmt');
  return format === 'none' || (format === 'packed' && decoded.get('attStmt').get('x5c') === undefined);
}

function parsed<T>(posted: string, schema: z.ZodType<T>): T | undefined {
  if (posted.length > MOST_TEXT) return undefined;
  try {
    return schema.safeParse(JSON.parse(posted)).data;
  } catch {
    return undefined;
  }
}

/** The library throws for whatever an answer has wrong with it, and is given nothing else that could be wrong. */
async function verified<T>(check: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await check();
  } catch {
    return undefined;
  }
}
