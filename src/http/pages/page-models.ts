import type { AccountPageModels } from '../account/page-models.ts';
import type { CeremonyPageModels } from '../ceremony/page-models.ts';
import type { DisownPageModels } from '../disown/page-models.ts';
import type { DevicePageModels } from '../interaction/device-page-models.ts';

/**
 * What each page is given; a template sees it as `page`, beside what the renderer adds (renderer.ts). Every
 * form posts back to its own action with the hidden field `csrf`. Texts typed by people or relying parties
 * arrive here as plain strings and are escaped by the template.
 */

/** The portal on whose behalf the person is here; in sight on every page of a sign-in. */
export interface PortalLine {
  readonly name: string;
  readonly organization: string;
}

/** A problem with one field; `field` is the input's id. Shown beside it and in the summary. */
export interface FieldError {
  readonly field: string;
  readonly text: string;
}

/** A passkey can be used here; only script can ask the browser for it, so the button shows with script alone. */
export interface PasskeyOffer {
  readonly action: string;
  /** What the browser is asked, as JSON (WebAuthn: PublicKeyCredentialRequestOptionsJSON). */
  readonly options: string;
  /** For how long that is good. */
  readonly seconds: number;
}

export interface SignInPage {
  readonly portal: PortalLine;
  readonly action: string;
  readonly cancelAction: string;
  /** As typed, or from login_hint; the password is never given back. */
  readonly personalNumber: string;
  readonly passkey: PasskeyOffer;
  /** Set when a known person must prove the password again: a masked name and number instead of the field. */
  readonly known?: { readonly name: string; readonly number: string; readonly otherAccountAction: string };
  /** This sign-in will go on to a second step ("Bước 1 trên 2"). */
  readonly secondStep: boolean;
  readonly errors: readonly FieldError[];
}

/** The second step. Each way is there where the person has it: at least the code or the passkey. */
export interface TotpPage {
  readonly portal: PortalLine;
  readonly codeAction?: string;
  readonly passkey?: PasskeyOffer;
  readonly recoveryAction?: string;
  readonly cancelAction: string;
  readonly name: string;
  /** The first step was made in this sign-in as well ("Bước 2 trên 2"). */
  readonly secondStep: boolean;
  /** Present where the session says who this is, and nothing here has proved it yet. */
  readonly otherAccountAction?: string;
  /** Present where level 2 is only a wish: posts to go on at level 1. */
  readonly continueAtLevel1Action?: string;
  readonly errors: readonly FieldError[];
}

/** One line of the consent page: a set of claims, or one document. */
export interface ConsentRow {
  readonly scope: string;
  readonly label: string;
  /** What of it is handed over, in words ("Họ tên", "Ngày sinh"). */
  readonly fields: readonly string[];
  readonly required: boolean;
  readonly purpose: string;
  readonly legalBasis?: string;
  readonly sensitive: boolean;
  /** Agreed to the last time; shown as a remark, never as a tick. */
  readonly agreedBefore: boolean;
  readonly document?: {
    readonly issuer: string;
    /** dd/mm/yyyy hh:mm; absent where the registry was never reached. */
    readonly syncedAt?: string;
    /** One line per record: number and validity, or why there is none. */
    readonly records: readonly {
      readonly text: string;
      readonly state: 'valid' | 'expired' | 'revoked' | 'missing';
    }[];
  };
}

export type ConsentReasonShown =
  | 'new_relying_party'
  | 'more_asked'
  | 'purpose_changed'
  | 'evidence_changed'
  | 'expired'
  | 'withdrawn'
  | 'asked_again';

export interface ConsentPage {
  readonly portal: PortalLine;
  readonly action: string;
  readonly refuseAction: string;
  /** Digest of what the page asks, posted back: an answer to anything else does not count. */
  readonly shown: string;
  readonly name: string;
  readonly reason: ConsentReasonShown;
  readonly rows: readonly ConsentRow[];
  /** offline_access: the portal may read the data again while the person is not there. */
  readonly offlineAccess: boolean;
  /** dd/mm/yyyy: until then the answer is remembered. */
  readonly rememberedUntil: string;
  readonly errors: readonly FieldError[];
}

/** The demand cannot be met by this account; the only way is back, or another account. */
export interface TooLowPage {
  readonly portal: PortalLine;
  readonly name: string;
  readonly cause: 'level_1_account' | 'no_second_factor' | 'identity_paper_expired';
  /** dd/mm/yyyy, with `identity_paper_expired`. */
  readonly expiredOn?: string;
  /** A foreigner's papers are renewed elsewhere. */
  readonly foreigner: boolean;
  readonly backAction: string;
  readonly otherAccountAction: string;
  readonly reference: string;
}

/** Why an account cannot be used, and how it can be again; shown to who has proved a first factor, and to nobody else. */
export interface LockShown {
  readonly cause:
    | 'not_activated'
    | 'by_owner'
    | 'by_administrator'
    | 'sim_changed'
    | 'too_many_failures'
    | 'reported'
    | 'deceased'
    | 'dissolved';
  /** dd/mm/yyyy */
  readonly since?: string;
  /** The administrator's own words, a few lines at most. */
  readonly reason?: string;
  /** Where the person can end it alone; absent where it takes a counter. */
  readonly wayOut?: string;
}

/** After the first factor of an account that cannot be used. */
export interface LockedPage extends LockShown {
  readonly portal: PortalLine;
  readonly backAction: string;
  readonly reference: string;
}

/** After the owner has locked the account. */
export interface LockDonePage {
  readonly wayOut: string;
}

export interface ThrottledPage {
  readonly portal: PortalLine;
  /** hh:mm, dd/mm/yyyy in Vietnam. */
  readonly retryAt: string;
  readonly minutes: number;
  /** Opened by a link, because trying again changes nothing by itself. */
  readonly retryAction: string;
  readonly backAction: string;
  readonly reference: string;
}

/** RP-Initiated Logout 1.0 section 2: `form` is the library's own hidden form, id `op.logoutForm`. */
export interface SignOutPage {
  readonly portal?: PortalLine;
  readonly name?: string;
  readonly form: string;
}

export interface SignedOutPage {
  readonly portal?: PortalLine;
}

/** The browser posts on to another address: at once with script, by the button without. */
export interface HandoverPage {
  readonly portal?: PortalLine;
  /** Back to the portal with its answer, to the end of a sign-out, or on in a sign-in as somebody else. */
  readonly onward: 'to_portal' | 'sign_out' | 'sign_in';
  readonly action: string;
  /** All that is posted: the portal gets nothing of ours with it. */
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

export interface ErrorPage {
  /** Looked up as `errors.<code>.title` and `.advice`; an unknown one falls back to `server_error`. */
  readonly code: string;
  readonly reference: string;
  /** Where the person can start again, if the portal is known; otherwise the front page. */
  readonly back?: { readonly name: string; readonly href: string };
}

/** The front page of the provider: what this site is, for somebody who typed its address. */
export type HomePage = Record<never, never>;

export interface PageModels
  extends AccountPageModels,
    CeremonyPageModels,
    DevicePageModels,
    DisownPageModels {
  'sign-in': SignInPage;
  totp: TotpPage;
  consent: ConsentPage;
  'too-low': TooLowPage;
  locked: LockedPage;
  'lock-done': LockDonePage;
  throttled: ThrottledPage;
  'sign-out': SignOutPage;
  'signed-out': SignedOutPage;
  handover: HandoverPage;
  error: ErrorPage;
  home: HomePage;
}
export type PageName = keyof PageModels;
