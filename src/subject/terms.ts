import { z } from 'zod';
import type { AuditTrail } from '../audit/trail.ts';
import type { Clock } from '../clock/clock.ts';
import type { Config } from '../config/schema.ts';
import type { Sentence } from '../messages/language.ts';
import { builtInTerms } from '../messages/terms-text.ts';
import { amend } from '../storage/amendment.ts';
import type { CollectionDefinition, Storage } from '../storage/contract.ts';
import type { SubjectId } from './subject.ts';

const acceptance = z.strictObject({
  version: z.string(),
  /** Milliseconds since the epoch. */
  at: z.number().int(),
});
/** That a person accepted a version of the terms of use, and when. */
export type TermsAcceptance = Readonly<z.infer<typeof acceptance>>;

const schema = z.strictObject({ accepted: z.array(acceptance) });
type TermsRow = z.infer<typeof schema>;

/** What a person accepted, by the person; each version once, the latest last. */
export const termsRows: CollectionDefinition<TermsRow> = {
  name: 'terms_acceptances',
  schema,
  sealed: true,
  spread: 'bucket',
};

/** The terms of use as they stand. */
export interface TermsOfUse {
  /** The day from which they are in force, ISO 8601. */
  readonly version: string;
  /** Plain text with "#" before headings and "-" before the points of a list. */
  readonly text: Sentence;
}

/** The terms of use, and who accepted them. */
export interface Terms {
  readonly current: TermsOfUse;
  /** Earliest first. */
  acceptedBy(id: SubjectId): Promise<readonly TermsAcceptance[]>;
  /** The current version; nothing happens where the person accepted it before. */
  accept(id: SubjectId): Promise<void>;
}

interface Dependencies {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly audit: AuditTrail;
  /** The province's own text; the built-in one stands where there is none. */
  readonly own: Config['terms'];
}

/** Whether the terms that stand now are among those that a person accepted. */
export const acceptedNow = (accepted: readonly TermsAcceptance[], { version }: TermsOfUse): boolean =>
  accepted.some((one) => one.version === version);

export function createTerms({ audit, clock, own, storage }: Dependencies): Terms {
  const rows = storage.collection(termsRows);
  const current = termsOf(own);
  const acceptedBy = async (id: SubjectId) => (await rows.get(id))?.doc.accepted ?? [];
  return {
    current,
    acceptedBy,
    async accept(id) {
      if (acceptedNow(await acceptedBy(id), current)) return;
      const { version } = current;
      await audit.record({ kind: 'terms.accepted', subject: id, detail: { version } });
      await amend(rows, id, (row) => {
        const accepted = row?.accepted ?? [];
        return acceptedNow(accepted, current)
          ? undefined
          : { accepted: [...accepted, { version, at: clock.now() }] };
      });
    },
  };
}

const termsOf = ({ en, version, vi }: Config['terms']): TermsOfUse =>
  version === undefined || vi === undefined || en === undefined
    ? builtInTerms
    : { version, text: { vi, en } };
