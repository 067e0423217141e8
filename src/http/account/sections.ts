import type { MessageKey } from '../../messages/translate.ts';
import { type ActivityParts, activitySection } from './activity.ts';
import { contactSection } from './contact.ts';
import type { ContactParts } from './contact-pages.ts';
import { type DevicesParts, devicesSection } from './devices.ts';
import { factorsSection } from './factors.ts';
import type { FactorsParts } from './factors-parts.ts';
import { type HomeParts, homeSection } from './home.ts';
import { type LockParts, lockSection } from './lock.ts';
import { type NoticesParts, noticesSection } from './notices.ts';
import { type PortalsParts, portalsSection } from './portals.ts';
import { type ProfileParts, profileSection } from './profile.ts';
import { type TermsParts, termsSection } from './terms.ts';
import type { AccountPages, Visit } from './visit.ts';
import { type WalletParts, walletSection } from './wallet.ts';

/** A row of the person's own settings, on the page "Cá nhân". */
export interface SettingRow {
  readonly href: string;
  readonly label: MessageKey;
  /** How it stands, in a few words. */
  readonly value?: (visit: Visit) => string | Promise<string>;
}

/** A part of the account: its pages, and how one gets there. */
export interface AccountSection {
  readonly settings?: readonly SettingRow[];
  readonly routes: (pages: AccountPages) => void;
}

export interface AccountParts
  extends ActivityParts,
    DevicesParts,
    ContactParts,
    FactorsParts,
    HomeParts,
    LockParts,
    NoticesParts,
    PortalsParts,
    TermsParts,
    WalletParts,
    Omit<ProfileParts, 'settings'> {}

/** Every part of the account. */
export function sectionsOf(parts: AccountParts): AccountSection[] {
  const sections = [
    homeSection(parts),
    factorsSection(parts),
    devicesSection(parts),
    contactSection(parts),
    walletSection(parts),
    noticesSection(parts),
    activitySection(parts),
    portalsSection(parts),
    lockSection(parts),
    termsSection(parts),
  ];
  const settings = sections.flatMap((section) => section.settings ?? []);
  return [...sections, profileSection({ ...parts, settings })];
}
