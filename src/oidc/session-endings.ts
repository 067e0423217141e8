import { z } from 'zod';
import { type Clock, MINUTE, SECOND } from '../clock/clock.ts';
import { amend } from '../storage/amendment.ts';
import type { CollectionDefinition, Storage } from '../storage/contract.ts';

interface Endings {
  readonly endings: readonly {
    readonly at: number;
    readonly kept?: string | undefined;
    readonly device?: string | undefined;
  }[];
}

/**
 * When sessions of a person were ended, and which one was not: a session that was being written at that moment, under a
 * name that nobody could find yet, learns from it that it has ended.
 */
export const sessionEndings: CollectionDefinition<Endings> = {
  name: 'session_endings',
  schema: z.strictObject({
    endings: z.array(
      z.strictObject({ at: z.number().int(), kept: z.string().optional(), device: z.string().optional() }),
    ),
  }),
  spread: 'bucket',
};

/** No request is under way for longer. */
export const UNDER_WAY = MINUTE;

export interface SessionEndings {
  /**
   * From now on sessions of this person that rest on a sign-in until now are over, but for the one named;
   * with `device`, those in this browser alone.
   */
  mark(subject: string, keptUid: string | undefined, device?: string): Promise<void>;
  /** Whether the session was ended while it was being written. A sign-in knows its second alone, which counts as before. */
  ended(session: Readonly<Record<string, unknown>>): Promise<boolean>;
}

export function createSessionEndings(storage: Storage, clock: Clock): SessionEndings {
  const rows = storage.collection(sessionEndings);
  return {
    async mark(subject, kept, device) {
      const at = clock.now();
      const ending = {
        at,
        ...(kept === undefined ? {} : { kept }),
        ...(device === undefined ? {} : { device }),
      };
      const lately = (row: Endings | undefined) =>
        row?.endings.filter((one) => one.at > at - UNDER_WAY) ?? [];
      const next = (row: Endings | undefined) => ({ endings: [...lately(row), ending] });
      await amend(rows, subject, next, at + UNDER_WAY, 'anew');
    },
    async ended({ accountId, device, loginTs, uid }) {
      if (typeof accountId !== 'string' || typeof loginTs !== 'number') return false;
      const endings = (await rows.get(accountId))?.doc.endings ?? [];
      return endings.some(
        (one) =>
          loginTs * SECOND <= one.at && (one.device === undefined ? one.kept !== uid : one.device === device),
      );
    },
  };
}
