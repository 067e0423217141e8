import type { FirstFactorOutcome } from '../../authentication/attempt.ts';
import type { PasskeyCeremony } from '../../authentication/passkey-ceremony.ts';
import type { SecondFactors } from '../../authentication/reach.ts';
import { normalizeRecoveryCode } from '../../authentication/recovery-codes.ts';
import type { SignIn } from '../../authentication/sign-in.ts';
import { normalizeTotpCode } from '../../authentication/totp.ts';
import type { Clock } from '../../clock/clock.ts';
import { translator } from '../../messages/translate.ts';
import type { Interaction, Interactions } from '../../oidc/interactions.ts';
import { normalizePersonalNumber } from '../../subject/personal-number.ts';
import { type Context, textField } from '../context.ts';
import type { Forms } from '../forms.ts';
import { languageOf } from '../language.ts';
import { type FieldProblem, fieldErrors } from '../pages/field-problems.ts';
import type { ShowPage } from '../show-page.ts';
import { waitShown } from '../wait-shown.ts';
import { type DeviceStepDependencies, settleDevice, showDevice } from './device-step.ts';
import { type NextStep, nextStep, type StepDependencies } from './next-step.ts';
import { passkeyOffer, takeChallenge } from './passkey-offer.ts';
import { type Progress, type ProgressStore, withOtherAccount, withProof, withSubject } from './progress.ts';
import { actions, lockedPage, signInPage, throttledPage, tooLowPage, totpPage } from './sign-in-pages.ts';

export interface SignInDependencies extends StepDependencies, DeviceStepDependencies {
  readonly clock: Clock;
  readonly signIn: SignIn;
  readonly ceremony: PasskeyCeremony;
  readonly progress: ProgressStore;
  readonly forms: Pick<Forms, 'browserOf'>;
  readonly interactions: Interactions;
  readonly show: ShowPage;
}

/** The dispatcher: reads how far this sign-in has come and shows, or does, what comes next. */
export async function proceed(
  deps: SignInDependencies,
  ctx: Context,
  interaction: Interaction,
): Promise<void> {
  const step = await stepOf(deps, ctx, interaction);
  if (step.kind === 'done') {
    const settled = await settleDevice(deps, ctx, interaction, step);
    if (settled.kind === 'again') return proceed(deps, ctx, interaction);
    const { person, proofs } = step;
    return goOn(ctx, await deps.interactions.signedIn(ctx, interaction, person.id, proofs, settled.device));
  }
  if (step.kind === 'impossible') return goOn(ctx, await unmet(deps, ctx));
  if (ctx.method === 'POST') return goOn(ctx, actions(interaction.uid).page);
  return showStep(deps, ctx, interaction, step);
}

/** Where a sign-in stands in this browser. */
export const stepOf = async (
  deps: SignInDependencies,
  ctx: Context,
  interaction: Interaction,
): Promise<NextStep> =>
  nextStep(deps, interaction, await deps.progress.read(interaction.uid), deps.deviceCookie.tokenOf(ctx));

/** The page of a step; with problems where its form was just refused. */
async function showStep(
  deps: SignInDependencies,
  ctx: Context,
  interaction: Interaction,
  step: NextStep,
  problems: readonly FieldProblem[] = [],
  personalNumber?: string,
): Promise<void> {
  const { show } = deps;
  const status = problems.length > 0 ? 422 : 200;
  const errors = fieldErrors(translator(languageOf(ctx)), problems);
  const offer = () => passkeyOffer(deps, interaction);
  if (step.kind === 'password') {
    const typed = { personalNumber, errors };
    show(ctx, 'sign-in', signInPage(ctx, interaction, step.known, await offer(), typed), status);
  }
  if (step.kind === 'second_factor') {
    show(ctx, 'totp', totpPage(ctx, interaction, step, await offer(), errors), status);
  }
  if (step.kind === 'too_low') show(ctx, 'too-low', tooLowPage(ctx, interaction, step));
  if (step.kind === 'device') await showDevice(deps, ctx, interaction, step);
  if (step.kind === 'locked') show(ctx, 'locked', lockedPage(ctx, interaction, step));
}

