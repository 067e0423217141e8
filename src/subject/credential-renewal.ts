import { createHash } from 'node:crypto';
import { amend } from '../storage/amendment.ts';
import type { Collection } from '../storage/contract.ts';
import type { CredentialRecord } from './credentials.ts';
import type { Passkey } from './passkeys.ts';
import type { SubjectId } from './subject.ts';

/** What a person starts anew with. */
export interface Renewed {
  readonly password: { readonly hash: string; readonly short: boolean };
  /** In the place of all that were there, recovery codes included; left out, they stay. */
  readonly factors?: {
    /** Base32. */
    readonly totp?: string | undefined;
    readonly passkey?: Omit<Passkey, 'added_at' | 'used_at' | 'at_level_1'> | undefined;
    /** Keyed hashes. */
    readonly recoveryCodes?: readonly string[] | undefined;
  };
}

export interface Renewal {
  /**
   * Gives a person other credentials in one write, and only while the record is still the one of `stamp`; true also
   * where this very password was written before.
   */
  renew(id: SubjectId, stamp: string, renewed: Renewed): Promise<boolean>;
}

/** Names how a record stands: another one after every change of password or factors, lock and unlock. */
export const stampOf = (record: CredentialRecord): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        record.password?.changed_at,
        record.totp?.enrolled_at,
        record.passkeys?.map(({ id }) => id),
        record.recovery_codes?.issued_at,
        record.factors_changed_at,
      ]),
    )
    .digest('base64url');

/** `changed` is how a record changes with what it proves. */
export function createRenewal(
  rows: Collection<CredentialRecord>,
  now: () => string,
  changed: (
    current: CredentialRecord | undefined,
    change: Partial<CredentialRecord>,
    at: string,
  ) => CredentialRecord,
): Renewal {
  return {
    async renew(id, stamp, { factors, password: { hash, short } }) {
      let stands = false;
      const written = await amend(rows, id, (current = {}) => {
        stands = current.password?.hash === hash;
        if (stands || stampOf(current) !== stamp) return undefined;
        const password = { hash, changed_at: now(), ...(short ? { short: true as const } : {}) };
        return changed(current, { password, ...(factors && replaced(factors, now())) }, now());
      });
      return stands || written !== undefined;
    },
  };
}

const replaced = (
  { passkey, recoveryCodes, totp }: NonNullable<Renewed['factors']>,
  at: string,
): Partial<CredentialRecord> => ({
  totp: totp === undefined ? undefined : { secret: totp, enrolled_at: at },
  passkeys: passkey === undefined ? undefined : [{ ...passkey, added_at: at }],
  recovery_codes: recoveryCodes && { hashes: [...recoveryCodes], issued_at: at },
});
