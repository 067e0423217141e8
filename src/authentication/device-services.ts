import type { AuditTrail } from '../audit/trail.ts';
import type { Clock } from '../clock/clock.ts';
import type { Config } from '../config/schema.ts';
import type { Storage } from '../storage/contract.ts';
import type { SubjectId } from '../subject/subject.ts';
import { createDeviceRequests, type DeviceRequests } from './device-requests.ts';
import { createDevices, type Devices } from './devices.ts';
import { createDisowning, type Disowning } from './disowning.ts';
import type { Locks } from './locks.ts';

/** In which browsers people are known, how another one becomes so, and how they say that one is not theirs. */
export interface DeviceServices {
  readonly devices: Devices;
  readonly deviceRequests: DeviceRequests;
  readonly disowning: Disowning;
}

export function createDeviceServices(deps: {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly audit: AuditTrail;
  readonly locks: Locks;
  readonly config: Config;
  readonly endSessionsOf: (id: SubjectId, deviceId: string) => Promise<void>;
}): DeviceServices {
  const { issuer } = deps.config;
  const devices = createDevices({ ...deps, remembered: deps.config.devices.remembered });
  return {
    devices,
    deviceRequests: createDeviceRequests(deps),
    disowning: createDisowning({ ...deps, devices, issuer }),
  };
}
