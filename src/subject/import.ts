import type { AuditTrail } from '../audit/trail.ts';
import type { AccountCounts } from './account-counts.ts';
import type { Directory } from './directory.ts';
import type { Subject } from './subject.ts';

/** `kept`: the number has an account, which is left as it is. `conflict`: a former number is that of somebody else. */
export type ImportOutcome = 'added' | 'kept' | 'conflict';

/** Puts people into the directory who have not taken up their accounts yet. */
export interface PeopleImport {
  /** What `add` would do now, without doing it. */
  look(subject: Subject): Promise<ImportOutcome>;
  /** Recorded, added and counted; run again after a crash it goes on. */
  add(subject: Subject): Promise<ImportOutcome>;
}

interface Dependencies {
  readonly directory: Directory;
  readonly audit: AuditTrail;
  readonly counts: Pick<AccountCounts, 'issued'>;
}

export function createPeopleImport({ audit, counts, directory }: Dependencies): PeopleImport {
  async function look({ former_numbers, personal_number }: Subject): Promise<ImportOutcome> {
    if (await directory.findByNumber(personal_number)) return 'kept';
    const found = await Promise.all(former_numbers.map((number) => directory.findByNumber(number)));
    return found.some((person) => person !== undefined) ? 'conflict' : 'added';
  }
  return {
    look,
    async add(subject) {
      const outcome = await directory.add(subject, (id) =>
        audit.record({ kind: 'account.imported', subject: id, detail: detailOf(subject) }),
      );
      if (outcome.kind === 'added') {
        await counts.issued(outcome.id, subject);
        return 'added';
      }
      return (await directory.findByNumber(subject.personal_number)) ? 'kept' : 'conflict';
    },
  };
}

const detailOf = ({ holder_type, level }: Subject) => ({
  holder_type,
  ...(level === undefined ? {} : { level }),
});
