import * as OTPAuth from 'otpauth';
import { z } from 'zod';
import { type Clock, MINUTE, SECOND } from '../clock/clock.ts';
import { inserted } from '../storage/amendment.ts';
import type { CollectionDefinition, Storage } from '../storage/contract.ts';
import type { SubjectId } from '../subject/subject.ts';
import { CHALLENGE_SECONDS } from './passkey-ceremony.ts';

interface Enrolment {
  /** Of a generator, base32. */
  readonly secret?: string | undefined;
}

/** What was given out to a person, the secret to one session, and has not become a factor. */
export const enrolments: CollectionDefinition<Enrolment> = {
  name: 'enrolments',
  schema: z.strictObject({ secret: z.string().optional() }),
  sealed: true,
  spread: 'bucket',
};

/** How long a person may take to bring the secret into an app. */
const SECRET_LIFETIME = 30 * MINUTE;

export interface Enrolments {
  /** The secret of this person's enrolment under way in a session, a new one where there is none. */
  secret(id: SubjectId, session: string): Promise<string>;
  /** Undefined where none is under way. */
  standingSecret(id: SubjectId, session: string): Promise<string | undefined>;
  forgetSecret(id: SubjectId, session: string): Promise<void>;
  keepChallenge(id: SubjectId, challenge: string): Promise<void>;
  /** True once for a challenge that was given out to this person and is not too old. */
  takeChallenge(id: SubjectId, challenge: string): Promise<boolean>;
}

export function createEnrolments({ storage, clock }: { storage: Storage; clock: Clock }): Enrolments {
  const rows = storage.collection(enrolments);
  const ofTotp = (id: SubjectId, session: string) => `${id}:totp:${session}`;
  const ofPasskey = (id: SubjectId, challenge: string) => `${id}:passkey:${challenge}`;
  const standingSecret = async (id: SubjectId, session: string) =>
    (await rows.get(ofTotp(id, session)))?.doc.secret;
  return {
    standingSecret,
    async secret(id, session) {
      const secret = new OTPAuth.Secret({ size: 20 }).base32;
      for (;;) {
        const standing = await standingSecret(id, session);
        if (standing !== undefined) return standing;
        if (await inserted(rows, ofTotp(id, session), { secret }, clock.now() + SECRET_LIFETIME))
          return secret;
      }
    },
    async forgetSecret(id, session) {
      await rows.remove(ofTotp(id, session));
    },
    async keepChallenge(id, challenge) {
      await rows.insert(ofPasskey(id, challenge), {}, clock.now() + CHALLENGE_SECONDS * SECOND);
    },
    takeChallenge: (id, challenge) => rows.consume(ofPasskey(id, challenge), clock.now()),
  };
}
