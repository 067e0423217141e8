import { formatDate } from '../../messages/format.ts';
import type { Interaction } from '../../oidc/interactions.ts';
import type { RelyingParty } from '../../relying-party/relying-party.ts';
import { maskName } from '../../subject/person-name.ts';
import { maskPersonalNumber } from '../../subject/personal-number.ts';
import type { Context } from '../context.ts';
import { languageOf } from '../language.ts';
import { lockShown } from '../lock-shown.ts';
import type {
  FieldError,
  LockedPage,
  PasskeyOffer,
  PortalLine,
  SignInPage,
  ThrottledPage,
  TooLowPage,
  TotpPage,
} from '../pages/page-models.ts';
import type { WaitShown } from '../wait-shown.ts';
import type { NextStep, Person } from './next-step.ts';

/** The addresses of one sign-in's forms. */
export const actions = (uid: string) => {
  const base = `/interaction/${uid}`;
  return {
    page: base,
    password: `${base}/password`,
    passkey: `${base}/passkey`,
    totp: `${base}/totp`,
    recoveryCode: `${base}/recovery-code`,
    level1: `${base}/level-1`,
    otherAccount: `${base}/other-account`,
    cancel: `${base}/cancel`,
    tooLow: `${base}/too-low`,
    deviceCode: `${base}/device-code`,
    deviceResend: `${base}/device-code-again`,
    deviceAsk: `${base}/device-ask`,
    deviceState: `${base}/device-state`,
    consent: `${base}/consent`,
  };
};

export const portalLine = (ctx: Context, { name, organization }: RelyingParty): PortalLine => ({
  name: languageOf(ctx) === 'en' ? (name.en ?? name.vi) : name.vi,
  organization,
});

export const signInPage = (
  ctx: Context,
  { uid, relyingParty, demand, loginHint }: Interaction,
  known: Person | undefined,
  passkey: PasskeyOffer,
  typed: { readonly personalNumber?: string | undefined; readonly errors: readonly FieldError[] },
): SignInPage => ({
  portal: portalLine(ctx, relyingParty),
  action: actions(uid).password,
  cancelAction: actions(uid).cancel,
  passkey,
  personalNumber: typed.personalNumber ?? hintedNumber(loginHint),
  ...(known === undefined
    ? {}
    : {
        known: {
          name: maskName(known.subject.name),
          number: maskPersonalNumber(known.subject.personal_number),
          otherAccountAction: actions(uid).otherAccount,
        },
      }),
  secondStep: demand.floor === 2 || demand.essential?.includes('1') === false || demand.wished[0] === '2',
  errors: typed.errors,
});

/** A hint that cannot be a personal number is somebody's guess or a probe: it is not shown. */
const hintedNumber = (hint: string): string => (/^[\d\s.-]{9,24}$/.test(hint) ? hint : '');

export const totpPage = (
  ctx: Context,
  { uid, relyingParty }: Interaction,
  { first, person, ways, wish }: Extract<NextStep, { kind: 'second_factor' }>,
  passkey: PasskeyOffer,
  errors: readonly FieldError[] = [],
): TotpPage => ({
  portal: portalLine(ctx, relyingParty),
  ...(ways.totp ? { codeAction: actions(uid).totp } : {}),
  ...(ways.passkey ? { passkey } : {}),
  ...(ways.recoveryCode ? { recoveryAction: actions(uid).recoveryCode } : {}),
  cancelAction: actions(uid).cancel,
  name: person.subject.name,
  secondStep: !first,
  ...(first ? { otherAccountAction: actions(uid).otherAccount } : {}),
  ...(wish ? { continueAtLevel1Action: actions(uid).level1 } : {}),
  errors,
});

export const tooLowPage = (
  ctx: Context,
  { uid, relyingParty }: Interaction,
  { person, cause }: Extract<NextStep, { kind: 'too_low' }>,
): TooLowPage => ({
  portal: portalLine(ctx, relyingParty),
  name: person.subject.name,
  cause: cause.cause,
  ...('expiredOn' in cause ? { expiredOn: formatDate(cause.expiredOn) } : {}),
  foreigner: person.subject.holder_type === 'foreigner',
  backAction: actions(uid).tooLow,
  otherAccountAction: actions(uid).otherAccount,
  reference: ctx.state.requestId,
});

export const lockedPage = (
  ctx: Context,
  { uid, relyingParty }: Interaction,
  { status }: Extract<NextStep, { kind: 'locked' }>,
): LockedPage => ({
  portal: portalLine(ctx, relyingParty),
  ...lockShown(status),
  backAction: actions(uid).cancel,
  reference: ctx.state.requestId,
});

export const throttledPage = (
  ctx: Context,
  { uid, relyingParty }: Interaction,
  wait: WaitShown,
): ThrottledPage => ({
  portal: portalLine(ctx, relyingParty),
  ...wait,
  retryAction: actions(uid).page,
  backAction: actions(uid).cancel,
  reference: ctx.state.requestId,
});
