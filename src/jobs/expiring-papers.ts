import { isPast } from '../clock/calendar-day.ts';
import { DAY } from '../clock/clock.ts';
import { scopeNamed } from '../documents/catalogue.ts';
import type { DocumentHolding, DocumentRecord } from '../documents/scope.ts';
import type { Sentence } from '../messages/language.ts';
import { translator } from '../messages/translate.ts';
import type { Subject, SubjectId } from '../subject/subject.ts';

/** A paper with a last day, and whom it belongs to. */
export interface Paper {
  readonly subject: SubjectId;
  /** Tells a person's papers apart: a document scope, or the paper that level 2 stands for. */
  readonly kind: string;
  readonly name: Sentence;
  /** The last day, ISO 8601. */
  readonly expires: string;
  /** Whether the paper, as it was read, is the person's and still to be told of. */
  readonly isOf: (subject: Subject) => boolean;
}

/** Calendar days from one day to another, both ISO 8601. */
const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY);

/**
 * Of which of the configured days, counted before the last one, it is time to tell: the nearest that was reached, so
 * that days on which nobody looked cost a later letter and never two. Undefined before all of them, and afterwards.
 */
export function noticeDay(expires: string, today: string, days: readonly number[]): number | undefined {
  const left = daysBetween(today, expires);
  const reached = days.filter((day) => left <= day);
  return left < 0 || reached.length === 0 ? undefined : Math.min(...reached);
}

/** The day after the last on which a paper found today can have its last day. */
export const horizonOf = (today: string, days: readonly number[]): string =>
  new Date(Date.parse(today) + (Math.max(...days) + 1) * DAY).toISOString().slice(0, 10);

/** Of these the person has newer ones. */
const HISTORY = 'doc:id_card_history';
const IDENTITY = ['doc:id_card', 'doc:passport', 'doc:residence_card'];

/** The paper that level 2 of somebody stands for. */
export const identityPaper = (subject: SubjectId, expires: string): Paper => ({
  subject,
  kind: 'identity',
  name: {
    vi: translator('vi')('mail.document_expiring.identity'),
    en: translator('en')('mail.document_expiring.identity'),
  },
  expires,
  isOf: (person) => person.identity_paper_expires_at === expires,
});

/** The same number with a later end, or none: the paper was renewed, and its registry lists both. */
const isRenewed = (record: DocumentRecord, all: readonly DocumentRecord[]): boolean =>
  all.some(
    ({ expires_at, number, status }) =>
      status === 'valid' &&
      number !== undefined &&
      number === record.number &&
      (expires_at ?? '9999-12-31') > (record.expires_at ?? ''),
  );

/** The papers of a holding that end some day, without those that are no more or were renewed. */
export function papersIn({ records, scope, subject }: DocumentHolding, now: number): Paper[] {
  const known = scopeNamed(scope);
  if (known === undefined || scope === HISTORY) return [];
  return records.flatMap((record) => {
    const { expires_at: expires, status } = record;
    if (expires === undefined || status !== 'valid' || isPast(expires, now) || isRenewed(record, records))
      return [];
    const isOf = ({ holder_type, identity_paper_expires_at }: Subject) =>
      known.holders.includes(holder_type) &&
      !(IDENTITY.includes(scope) && identity_paper_expires_at === expires);
    return [{ subject, kind: scope, name: known.label, expires, isOf }];
  });
}
