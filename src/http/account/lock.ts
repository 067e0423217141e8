import type { Locks } from '../../authentication/locks.ts';
import type { AccountSessions } from '../../oidc/account-session.ts';
import { goOn } from '../interaction/sign-in-steps.ts';
import type { ShowPage } from '../show-page.ts';
import { CHANGES } from './factors-parts.ts';
import type { AccountSection } from './sections.ts';
import type { Visit } from './visit.ts';

export interface LockParts {
  readonly locks: Pick<Locks, 'lock'>;
  readonly sessions: AccountSessions;
  readonly show: ShowPage;
}

const PATH = '/account/lock';
const DONE = '/lock/done';

/** The owner locks the account: nobody can use it, nor anything issued for it, until the owner unlocks it. */
export const lockSection = (parts: LockParts): AccountSection => ({
  settings: [{ href: PATH, label: 'lock.title' }],
  routes(pages) {
    pages.page('/lock', CHANGES, ({ ctx }) =>
      parts.show(ctx, 'account/lock', { tab: 'profile', action: PATH, back: '/account/profile' }),
    );
    pages.form('/lock', CHANGES, (visit) => lock(parts, visit));
    // Whoever was just locked out is signed in no more.
    pages.open(DONE, (ctx) => parts.show(ctx, 'lock-done', { wayOut: '/recover' }));
  },
});

/** A second click finds nobody signed in; one at the same moment finds the account locked, and goes on like the first. */
async function lock({ locks, sessions }: LockParts, { ctx, person }: Visit): Promise<void> {
  await locks.lock(person.id, 'by_owner');
  await sessions.end(ctx);
  goOn(ctx, `/account${DONE}`);
}
