import { z } from 'zod';
import type { Clock } from '../clock/clock.ts';
import { amend } from '../storage/amendment.ts';
import type { CollectionDefinition, Storage } from '../storage/contract.ts';
import type { SubjectId } from './subject.ts';

const schema = z.strictObject({
  password: z
    .strictObject({ hash: z.string().startsWith('$argon2id$'), changed_at: z.iso.datetime() })
    .optional(),
  totp: z
    .strictObject({ secret: z.string().regex(/^[A-Z2-7]{26,}$/), enrolled_at: z.iso.datetime() })
    .optional(),
});

/** What a person proves identity with; `hash` is a PHC string, `secret` base32 (RFC 6238, at least 128 bits). */
export type CredentialRecord = z.infer<typeof schema>;

export const credentialRows: CollectionDefinition<CredentialRecord> = {
  name: 'credentials',
  schema,
  sealed: true,
  spread: 'bucket',
};

/** Sensitive personal data (Decree 356/2025 Article 4): sealed, and never part of a claim or a log line. */
export interface Credentials {
  /** Empty for a subject without credentials. */
  get(id: SubjectId): Promise<CredentialRecord>;
  setPassword(id: SubjectId, hash: string): Promise<void>;
  /**
   * The same password under a newer cost: written only while `from` is the present hash, so that a sign-in under
   * way does not undo a change of password. False where it was not.
   */
  rehash(id: SubjectId, from: string, to: string): Promise<boolean>;
  setTotp(id: SubjectId, secret: string): Promise<void>;
  removeTotp(id: SubjectId): Promise<void>;
}

export function createCredentials({ storage, clock }: { storage: Storage; clock: Clock }): Credentials {
  const rows = storage.collection(credentialRows);
  const now = () => new Date(clock.now()).toISOString();
  return {
    get: async (id) => (await rows.get(id))?.doc ?? {},
    async setPassword(id, hash) {
      await amend(rows, id, (current) => ({ ...current, password: { hash, changed_at: now() } }));
    },
    async rehash(id, from, to) {
      const written = await amend(rows, id, (current) =>
        current?.password?.hash === from
          ? { ...current, password: { ...current.password, hash: to } }
          : undefined,
      );
      return written !== undefined;
    },
    async setTotp(id, secret) {
      await amend(rows, id, (current) => ({ ...current, totp: { secret, enrolled_at: now() } }));
    },
    async removeTotp(id) {
      await amend(rows, id, (current) => current && { password: current.password });
    },
  };
}
