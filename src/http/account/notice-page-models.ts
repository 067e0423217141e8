import type { NoticeKind } from '../../subject/preferences.ts';
import type { TextBlock } from '../pages/plain-text.ts';
import type { AccountPage, FactShown, LinkShown } from './page-models.ts';

export interface NoticePreferencesPage extends AccountPage {
  readonly action: string;
  /** Where letters go; absent where no address was confirmed. */
  readonly address?: string;
  readonly kinds: readonly {
    readonly name: NoticeKind;
    readonly label: string;
    readonly text: string;
    readonly on: boolean;
  }[];
  readonly always: readonly string[];
  /** In place of the form, where the session is below what the account reaches. */
  readonly raise?: LinkShown;
  readonly saved: boolean;
}

/** The terms of use as they stand now. */
export interface TermsPage {
  /** dd/mm/yyyy */
  readonly day: string;
  readonly blocks: readonly TextBlock[];
}

export interface AccountTermsPage extends AccountPage, TermsPage {
  /** Version and moment of each that the person accepted. */
  readonly accepted: readonly FactShown[];
  /** Present where this version waits to be accepted, which the form names: none is accepted that was not shown. */
  readonly accept?: { readonly action: string; readonly version: string };
}

export interface NoticePageModels {
  'account/notice-preferences': NoticePreferencesPage;
  'account/terms': AccountTermsPage;
  terms: TermsPage;
}

/** The templates of these pages, below the folder of views. */
export const NOTICE_PAGES = [
  'account/notice-preferences',
  'account/terms',
  'terms',
] as const satisfies readonly (keyof NoticePageModels)[];
