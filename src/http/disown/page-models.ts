import type { FactShown } from '../account/page-models.ts';

/** What a letter told of, and the button that says it was somebody else. */
export interface DisownPage {
  readonly kind: 'new_sign_in' | 'password_changed' | 'factor_changed';
  readonly facts: readonly FactShown[];
  readonly action: string;
  readonly token: string;
}

/** The account is locked now; or the link did so before; or it no longer works. */
export interface DisownedPage {
  readonly outcome: 'done' | 'used' | 'over';
}

export interface DisownPageModels {
  'not-me': DisownPage;
  'not-me-end': DisownedPage;
}

/** The templates of these pages, in the folder of views. */
export const DISOWN_PAGES = ['not-me', 'not-me-end'] as const satisfies readonly (keyof DisownPageModels)[];
