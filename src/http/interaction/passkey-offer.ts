import { CHALLENGE_SECONDS, type PasskeyCeremony } from '../../authentication/passkey-ceremony.ts';
import { type Clock, SECOND } from '../../clock/clock.ts';
import type { Interaction } from '../../oidc/interactions.ts';
import type { PasskeyOffer } from '../pages/page-models.ts';
import type { Challenge, Progress, ProgressStore } from './progress.ts';
import { actions } from './sign-in-pages.ts';

interface Dependencies {
  readonly clock: Clock;
  readonly ceremony: PasskeyCeremony;
  readonly progress: ProgressStore;
}

/** A challenge that nobody was given yet. */
export const newChallenge = ({ ceremony, clock }: Omit<Dependencies, 'progress'>): Challenge => ({
  value: ceremony.newChallenge(),
  until: clock.now() + CHALLENGE_SECONDS * SECOND,
});

/** What a page needs to ask for a passkey. Less than half the time left is too little: the page gets a new challenge. */
export async function passkeyOffer(
  deps: Dependencies,
  { relyingParty, uid }: Interaction,
): Promise<PasskeyOffer> {
  const { ceremony, clock, progress } = deps;
  const early = (challenge: Challenge | undefined): challenge is Challenge =>
    challenge !== undefined && challenge.until - clock.now() > (CHALLENGE_SECONDS * SECOND) / 2;
  const standing = (await progress.read(uid))?.challenge;
  const given = early(standing) ? standing : newChallenge(deps);
  if (given !== standing) {
    await progress.change(uid, relyingParty.client_id, (row) => ({ ...row, challenge: given }));
  }
  return {
    action: actions(uid).passkey,
    options: JSON.stringify(await ceremony.requestOptions(given.value)),
    seconds: Math.floor((given.until - clock.now()) / SECOND),
  };
}

/** The challenge of this sign-in, for the one answer that there can be; undefined where it is too late. */
export async function takeChallenge(
  { clock, progress }: Omit<Dependencies, 'ceremony'>,
  { relyingParty, uid }: Interaction,
): Promise<string | undefined> {
  const taken: { challenge?: Challenge | undefined } = {};
  await progress.change(uid, relyingParty.client_id, ({ challenge, ...row }): Progress => {
    taken.challenge = challenge;
    return row;
  });
  return taken.challenge && taken.challenge.until > clock.now() ? taken.challenge.value : undefined;
}
