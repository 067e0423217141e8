import type { Keyring } from '../keys/keyring.ts';
import type { CeremonyParts } from './ceremony-deps.ts';
import { createCeremonyStore } from './ceremony-store.ts';

type Made = 'store' | 'standIn';

/** What activation and recovery stand on, with the state that is theirs alone. */
export const createCeremonies = (
  given: Omit<CeremonyParts, Made> & { readonly keyring: Keyring },
): CeremonyParts => ({
  ...given,
  store: createCeremonyStore(given),
  standIn: given.keyring.keyedHash('ceremony'),
});
