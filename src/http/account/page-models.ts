import type { FieldError } from '../pages/page-models.ts';
import { CONTACT_PAGES, type ContactPageModels } from './contact-page-models.ts';
import { DEVICES_PAGES, type DevicesPageModels } from './devices-page-models.ts';
import { FACTOR_PAGES, type FactorPageModels } from './factor-page-models.ts';
import { NOTICE_PAGES, type NoticePageModels } from './notice-page-models.ts';

/** The four parts of the account, in the order that people know from VNeID. */
export type AccountTab = 'home' | 'wallet' | 'notices' | 'profile';

/** What every page of the account has. */
export interface AccountPage {
  readonly tab: AccountTab;
  /** Problems of a form on the page; left out where it has none. */
  readonly errors?: readonly FieldError[];
}

/** A line of a list of facts. */
export interface FactShown {
  readonly label: string;
  readonly value: string;
  /** Digits stand under each other. */
  readonly figures?: boolean;
}

/** A line that leads somewhere. */
export interface LinkShown {
  readonly href: string;
  readonly label: string;
  readonly value?: string;
}

/** Something that the person should do or know; `caution` where waiting costs something. */
export interface TaskShown {
  readonly title: string;
  readonly text: string;
  readonly state: 'caution' | 'plain';
  /** Where it is done, or more is said. */
  readonly link?: LinkShown;
}

export interface AccountHomePage extends AccountPage {
  readonly name: string;
  readonly levelTitle: string;
  readonly levelText: string;
  /** What a session below the account's level does not show, and the way up. */
  readonly raise?: LinkShown;
  /** When and where; absent where none is on record. */
  readonly lastSignIn?: string;
  readonly tasks: readonly TaskShown[];
  readonly links: readonly LinkShown[];
}

export interface WalletCard {
  readonly title: string;
  readonly href: string;
  readonly issuer: string;
  /** Absent where the registry was never asked. */
  readonly syncedAt?: string;
  readonly sensitive: boolean;
  readonly records: readonly {
    readonly text: string;
    readonly state: 'valid' | 'expired' | 'revoked' | 'missing';
  }[];
}

export interface WalletPage extends AccountPage {
  readonly minutes: number;
  readonly cards: readonly WalletCard[];
}

/** The wallet to somebody who has not proved level 2 lately, or cannot. */
export interface WalletClosedPage extends AccountPage {
  readonly minutes: number;
  /** Where the person can prove it. */
  readonly open?: string;
  /** Why this account cannot; with what to do about it. */
  readonly why?: string;
  readonly advice?: string;
}

export interface WalletDocumentPage extends AccountPage {
  readonly title: string;
  readonly issuer: string;
  readonly syncedAt?: string;
  readonly sensitive: boolean;
  readonly records: readonly {
    readonly heading: string;
    readonly state: 'valid' | 'expired' | 'revoked' | 'missing';
    readonly facts: readonly FactShown[];
    readonly tables: readonly {
      readonly title: string;
      readonly rows: readonly (readonly FactShown[])[];
    }[];
  }[];
}

/** One thing that happened. */
export interface ActivityEntry {
  readonly when: string;
  readonly title: string;
  readonly portal?: string;
  readonly facts: readonly FactShown[];
  readonly state: 'caution' | 'plain';
}

export interface FilterLink {
  readonly href: string;
  readonly label: string;
  readonly chosen: boolean;
}

export interface ActivityPage extends AccountPage {
  readonly kinds: readonly FilterLink[];
  readonly month: string;
  readonly months: readonly FilterLink[];
  readonly entries: readonly ActivityEntry[];
  readonly older?: string;
  /** Back to the latest, from a page further on. */
  readonly latest?: string;
  readonly csv: string;
  readonly json: string;
}

export interface PortalsPage extends AccountPage {
  readonly portals: readonly {
    readonly name: string;
    readonly organization: string;
    readonly since: string;
    readonly summary: string;
    readonly href: string;
  }[];
}

export interface PortalPage extends AccountPage {
  readonly name: string;
  readonly organization: string;
  readonly since: string;
  readonly until: string;
  readonly items: readonly {
    readonly label: string;
    readonly fields: string;
    readonly purpose?: string;
    readonly required: boolean;
    readonly sensitive: boolean;
    readonly withdraw: string;
  }[];
  readonly withdrawAll: string;
}

export interface WithdrawPage extends AccountPage {
  readonly name: string;
  readonly action: string;
  /** What is taken back; absent for everything. */
  readonly item?: string;
  readonly required: boolean;
  readonly back: string;
}

export interface LockPage extends AccountPage {
  readonly action: string;
  readonly back: string;
}

export interface NoticesPage extends AccountPage {
  /** New devices that ask to be confirmed, and changes that wait to take effect. */
  readonly waiting: readonly TaskShown[];
  readonly papers: readonly TaskShown[];
  readonly days: number;
  readonly entries: readonly ActivityEntry[];
  readonly all: string;
  readonly preferences: string;
  /** Where more is shown to who proves level 2. */
  readonly raise?: LinkShown;
}

export interface ProfilePage extends AccountPage {
  readonly facts: readonly FactShown[];
  readonly languages: readonly (FilterLink & { readonly code: string })[];
  readonly settings: readonly LinkShown[];
}

export interface AccountPageModels
  extends DevicesPageModels,
    NoticePageModels,
    FactorPageModels,
    ContactPageModels {
  'account/home': AccountHomePage;
  'account/wallet': WalletPage;
  'account/wallet-closed': WalletClosedPage;
  'account/wallet-document': WalletDocumentPage;
  'account/activity': ActivityPage;
  'account/portals': PortalsPage;
  'account/portal': PortalPage;
  'account/withdraw': WithdrawPage;
  'account/lock': LockPage;
  'account/notices': NoticesPage;
  'account/profile': ProfilePage;
}

/** The templates of these pages, below the folder of views. */
export const ACCOUNT_PAGES = [
  'account/home',
  'account/wallet',
  'account/wallet-closed',
  'account/wallet-document',
  'account/activity',
  'account/portals',
  'account/portal',
  'account/withdraw',
  'account/lock',
  'account/notices',
  'account/profile',
  ...NOTICE_PAGES,
  ...DEVICES_PAGES,
  ...FACTOR_PAGES,
  ...CONTACT_PAGES,
] as const satisfies readonly (keyof AccountPageModels)[];
