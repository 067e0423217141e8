import { z } from 'zod';
import type { Clock } from '../clock/clock.ts';
import { amend } from '../storage/amendment.ts';
import type { CollectionDefinition, Storage } from '../storage/contract.ts';
import { createRenewal, type Renewal } from './credential-renewal.ts';
import {
  at_level_1,
  type Chosen,
  createPasskeys,
  type FactorRemoval,
  mark,
  type Passkeys,
  passkeySchema,
} from './passkeys.ts';
import type { SubjectId } from './subject.ts';

const schema = z.strictObject({
  password: z
    .strictObject({
      hash: z.string().startsWith('$argon2id$'),
      changed_at: z.iso.datetime(),
      /** Long enough only beside a second factor. */
      short: z.literal(true).optional(),
    })
    .optional(),
  totp: z
    .strictObject({
      secret: z.string().regex(/^[A-Z2-7]{26,}$/),
      enrolled_at: z.iso.datetime(),
      at_level_1,
    })
    .optional(),
  passkeys: z.array(passkeySchema).optional(),
  recovery_codes: z
    .strictObject({ hashes: z.array(z.string()), issued_at: z.iso.datetime(), at_level_1 })
    .optional(),
  /**
   * When password or factors last changed, or the account was last locked or unlocked: what was proved until then, and
   * is no session yet, is void.
   */
  factors_changed_at: z.iso.datetime().optional(),
});

/**
 * What a person proves identity with, all in one row, so that each change is one write. `hash` is a PHC string,
 * `secret` base32 (RFC 6238, at least 128 bits), `hashes` are keyed.
 */
export type CredentialRecord = z.infer<typeof schema>;

export const credentialRows: CollectionDefinition<CredentialRecord> = {
  name: 'credentials',
  schema,
  sealed: true,
  spread: 'bucket',
};

/** Sensitive personal data (Decree 356/2025 Article 4): sealed, and never part of a claim or a log line. */
export interface Credentials extends Passkeys, Renewal {
  /** Empty for a subject without credentials. */
  get(id: SubjectId): Promise<CredentialRecord>;
  /** `short`: long enough only beside a second factor. `password_short`: and none is left by now; nothing changed. */
  setPassword(
    id: SubjectId,
    hash: string,
    about?: { readonly short: boolean },
  ): Promise<'set' | 'password_short'>;
  /**
   * The same password under a newer cost: written only while `from` is the present hash, so that a sign-in under
   * way does not undo a change of password. False where it was not.
   */
  rehash(id: SubjectId, from: string, to: string): Promise<boolean>;
  /** What was proved until now, and is no session yet, counts no more. */
  voidProofs(id: SubjectId): Promise<void>;
  setTotp(id: SubjectId, secret: string, chosen?: Chosen): Promise<void>;
  removeTotp(id: SubjectId): Promise<FactorRemoval>;
  /** The set that was there before is void. */
  setRecoveryCodes(id: SubjectId, hashes: readonly string[], chosen?: Chosen): Promise<void>;
  /** Takes one code out of the set; how many are left, or undefined where it was not in it (any more). */
  takeRecoveryCode(id: SubjectId, hash: string): Promise<number | undefined>;
}

export function createCredentials({ storage, clock }: { storage: Storage; clock: Clock }): Credentials {
  const rows = storage.collection(credentialRows);
  const now = () => new Date(clock.now()).toISOString();
  return {
    get: async (id) => (await rows.get(id))?.doc ?? {},
    async setPassword(id, hash, { short } = { short: false }) {
      const password = { hash, changed_at: now(), ...(short ? { short } : {}) };
      const written = await amend(rows, id, (current) =>
        short && !hasFactor(current) ? undefined : changed(current, { password }, now()),
      );
      return written === undefined ? 'password_short' : 'set';
    },
    async rehash(id, from, to) {
      const written = await amend(rows, id, (current) =>
        current?.password?.hash === from
          ? { ...current, password: { ...current.password, hash: to } }
          : undefined,
      );
      return written !== undefined;
    },
    async voidProofs(id) {
      // Also where there is no first factor yet: an activation under way ends with it.
      await amend(rows, id, (current) => ({ ...current, factors_changed_at: now() }));
    },
    async setTotp(id, secret, chosen) {
      const totp = { secret, enrolled_at: now(), ...mark(chosen) };
      await amend(rows, id, (current) => changed(current, { totp }, now()));
    },
    async removeTotp(id) {
      let outcome: FactorRemoval = 'unknown';
      await amend(rows, id, (current) => {
        outcome = current?.totp === undefined ? 'unknown' : 'removed';
        if (outcome === 'unknown') return undefined;
        const left = withoutFactor(changed(current, { totp: undefined }, now()));
        if (left === undefined) outcome = 'password_short';
        return left;
      });
      return outcome;
    },
    async setRecoveryCodes(id, hashes, chosen) {
      const recovery_codes = { hashes: [...hashes], issued_at: now(), ...mark(chosen) };
      await amend(rows, id, (current) => changed(current, { recovery_codes }, now()));
    },
    async takeRecoveryCode(id, hash) {
      const written = await amend(rows, id, (current) => {
        const codes = current?.recovery_codes;
        if (!codes?.hashes.includes(hash)) return undefined;
        return {
          ...current,
          recovery_codes: { ...codes, hashes: codes.hashes.filter((one) => one !== hash) },
        };
      });
      return written?.recovery_codes?.hashes.length;
    },
    ...createPasskeys(rows, now, { changed, withoutFactor }),
    ...createRenewal(rows, now, changed),
  };
}

const hasFactor = (record: CredentialRecord | undefined): boolean =>
  record?.totp !== undefined || (record?.passkeys ?? []).length > 0;

/** Whoever has no first factor has proved nothing that a change could make void. */
const changed = (
  current: CredentialRecord | undefined,
  change: Partial<CredentialRecord>,
  at: string,
): CredentialRecord => {
  const proved = current?.password !== undefined || (current?.passkeys ?? []).length > 0;
  return { ...current, ...change, ...(proved ? { factors_changed_at: at } : {}) };
};

/**
 * A record from which a factor was taken: recovery codes stand in for another factor, and go with the last one. Undefined
 * where the password is long enough only beside a factor, and none is left.
 */
const withoutFactor = (record: CredentialRecord): CredentialRecord | undefined => {
  if (hasFactor(record)) return record;
  return record.password?.short ? undefined : { ...record, recovery_codes: undefined };
};
