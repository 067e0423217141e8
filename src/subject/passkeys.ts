import { z } from 'zod';
import { amend } from '../storage/amendment.ts';
import type { Collection } from '../storage/contract.ts';
import type { SubjectId } from './subject.ts';

/** More than anybody has devices; keeps the row of a person small. */
export const MOST_PASSKEYS = 10;
/** Characters of the name that a person gives a passkey. */
export const MOST_NAME = 60;

const bytes = z.string().regex(/^[A-Za-z0-9_-]+$/);

/** Chosen while the account was of level 1, by whoever had one factor. */
export const at_level_1 = z.literal(true).optional();

/** One passkey (WebAuthn Level 3): `id` and `public_key` are base64url, `public_key` a COSE key. */
export const passkeySchema = z.strictObject({
  id: bytes.max(1400),
  public_key: bytes.max(4000),
  /** As the authenticator last told it; 0 where it keeps none. */
  counter: z.number().int().min(0),
  /** Copied between the person's devices by whoever keeps them (backup eligible). */
  synced: z.boolean(),
  name: z.string().min(1).max(MOST_NAME),
  added_at: z.iso.datetime(),
  used_at: z.iso.datetime().optional(),
  at_level_1,
});
export type Passkey = z.infer<typeof passkeySchema>;

/** Under what a factor was chosen. */
export interface Chosen {
  readonly atLevel1: boolean;
}

/** What a factor keeps of that. */
export const mark = (chosen: Chosen | undefined) => (chosen?.atLevel1 ? { at_level_1: true as const } : {});

/** `password_short`: the password is long enough only beside a second factor, and this is the last one. */
export type FactorRemoval = 'removed' | 'unknown' | 'password_short';

interface WithPasskeys {
  passkeys?: Passkey[] | undefined;
}

export interface Passkeys {
  /** `already`: the person has it. */
  addPasskey(
    id: SubjectId,
    passkey: Omit<Passkey, 'added_at' | 'used_at' | 'at_level_1'>,
    chosen?: Chosen,
  ): Promise<'added' | 'already' | 'too_many'>;
  /** False where there is no such passkey (any more). */
  renamePasskey(id: SubjectId, passkey: string, name: string): Promise<boolean>;
  removePasskey(id: SubjectId, passkey: string): Promise<FactorRemoval>;
  /**
   * Notes a use. `cloned`: the counter did not move on, so a second authenticator has the same key
   * (WebAuthn 6.1.1); nothing is written then.
   */
  usePasskey(id: SubjectId, passkey: string, counter: number): Promise<'used' | 'cloned' | 'gone'>;
}

/** Whether a counter has moved on; both at 0 is an authenticator that keeps none. */
const movedOn = (before: number, told: number): boolean => told > before || (told === 0 && before === 0);

/** How a record of credentials changes with one of its factors. */
interface RecordRules<R> {
  changed(current: R | undefined, change: WithPasskeys, at: string): R;
  /** Completes a record from which a factor was taken; undefined where the password does not stand without it. */
  withoutFactor(record: R): R | undefined;
}

/** The part of a person's credentials that is passkeys. */
export function createPasskeys<R extends WithPasskeys>(
  rows: Collection<R>,
  now: () => string,
  { changed, withoutFactor }: RecordRules<R>,
): Passkeys {
  /** Rewrites one passkey; false where there is none (any more). What it proves stays as it is. */
  const rewrite = async (id: SubjectId, passkey: string, to: (one: Passkey) => Passkey | undefined) => {
    const written = await amend(rows, id, (current) => {
      const one = current?.passkeys?.find((standing) => standing.id === passkey);
      const next = one && to(one);
      return current && next && { ...current, passkeys: without(current, passkey, next) };
    });
    return written !== undefined;
  };

  return {
    async addPasskey(id, passkey, chosen) {
      let outcome: 'added' | 'already' | 'too_many' = 'added';
      const added_at = now();
      await amend(rows, id, (current) => {
        const standing = current?.passkeys ?? [];
        outcome = refusalToAdd(standing, passkey.id) ?? 'added';
        if (outcome !== 'added') return undefined;
        return changed(
          current,
          { passkeys: [...standing, { ...passkey, added_at, ...mark(chosen) }] },
          added_at,
        );
      });
      return outcome;
    },
    renamePasskey: (id, passkey, name) => rewrite(id, passkey, (one) => ({ ...one, name })),
    async removePasskey(id, passkey) {
      let outcome: FactorRemoval = 'unknown';
      await amend(rows, id, (current) => {
        const known = current?.passkeys?.some((one) => one.id === passkey) ?? false;
        outcome = known ? 'removed' : 'unknown';
        if (!known) return undefined;
        const left = withoutFactor(changed(current, { passkeys: without(current, passkey) }, now()));
        if (left === undefined) outcome = 'password_short';
        return left;
      });
      return outcome;
    },
    async usePasskey(id, passkey, counter) {
      let refusal: 'cloned' | 'gone' = 'gone';
      const written = await rewrite(id, passkey, (one) => {
        const moved = movedOn(one.counter, counter);
        refusal = moved ? 'gone' : 'cloned';
        return moved ? { ...one, counter, used_at: now() } : undefined;
      });
      return written ? 'used' : refusal;
    },
  };
}

/** The list with `next` in the place of one passkey, or with nothing there. */
const without = (record: WithPasskeys | undefined, passkey: string, ...next: Passkey[]): Passkey[] =>
  (record?.passkeys ?? []).flatMap((one) => (one.id === passkey ? next : [one]));

const refusalToAdd = (standing: readonly Passkey[], id: string): 'already' | 'too_many' | undefined => {
  if (standing.some((one) => one.id === id)) return 'already';
  return standing.length >= MOST_PASSKEYS ? 'too_many' : undefined;
};
