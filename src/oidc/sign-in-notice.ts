import type { Device, Devices } from '../authentication/devices.ts';
import { type Clock, DAY } from '../clock/clock.ts';
import type { RelyingPartyRegistry } from '../relying-party/registry.ts';
import type { Letters } from '../subject/letters.ts';
import type { Preferences } from '../subject/preferences.ts';

/** Who signed in where; `device` is the one that the session was made in. */
interface SignInFacts {
  readonly subject: string;
  readonly clientId: string;
  readonly device: string | undefined;
}

/** Tells who asked for it of a sign-in on a known device; resolves when the letter is durable, or there is none. */
export type SignInNotice = (signIn: SignInFacts) => Promise<void>;

interface Dependencies {
  readonly clock: Clock;
  readonly devices: Pick<Devices, 'list'>;
  readonly letters: Letters;
  readonly preferences: Pick<Preferences, 'get'>;
  readonly registry: Pick<RelyingPartyRegistry, 'get'>;
}

const OF_USE = 2 * DAY;

/** Of one that this very sign-in made known the person has been told already. */
const toldBefore = ({ by, first, last }: Device): boolean => by !== 'first' && first === last;

/** Who did not ask for it costs one read. */
export function createSignInNotice(deps: Dependencies): SignInNotice {
  const { clock, devices, letters, preferences, registry } = deps;
  return async ({ clientId, device: id, subject }) => {
    if (!(await preferences.get(subject)).notices.sign_ins) return;
    const [known, relyingParty] = await Promise.all([devices.list(subject), registry.get(clientId)]);
    const device = known.find((one) => one.id === id);
    if (device !== undefined && toldBefore(device)) return;
    const portal = { vi: relyingParty?.name.vi ?? clientId, en: relyingParty?.name.en };
    const words = device === undefined ? {} : { device: { vi: device.name } };
    const values = { at: clock.now(), portal, ...words };
    const expiresAt = clock.now() + OF_USE;
    await letters.write(subject, { kind: 'sign_in', values }, { kind: 'sign_ins', expiresAt });
  };
}
