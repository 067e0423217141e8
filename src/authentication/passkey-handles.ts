import { z } from 'zod';
import { inserted } from '../storage/amendment.ts';
import type { CollectionDefinition, Storage } from '../storage/contract.ts';
import type { SubjectId } from '../subject/subject.ts';

interface PasskeyHandle {
  readonly subject: SubjectId;
}

/** Keyed by the handle under which authenticators know a person. */
export const passkeyHandles: CollectionDefinition<PasskeyHandle> = {
  name: 'passkey_handles',
  schema: z.strictObject({ subject: z.string() }),
};

/**
 * The user handle of WebAuthn: one for each person, so that a phone keeps one passkey for an account, and of no
 * meaning to whoever reads it on a phone (WebAuthn 14.6.1).
 */
export interface PasskeyHandles {
  /** The handle of a person, from then on found by `holder`. */
  of(id: SubjectId): Promise<string>;
  holder(handle: string): Promise<SubjectId | undefined>;
}

/** `keyedHash` makes handles; it is used for nothing else. */
export function createPasskeyHandles(deps: {
  readonly storage: Storage;
  readonly keyedHash: (value: string) => string;
}): PasskeyHandles {
  const rows = deps.storage.collection(passkeyHandles);
  return {
    async of(id) {
      const handle = deps.keyedHash(id);
      await inserted(rows, handle, { subject: id });
      return handle;
    },
    holder: async (handle) => (await rows.get(handle))?.doc.subject,
  };
}
