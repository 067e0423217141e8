import { setImmediate } from 'node:timers/promises';

/** How long at most the door is held for those who stand there already; under a flood there is always somebody. */
const HELD_MS = 1000;
/** So many looks at the door at which nobody new came in: nobody stands there. */
const LOOKS = 2;

/**
 * Lets in who stands at the door: a busy process takes connections late, and closing the port turns away those that
 * wait. Resolves right after a look at the door at which nobody was there, so that it can be closed at once.
 */
export async function letIn(came: () => number): Promise<void> {
  const until = performance.now() + HELD_MS;
  for (let quiet = 0; quiet < LOOKS && performance.now() < until; ) {
    const before = came();
    await setImmediate();
    quiet = came() === before ? quiet + 1 : 0;
  }
}
