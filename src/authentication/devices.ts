import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type Clock, MINUTE, SECOND } from '../clock/clock.ts';
import { amend } from '../storage/amendment.ts';
import type { CollectionDefinition, Storage } from '../storage/contract.ts';
import type { SubjectId } from '../subject/subject.ts';

/** What made a device a known one; `first`: it was the first that the account ever met. */
export const confirmations = [
  'first',
  'activation',
  'recovery',
  'code',
  'device',
  'passkey',
  'second_factor',
] as const;
export type Confirmation = (typeof confirmations)[number];

const deviceSchema = z.strictObject({
  id: z.string(),
  /** In words, as its browser called itself when it was confirmed. */
  name: z.string(),
  /** Milliseconds since the epoch: when it was confirmed, and when it last signed in. */
  first: z.number().int(),
  last: z.number().int(),
  /** Of the last sign-in, as far as known. */
  place: z.string().optional(),
  by: z.enum(confirmations),
});
/** A browser in which a person has signed in. `id` is a hash of its token and of the person. */
export type Device = Readonly<z.infer<typeof deviceSchema>>;

const rowSchema = z.strictObject({ devices: z.array(deviceSchema) });
type DevicesRow = z.infer<typeof rowSchema>;

/** The devices of a person, by the person. A row without devices: there were some. */
export const deviceRows: CollectionDefinition<DevicesRow> = {
  name: 'devices',
  schema: rowSchema,
  sealed: true,
  spread: 'bucket',
};

/** What is kept of a device beside its token. */
export interface DeviceWords {
  readonly name: string;
  readonly place?: string | undefined;
}

/** `first`: no device of this person was ever kept. */
export type DeviceStanding = 'known' | 'unknown' | 'first';

/**
 * In which browsers a person is known. A browser shows itself by a random token in a long-lived cookie, which proves
 * nobody's identity: it only spares whoever proved it the question whether this browser is theirs.
 */
export interface Devices {
  /** The name of a browser among a person's devices, known or not. */
  idOf(id: SubjectId, token: string): string;
  standing(id: SubjectId, token: string): Promise<DeviceStanding>;
  /** Makes the browser the person's first device; undefined where there was one before. */
  begin(id: SubjectId, token: string, about: DeviceWords): Promise<string | undefined>;
  /** Makes the browser known. The device id; its caller has told the person before. */
  remember(
    id: SubjectId,
    token: string,
    about: DeviceWords,
    by: Exclude<Confirmation, 'first'>,
  ): Promise<string>;
  /** Those that are known now, the last used first. */
  list(id: SubjectId): Promise<Device[]>;
  /** Counts a sign-in, at most one a minute. The device id; undefined where the browser is not known. */
  used(id: SubjectId, token: string, place?: string): Promise<string | undefined>;
  /** True for the one call that takes it away. */
  remove(id: SubjectId, deviceId: string): Promise<boolean>;
  /** How many went. */
  removeAll(id: SubjectId, exceptDeviceId?: string): Promise<number>;
}

/** More than anybody has; what is least recently used falls out. */
const MOST = 20;
const TOKEN_BYTES = 32;
/** How far what is stored may lag behind what was used. */
const STALE = MINUTE;

/** A token for a browser that has none: 256 bits, base64url. */
export const newDeviceToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

/** Whether a cookie's value can be a token of ours. */
export const isDeviceToken = (value: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(value);

export function createDevices(deps: {
  readonly storage: Storage;
  readonly clock: Clock;
  /** Seconds after which a device that was not used is unknown again. */
  readonly remembered: number;
  /** Ends the sessions of a device that fell out of the list, where nobody could sign it out any more. */
  readonly endSessionsOf: (id: SubjectId, deviceId: string) => Promise<void>;
}): Devices {
  const { clock, endSessionsOf, remembered, storage } = deps;
  const rows = storage.collection(deviceRows);
  const stillKnown = ({ last }: Device) => last + remembered * SECOND > clock.now();
  const knownIn = (row: DevicesRow | undefined) => (row?.devices ?? []).filter(stillKnown);

  const entryOf = (id: SubjectId, token: string, { name, place }: DeviceWords, by: Confirmation): Device => ({
    id: deviceIdOf(id, token),
    name,
    first: clock.now(),
    last: clock.now(),
    ...(place === undefined ? {} : { place }),
    by,
  });

  /** Takes devices out; how many went. */
  async function drop(id: SubjectId, goes: (device: Device) => boolean): Promise<number> {
    let gone = 0;
    await amend(rows, id, (row) => {
      const devices = (row?.devices ?? []).filter((device) => !goes(device));
      gone = (row?.devices.length ?? 0) - devices.length;
      return gone === 0 ? undefined : { devices };
    });
    return gone;
  }

  return {
    idOf: deviceIdOf,
    async standing(id, token) {
      const row = (await rows.get(id))?.doc;
      if (row === undefined) return 'first';
      const wanted = deviceIdOf(id, token);
      return knownIn(row).some((device) => device.id === wanted) ? 'known' : 'unknown';
    },
    async begin(id, token, about) {
      const device = entryOf(id, token, about, 'first');
      const begun = await amend(rows, id, (row) => (row === undefined ? { devices: [device] } : undefined));
      return begun && device.id;
    },
    async remember(id, token, about, by) {
      const device = entryOf(id, token, about, by);
      let fallen: Device[] = [];
      await amend(rows, id, (row) => {
        const devices = [device, ...knownIn(row).filter((one) => one.id !== device.id)];
        fallen = devices.slice(MOST);
        return { devices: devices.slice(0, MOST) };
      });
      for (const one of fallen) await endSessionsOf(id, one.id);
      return device.id;
    },
    list: async (id) => knownIn((await rows.get(id))?.doc),
    async used(id, token, place) {
      const wanted = deviceIdOf(id, token);
      let found = false;
      await amend(rows, id, (row) => {
        const known = knownIn(row);
        const device = known.find((one) => one.id === wanted);
        found = device !== undefined;
        if (device === undefined || device.last + STALE > clock.now()) return undefined;
        const now = { ...device, last: clock.now(), ...(place === undefined ? {} : { place }) };
        return { devices: [now, ...known.filter((one) => one.id !== wanted)] };
      });
      return found ? wanted : undefined;
    },
    remove: async (id, deviceId) => (await drop(id, (device) => device.id === deviceId)) > 0,
    removeAll: (id, exceptDeviceId) => drop(id, (device) => device.id !== exceptDeviceId),
  };
}

/** Of the person too, so that a browser which several people share has no name that leads from one to the other. */
const deviceIdOf = (id: SubjectId, token: string): string =>
  createHash('sha256').update(`device ${id} ${token}`).digest('base64url').slice(0, 22);
