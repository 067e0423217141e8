import { randomUUID } from 'node:crypto';
import { type Clock, SECOND } from '../../clock/clock.ts';
import type { Interaction } from '../../oidc/interactions.ts';
import type { Progress, ProgressStore } from './progress.ts';
import { actions } from './sign-in-pages.ts';

interface Dependencies {
  readonly clock: Clock;
  readonly progress: ProgressStore;
}

/** After so long an answer that was begun and never finished (a crash) may be given again. */
const ABANDONED = 30 * SECOND;

/**
 * Carries out the answer of a consent page once, however often the button was pressed: one grant, one audit
 * event. Gives the address to go on to; for a second click that is the first one's, or the page, which knows it
 * a moment later.
 */
export async function answerOnce(
  { clock, progress }: Dependencies,
  { uid, relyingParty }: Interaction,
  carryOut: () => Promise<string>,
): Promise<string> {
  const mine = { by: randomUUID(), at: clock.now() };
  const change = (step: (standing: Progress) => Progress) =>
    progress.change(uid, relyingParty.client_id, step);
  const { answer } = await change((standing) =>
    isTaken(standing, mine.at) ? standing : { ...standing, answer: mine },
  );
  if (answer?.by !== mine.by) return answer?.address ?? actions(uid).page;
  try {
    const address = await carryOut();
    await change((standing) => ({ ...standing, answer: { ...mine, address } }));
    return address;
  } catch (error) {
    await change(({ answer: _, ...standing }) => standing);
    throw error;
  }
}

const isTaken = ({ answer }: Progress, now: number): boolean =>
  answer !== undefined && (answer.address !== undefined || answer.at + ABANDONED > now);