/** 303, so that a reload or the back button never posts a password again (RFC 9700 section 4.12). */
export function goOn(ctx: Context, address: string): void {
  ctx.status = 303;
  ctx.redirect(address);
}

/** The first factor. A second click finds it proved and goes on. */
export async function takePassword(
  deps: SignInDependencies,
  ctx: Context,
  interaction: Interaction,
): Promise<void> {
  const step = await stepOf(deps, ctx, interaction);
  if (step.kind !== 'password') return proceed(deps, ctx, interaction);
  const typed = textField(ctx, 'personal_number');
  const password = textField(ctx, 'password');
  const number = step.known?.subject.personal_number ?? normalizePersonalNumber(typed);
  const refuse = (...problems: FieldProblem[]) => showStep(deps, ctx, interaction, step, problems, typed);
  const missing = missingOf(typed, number, password);
  if (number === undefined || missing.length > 0) return refuse(...missing);

  const outcome = await deps.signIn.provePassword({ number, password, address: ctx.ip });
  if (outcome.kind === 'refused') return refuse(step.known ? 'password_wrong' : 'credentials_wrong');
  return afterFirstFactor(deps, ctx, interaction, outcome);
}

/** Goes on with what was proved, or says why that opens nothing. */
async function afterFirstFactor(
  deps: SignInDependencies,
  ctx: Context,
  interaction: Interaction,
  outcome: Exclude<FirstFactorOutcome, { kind: 'refused' }>,
): Promise<void> {
  if (outcome.kind === 'throttled') return showThrottled(deps, ctx, interaction, outcome.retryAt);
  if (outcome.kind === 'unavailable') return showLocked(deps, ctx, interaction, outcome.status);
  await advance(deps, ctx, interaction, (progress) => withSubject(progress, outcome.id, outcome.proof));
  return proceed(deps, ctx, interaction);
}

/** To who has proved a first factor. */
export const showLocked = (
  { show }: SignInDependencies,
  ctx: Context,
  interaction: Interaction,
  status: Extract<NextStep, { kind: 'locked' }>['status'],
): void => show(ctx, 'locked', lockedPage(ctx, interaction, { kind: 'locked', status }), 403);

/** A passkey, instead of the password or as the second step; where somebody is known it has to be theirs. */
export async function takePasskey(
  deps: SignInDependencies,
  ctx: Context,
  interaction: Interaction,
): Promise<void> {
  const step = await stepOf(deps, ctx, interaction);
  if (step.kind !== 'password' && step.kind !== 'second_factor') return proceed(deps, ctx, interaction);
  const outcome = await deps.signIn.provePasskey({
    response: textField(ctx, 'response'),
    challenge: await takeChallenge(deps, interaction),
    expected: step.kind === 'password' ? step.known?.id : step.person.id,
    address: ctx.ip,
  });
  if (outcome.kind === 'refused') return showStep(deps, ctx, interaction, step, ['passkey_refused']);
  return afterFirstFactor(deps, ctx, interaction, outcome);
}

/** The code of a generator, once the first factor is proved. */
export const takeTotp = (deps: SignInDependencies, ctx: Context, interaction: Interaction): Promise<void> =>
  takeCode(deps, ctx, interaction, {
    field: 'code',
    way: 'totp',
    problems: ['code_missing', 'code_malformed', 'code_wrong'],
    normalize: normalizeTotpCode,
    prove: deps.signIn.proveTotp,
  });

/** A recovery code, where the generator or the passkey is lost. */
export const takeRecoveryCode = (
  deps: SignInDependencies,
  ctx: Context,
  interaction: Interaction,
): Promise<void> =>
  takeCode(deps, ctx, interaction, {
    field: 'recovery_code',
    way: 'recoveryCode',
    problems: ['recovery_code_missing', 'recovery_code_malformed', 'recovery_code_wrong'],
    normalize: normalizeRecoveryCode,
    prove: deps.signIn.proveRecoveryCode,
  });

