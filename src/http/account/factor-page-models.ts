import type { PasswordStrength } from '../../authentication/password-rules.ts';
import type { AccountPage } from './page-models.ts';

export interface PasskeyShown {
  readonly name: string;
  readonly added: string;
  readonly used?: string;
  /** Kept by the maker of the phone for all of the person's devices. */
  readonly synced: boolean;
  readonly href: string;
}

export interface FactorsPage extends AccountPage {
  readonly passwordChanged?: string;
  readonly passkeys: readonly PasskeyShown[];
  readonly totpSince?: string;
  /** How many are left; absent where none were ever given out. */
  readonly recoveryCodes?: number;
  /** Why nothing but the password can be changed here now. */
  readonly closed?: 'no_second_factor' | 'identity_paper_expired';
}

export interface FactorsClosedPage extends AccountPage {
  readonly cause: NonNullable<FactorsPage['closed']>;
}

export interface PasskeyAddPage extends AccountPage {
  readonly action: string;
  readonly challenge: string;
  /** What the browser is asked, as JSON (WebAuthn: PublicKeyCredentialCreationOptionsJSON). */
  readonly options: string;
  readonly seconds: number;
  readonly name: string;
}

export interface PasskeyPage extends AccountPage {
  readonly passkey: PasskeyShown;
  readonly renameAction: string;
  readonly removeHref: string;
}

export interface FactorRemovePage extends AccountPage {
  readonly factor: 'passkey' | 'totp';
  /** Of the passkey. */
  readonly name?: string;
  /** No second factor is left afterwards, and what that means. */
  readonly last?: 'to_level_1' | 'stays_level_1';
  readonly action: string;
}

export interface TotpAddPage extends AccountPage {
  readonly action: string;
  /** In groups of four. */
  readonly secret: string;
  readonly address: string;
  /** The dark places of the QR code, as the path of a drawing of `size` by `size`. */
  readonly qr: { readonly path: string; readonly size: number };
  /** The app of before ends. */
  readonly replaces: boolean;
}

export interface RecoveryCodesPage extends AccountPage {
  readonly action: string;
  readonly left?: number;
}

/** Shown once. */
export interface RecoveryCodesNewPage extends AccountPage {
  readonly codes: readonly string[];
  /** The codes as a text file, in the address itself: nothing of ours keeps them. */
  readonly file: string;
}

export interface PasswordPage extends AccountPage {
  readonly action: string;
  readonly least: number;
  readonly secondFactor: boolean;
  /** Of what was typed, where the page was sent back. */
  readonly strength?: PasswordStrength;
}

export interface PasswordChangedPage extends AccountPage {
  readonly strength: PasswordStrength;
}

export interface AccountWaitPage extends AccountPage {
  readonly retryAt: string;
  readonly minutes: number;
  readonly back: string;
}

export interface FactorPageModels {
  'account/factors': FactorsPage;
  'account/factors-closed': FactorsClosedPage;
  'account/passkey-add': PasskeyAddPage;
  'account/passkey': PasskeyPage;
  'account/factor-remove': FactorRemovePage;
  'account/totp-add': TotpAddPage;
  'account/recovery-codes': RecoveryCodesPage;
  'account/recovery-codes-new': RecoveryCodesNewPage;
  'account/password': PasswordPage;
  'account/password-changed': PasswordChangedPage;
  'account/wait': AccountWaitPage;
}

/** The templates of these pages, below the folder of views. */
export const FACTOR_PAGES = [
  'account/factors',
  'account/factors-closed',
  'account/passkey-add',
  'account/passkey',
  'account/factor-remove',
  'account/totp-add',
  'account/recovery-codes',
  'account/recovery-codes-new',
  'account/password',
  'account/password-changed',
  'account/wait',
] as const satisfies readonly (keyof FactorPageModels)[];
