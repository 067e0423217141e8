import type { CeremonyGoal } from '../../authentication/ceremony-store.ts';
import type { PasswordStrength } from '../../authentication/password-rules.ts';
import type { TotpAddPage } from '../account/factor-page-models.ts';
import type { FieldError, LockShown, PasskeyOffer } from '../pages/page-models.ts';

interface GoalPage {
  readonly goal: CeremonyGoal;
}

/** A page with a form of its own. */
interface FormPage extends GoalPage {
  readonly action: string;
  readonly errors: readonly FieldError[];
}

export interface CeremonyStartPage extends FormPage {
  readonly personalNumber: string;
}

export interface CeremonyLinkPage {
  readonly action: string;
  /** Posted, so that it does not stay in an address. */
  readonly token: string;
}

export interface CeremonyLinkOverPage {
  readonly cause: 'used' | 'ended' | 'unknown';
}

export interface CeremonyCodePage extends FormPage {
  readonly againAction: string;
  readonly until: string;
}

export interface CeremonyLetterPage extends FormPage {
  /** Back to the second factor, where the person has one. */
  readonly foundAction?: string;
}

export interface CeremonyCounterPage extends GoalPage {
  readonly foundAction?: string;
}

export interface CeremonyPresentPage extends FormPage {
  readonly forgotAction: string;
}

/** Each way is there where the person has it. */
export interface CeremonySecondPage {
  readonly codeAction?: string;
  readonly passkey?: PasskeyOffer;
  readonly recoveryAction?: string;
  readonly lostAction: string;
  readonly errors: readonly FieldError[];
}

export interface CeremonyPasswordPage extends FormPage {
  readonly least: number;
  /** Of what was typed, where the page was sent back. */
  readonly strength?: PasswordStrength;
}

/** Each way is there where it counts as a second factor. */
export interface CeremonyEnrolPage {
  readonly totp?: Pick<TotpAddPage, 'action' | 'address' | 'qr' | 'secret'>;
  readonly passkey?: PasskeyOffer & { readonly challenge: string; readonly name: string };
  readonly errors: readonly FieldError[];
}

export interface CeremonyCodesPage {
  readonly action: string;
  /** Absent where the page is opened anew: then others are made. */
  readonly made?: {
    readonly codes: readonly string[];
    readonly file: string;
    /** Names the set, posted back. */
    readonly shown: string;
    readonly savedAction: string;
  };
}

export type CeremonyFinishPage = FormPage;

export interface CeremonyDonePage {
  readonly outcome: 'activated' | 'recovered' | 'unlocked';
}

export interface CeremonyOverPage extends GoalPage {
  readonly cause: 'activated' | 'changed' | 'unknown';
}

export interface CeremonyWaitPage {
  readonly retryAt: string;
  readonly minutes: number;
  readonly back: string;
}

export interface CeremonyPageModels {
  'ceremony/start': CeremonyStartPage;
  'ceremony/link': CeremonyLinkPage;
  'ceremony/link-over': CeremonyLinkOverPage;
  'ceremony/code': CeremonyCodePage;
  'ceremony/letter': CeremonyLetterPage;
  'ceremony/counter': CeremonyCounterPage;
  'ceremony/present-password': CeremonyPresentPage;
  'ceremony/second-factor': CeremonySecondPage;
  'ceremony/password': CeremonyPasswordPage;
  'ceremony/enrol': CeremonyEnrolPage;
  'ceremony/codes': CeremonyCodesPage;
  'ceremony/finish': CeremonyFinishPage;
  'ceremony/done': CeremonyDonePage;
  'ceremony/over': CeremonyOverPage;
  'ceremony/barred': LockShown;
  'ceremony/wait': CeremonyWaitPage;
}

/** The templates of these pages, below the folder of views. */
export const CEREMONY_PAGES = [
  'ceremony/start',
  'ceremony/link',
  'ceremony/link-over',
  'ceremony/code',
  'ceremony/letter',
  'ceremony/counter',
  'ceremony/present-password',
  'ceremony/second-factor',
  'ceremony/password',
  'ceremony/enrol',
  'ceremony/codes',
  'ceremony/finish',
  'ceremony/done',
  'ceremony/over',
  'ceremony/barred',
  'ceremony/wait',
] as const satisfies readonly (keyof CeremonyPageModels)[];