interface CodeKind {
  readonly field: string;
  readonly way: keyof SecondFactors;
  /** Nothing typed, no code at all, the wrong one. */
  readonly problems: readonly [FieldProblem, FieldProblem, FieldProblem];
  readonly normalize: (typed: string) => string | undefined;
  readonly prove: SignIn['proveTotp'];
}

async function takeCode(
  deps: SignInDependencies,
  ctx: Context,
  interaction: Interaction,
  { field, normalize, problems, prove, way }: CodeKind,
): Promise<void> {
  const step = await stepOf(deps, ctx, interaction);
  if (step.kind !== 'second_factor' || !step.ways[way]) return proceed(deps, ctx, interaction);
  const [missing, malformed, wrong] = problems;
  const refuse = (problem: FieldProblem) => showStep(deps, ctx, interaction, step, [problem]);
  const typed = textField(ctx, field);
  const code = normalize(typed);
  if (code === undefined) return refuse(typed.trim() === '' ? missing : malformed);

  const subject = step.person.id;
  const outcome = await prove({ subject, code, signIn: interaction.uid, address: ctx.ip });
  if (outcome.kind === 'throttled') {
    // One guess too many locks the account, and whoever is here has proved the first factor.
    const { status } = (await deps.directory.get(subject)) ?? step.person.subject;
    if (status.kind !== 'active') return showLocked(deps, ctx, interaction, status);
    return showThrottled(deps, ctx, interaction, outcome.retryAt);
  }
  if (outcome.kind === 'refused') return refuse(wrong);
  await advance(deps, ctx, interaction, (progress) => withProof(progress, subject, outcome.proof));
  return proceed(deps, ctx, interaction);
}

/** Keeps what was proved, bound to the browser in which it was: no other may finish this sign-in. */
const advance = (
  { progress, forms }: SignInDependencies,
  ctx: Context,
  { relyingParty, uid }: Interaction,
  change: (progress: Progress) => Progress,
): Promise<Progress> =>
  progress.change(uid, relyingParty.client_id, (standing) => ({
    ...change(standing),
    browser: forms.browserOf(ctx),
  }));

/** Level 2 was only a wish, and the person goes on without. */
export async function declineWish(
  deps: SignInDependencies,
  ctx: Context,
  interaction: Interaction,
): Promise<void> {
  const step = await stepOf(deps, ctx, interaction);
  if (step.kind === 'second_factor' && step.wish) {
    await deps.progress.change(interaction.uid, interaction.relyingParty.client_id, (progress) => ({
      ...progress,
      wish_declined: true,
    }));
  }
  return proceed(deps, ctx, interaction);
}

export async function useOtherAccount(
  deps: SignInDependencies,
  ctx: Context,
  interaction: Interaction,
): Promise<void> {
  await deps.progress.change(interaction.uid, interaction.relyingParty.client_id, withOtherAccount);
  return proceed(deps, ctx, interaction);
}

/** The way back from a demand that this account cannot meet. */
export async function refuseTooLow(
  deps: SignInDependencies,
  ctx: Context,
  interaction: Interaction,
): Promise<void> {
  const step = await stepOf(deps, ctx, interaction);
  if (step.kind !== 'too_low') return proceed(deps, ctx, interaction);
  goOn(ctx, await unmet(deps, ctx));
}

const unmet = ({ interactions }: SignInDependencies, ctx: Context): Promise<string> =>
  interactions.refuse(
    ctx,
    'unmet_authentication_requirements',
    'the requested level cannot be reached by this account',
  );

/** Too many attempts: when there may be another. */
export function showThrottled(
  { clock, show }: SignInDependencies,
  ctx: Context,
  interaction: Interaction,
  retryAt: number,
): void {
  show(ctx, 'throttled', throttledPage(ctx, interaction, waitShown(ctx, clock, retryAt)), 429);
}

function missingOf(typed: string, number: string | undefined, password: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (number === undefined) {
    problems.push(typed.trim() === '' ? 'personal_number_missing' : 'personal_number_malformed');
  }
  if (password === '') problems.push('password_missing');
  return problems;
}
