import type { FieldError, PortalLine } from '../pages/page-models.ts';

/** Everything is proved, in a browser that the person has not used before. */
export interface NewDevicePage {
  readonly portal: PortalLine;
  readonly name: string;
  /** What this browser calls itself. */
  readonly device: string;
  /** By a code; the address is masked. */
  readonly code?: {
    readonly action: string;
    readonly resendAction: string;
    readonly address: string;
    readonly minutes: number;
    /** dd/mm/yyyy hh:mm: no further code before; absent where one was sent. */
    readonly heldUntil?: string;
  };
  /** Posts to ask a device that is known. */
  readonly askAction?: string;
  /** It was asked, and shows this number among others. */
  readonly waiting?: { readonly number: string; readonly stateAddress: string; readonly until: string };
  /** The other device said no. */
  readonly refused: boolean;
  readonly pageAddress: string;
  readonly otherAccountAction: string;
  readonly cancelAction: string;
  readonly errors: readonly FieldError[];
}

/** Nothing is on record by which this browser could be confirmed. */
export interface DeviceStuckPage {
  readonly portal: PortalLine;
  readonly name: string;
  readonly device: string;
  readonly backAction: string;
  readonly otherAccountAction: string;
  readonly reference: string;
}

export interface DevicePageModels {
  'new-device': NewDevicePage;
  'device-stuck': DeviceStuckPage;
}
