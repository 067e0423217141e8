import type { FieldError } from '../pages/page-models.ts';
import type { AccountPage, FactShown, LinkShown, TaskShown } from './page-models.ts';

export interface DeviceShown {
  readonly name: string;
  readonly facts: readonly FactShown[];
  /** The browser that shows the page. */
  readonly current: boolean;
  /** Where it can be signed out; absent for the browser that shows the page. */
  readonly signOut?: string;
}

export interface DevicesPage extends AccountPage {
  readonly requests: readonly TaskShown[];
  readonly devices: readonly DeviceShown[];
  /** Absent where there is no other. */
  readonly others?: LinkShown;
}

/** One device, or all but this one. */
export interface DeviceSignOutPage extends AccountPage {
  readonly which: 'one' | 'others';
  readonly facts: readonly FactShown[];
  readonly action: string;
}

/** A new device asks; `choices` are numbers of which it shows one. */
export interface DeviceRequestPage extends AccountPage {
  readonly facts: readonly FactShown[];
  readonly choices: readonly number[];
  readonly action: string;
  readonly notMe: string;
  readonly errors: readonly FieldError[];
}

export interface DeviceAnsweredPage extends AccountPage {
  readonly outcome: 'confirmed' | 'refused' | 'over';
  readonly notMe?: string;
}

export interface DeviceNotMePage extends AccountPage {
  readonly facts: readonly FactShown[];
  readonly action: string;
}

export interface DevicesPageModels {
  'account/devices': DevicesPage;
  'account/device-sign-out': DeviceSignOutPage;
  'account/device-request': DeviceRequestPage;
  'account/device-answered': DeviceAnsweredPage;
  'account/device-not-me': DeviceNotMePage;
}

/** The templates of these pages, below the folder of views. */
export const DEVICES_PAGES = [
  'account/devices',
  'account/device-sign-out',
  'account/device-request',
  'account/device-answered',
  'account/device-not-me',
] as const satisfies readonly (keyof DevicesPageModels)[];
