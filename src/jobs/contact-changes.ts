import type { ContactChanges, DueChange } from '../subject/contact-changes.ts';
import { type GoOn, type Rounds, type RoundsParts, startRounds } from './rounds.ts';

interface Dependencies extends RoundsParts {
  readonly contactChanges: Pick<ContactChanges, 'due' | 'apply'>;
}

const JOB = 'contact_changes';
const TOGETHER = 50;

/**
 * Lets changes of e-mail and phone take effect when their time has come. The lease saves work; that each takes effect
 * once rests on its own row, so that a page may do the same meanwhile.
 */
export function startContactChanges(deps: Dependencies): Rounds {
  const { contactChanges, log } = deps;

  /** One that cannot be applied holds up no other: its claim ends, and it is tried again. */
  async function apply(change: DueChange): Promise<boolean> {
    try {
      return await contactChanges.apply(change);
    } catch (error) {
      log.warn({ job: JOB, err: error }, 'a change of contact could not be applied');
      return false;
    }
  }

  async function round(goOn: GoOn): Promise<number> {
    let applied = 0;
    let due: readonly DueChange[] = [];
    do {
      if (!(await goOn())) break;
      due = await contactChanges.due(TOGETHER);
      for (const change of due) if (await apply(change)) applied += 1;
    } while (due.length === TOGETHER);
    return applied;
  }
  return startRounds({ ...deps, job: JOB, round });
}
