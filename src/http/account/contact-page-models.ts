import type { ContactKind } from '../../subject/contact.ts';
import type { AccountPage } from './page-models.ts';

/** To give another e-mail address or phone number. */
export interface ContactPage extends AccountPage {
  readonly what: ContactKind;
  readonly action: string;
  /** Absent where there is none. */
  readonly current?: string;
  /** As it was typed, where the form comes back. */
  readonly typed: string;
  /** For how long a change waits, in words. */
  readonly wait: string;
  /** A change was just taken back. */
  readonly cancelled: boolean;
}

/** To type the codes that were sent. */
export interface ContactCodesPage extends AccountPage {
  readonly what: ContactKind;
  readonly action: string;
  readonly againAction: string;
  readonly cancelAction: string;
  /** Which change the page is about. */
  readonly change: string;
  readonly to: string;
  /** Whose code is still wanted; absent where it is proved, or there never was one. */
  readonly from?: string;
  readonly wait: string;
}

/** A change that waits. */
export interface ContactPendingPage extends AccountPage {
  readonly what: ContactKind;
  readonly cancelAction: string;
  readonly current?: string;
  readonly to: string;
  readonly due: string;
}

/** Why it cannot be changed here. */
export interface ContactClosedPage extends AccountPage {
  readonly what: ContactKind;
  readonly current?: string;
  readonly cause: 'no_texts' | 'unconfirmed' | 'never_set' | 'no_second_factor' | 'identity_paper_expired';
}

/** Behind the link of a letter, for anybody who has it. */
export type ContactCancelPage =
  | {
      readonly state: 'open';
      readonly what: ContactKind;
      readonly due: string;
      readonly action: string;
      readonly token: string;
    }
  | { readonly state: 'cancelled' | 'over' };

export interface ContactPageModels {
  'account/contact': ContactPage;
  'account/contact-codes': ContactCodesPage;
  'account/contact-pending': ContactPendingPage;
  'account/contact-closed': ContactClosedPage;
  'account/contact-cancel': ContactCancelPage;
}

/** The templates of these pages, below the folder of views. */
export const CONTACT_PAGES = [
  'account/contact',
  'account/contact-codes',
  'account/contact-pending',
  'account/contact-closed',
  'account/contact-cancel',
] as const satisfies readonly (keyof ContactPageModels)[];
