import type { Authentication } from '../../authentication/assurance.ts';
import type { DeviceRequests } from '../../authentication/device-requests.ts';
import type { Devices } from '../../authentication/devices.ts';
import type { Interaction } from '../../oidc/interactions.ts';
import { confirmedContact } from '../../subject/contact.ts';
import type { Person } from './next-step.ts';

export interface DeviceDependencies {
  readonly devices: Devices;
  readonly deviceRequests: DeviceRequests;
}

/** How a browser can be confirmed: by a code sent to the address on record, and on a device that is known. */
export interface DeviceWays {
  readonly code: boolean;
  readonly known: boolean;
}

/** What a sign-in is worth in this browser. */
export type DeviceVerdict =
  /** Nothing was proved here, or in the session of a device that stands. */
  | { readonly kind: 'of_session'; readonly device: string | undefined }
  | { readonly kind: 'known' }
  /** The account never had a device. */
  | { readonly kind: 'first' }
  | { readonly kind: 'confirmed'; readonly by: 'passkey' | 'device' | 'second_factor' };

interface Shown {
  /** What was proved in this sign-in. */
  readonly made: readonly Authentication[];
  /** Of this browser. */
  readonly token: string;
}

/**
 * Whether the person may go on in this browser. A passkey that was used here confirms by itself: it answers at our own
 * address alone, and lies with the person.
 */
export async function judgeDevice(
  { deviceRequests, devices }: DeviceDependencies,
  { session, uid }: Interaction,
  { id, subject }: Person,
  { made, token }: Shown,
): Promise<DeviceVerdict | { readonly kind: 'open'; readonly ways: DeviceWays }> {
  const held = session?.subject === id ? session.device : undefined;
  if (made.length === 0) return { kind: 'of_session', device: held };
  const known = await devices.list(id);
  if (held !== undefined && known.some((device) => device.id === held)) {
    return { kind: 'of_session', device: held };
  }
  const standing = await devices.standing(id, token);
  if (standing !== 'unknown') return { kind: standing };
  const proved = (...methods: Authentication['method'][]) =>
    made.some(({ method }) => methods.includes(method));
  if (proved('passkey')) return { kind: 'confirmed', by: 'passkey' };
  const device = devices.idOf(id, token);
  const request = await deviceRequests.standing({ subject: id, device, signIn: uid });
  if (request?.decision === 'confirmed') return { kind: 'confirmed', by: 'device' };
  const ways = { code: confirmedContact(subject, 'email') !== undefined, known: known.length > 0 };
  // Whoever gets no mail may have lost the one device that is known.
  if (!ways.code && proved('totp', 'recovery_code')) return { kind: 'confirmed', by: 'second_factor' };
  return { kind: 'open', ways };
}
