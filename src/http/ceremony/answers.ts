import {
  choosePassword,
  enrolPasskey,
  enrolTotp,
  makeRecoveryCodes,
  saveRecoveryCodes,
  turnTo,
} from '../../authentication/ceremony-choices.ts';
import { type CeremonyOutcome, stepAt } from '../../authentication/ceremony-deps.ts';
import { finish } from '../../authentication/ceremony-finish.ts';
import {
  proveLetter,
  provePresentPassword,
  proveSecondCode,
  proveSecondPasskey,
} from '../../authentication/ceremony-proofs.ts';
import { proveAddress, sendAgain } from '../../authentication/ceremony-start.ts';
import type { Standing } from '../../authentication/ceremony-store.ts';
import { normalizeRecoveryCode } from '../../authentication/recovery-codes.ts';
import { normalizeTotpCode } from '../../authentication/totp.ts';
import { translator } from '../../messages/translate.ts';
import { fileOf } from '../account/factors-recovery.ts';
import { problemOf } from '../account/password.ts';
import { browserOf } from '../browser-words.ts';
import { type Context, textField } from '../context.ts';
import { goOn } from '../interaction/sign-in-steps.ts';
import { languageOf } from '../language.ts';
import type { FieldProblem } from '../pages/field-problems.ts';
import { actionsOf } from './addresses.ts';
import { type CeremonyDependencies, showStep, showWait } from './steps.ts';

/** Answers one form of a ceremony. */
export type CeremonyAnswer = (
  deps: CeremonyDependencies,
  ctx: Context,
  standing: Standing,
) => void | Promise<void>;

interface Field {
  readonly name: string;
  /** Nothing typed, no code at all, the wrong one, one whose time is over. */
  readonly problems: readonly [FieldProblem, FieldProblem, FieldProblem, FieldProblem];
  /** Undefined where it cannot be a code. */
  readonly normalize?: (typed: string) => string | undefined;
}

/** A form with one field, whose value proves something. */
const proof =
  (
    { name, normalize = (typed) => typed, problems: [missing, malformed, wrong, ended] }: Field,
    prove: (
      deps: CeremonyDependencies,
      ctx: Context,
      standing: Standing,
      typed: string,
    ) => Promise<CeremonyOutcome>,
  ): CeremonyAnswer =>
  async (deps, ctx, standing) => {
    const typed = textField(ctx, name);
    if (typed.trim() === '') return showStep(deps, ctx, standing, [missing]);
    const value = normalize(typed);
    if (value === undefined) return showStep(deps, ctx, standing, [malformed]);
    return goOnFrom(deps, ctx, standing, await prove(deps, ctx, standing, value), wrong, ended);
  };

/** What comes after something was proved or chosen: the next page, the same one with a problem, or a wait. */
async function goOnFrom(
  deps: CeremonyDependencies,
  ctx: Context,
  standing: Standing,
  outcome: CeremonyOutcome,
  wrong: FieldProblem,
  ended: FieldProblem = wrong,
): Promise<void> {
  if (outcome.kind === 'throttled') return showWait(deps, ctx, outcome.retryAt, actionsOf(standing).page);
  if (outcome.kind === 'refused') return showStep(deps, ctx, standing, [wrong]);
  if (outcome.kind === 'ended') return showStep(deps, ctx, standing, [ended]);
  return proceed(deps, ctx, standing);
}

/** On to the next page. A recovery of which nothing is missing is done at once: its last form was the decision. */
async function proceed(deps: CeremonyDependencies, ctx: Context, standing: Standing): Promise<void> {
  const { doc, id } = standing;
  const now = await deps.parts.store.read(id, doc.goal, doc.browser);
  if (now?.doc.goal === 'recovery' && (await stepAt(deps.parts, now)).step.kind === 'finish') {
    await carryOut(deps, ctx, now, false);
  }
  goOn(ctx, actionsOf(standing).page);
}

const carryOut = (
  { deviceCookie, parts, placeOf }: CeremonyDependencies,
  ctx: Context,
  standing: Standing,
  termsAccepted: boolean,
): Promise<boolean> => {
  const language = languageOf(ctx);
  const device = { token: deviceCookie.tokenOf(ctx), name: browserOf(ctx), place: placeOf(ctx) };
  return finish(parts, standing, { device, language, termsAccepted });
};

const takeCode = proof(
  {
    name: 'code',
    problems: ['mail_code_missing', 'mail_code_wrong', 'mail_code_wrong', 'mail_code_ended'],
  },
  ({ parts }, ctx, standing, typed) => proveAddress(parts, standing, typed, ctx.ip),
);

const takeLetter = proof(
  {
    name: 'letter_code',
    problems: ['letter_code_missing', 'letter_code_wrong', 'letter_code_wrong', 'letter_code_wrong'],
  },
  ({ parts }, _ctx, standing, typed) => proveLetter(parts, standing, typed),
);

const takePresent = proof(
  {
    name: 'password',
    problems: ['password_missing', 'password_wrong', 'password_wrong', 'password_wrong'],
  },
  ({ parts }, ctx, standing, password) =>
    provePresentPassword(parts, standing, { password, address: ctx.ip }),
);

const takeTotp = proof(
  {
    name: 'code',
    problems: ['code_missing', 'code_malformed', 'code_wrong', 'code_wrong'],
    normalize: normalizeTotpCode,
  },
  ({ parts }, ctx, standing, code) =>
    proveSecondCode(parts, standing, { way: 'totp', code, address: ctx.ip }),
);

const takeRecoveryCode = proof(
  {
    name: 'recovery_code',
    problems: [
      'recovery_code_missing',
      'recovery_code_malformed',
      'recovery_code_wrong',
      'recovery_code_wrong',
    ],
    normalize: normalizeRecoveryCode,
  },
  ({ parts }, ctx, standing, code) =>
    proveSecondCode(parts, standing, { way: 'recoveryCode', code, address: ctx.ip }),
);

const takePasskey: CeremonyAnswer = async (deps, ctx, standing) => {
  const posted = { response: textField(ctx, 'response'), address: ctx.ip };
  const outcome = await proveSecondPasskey(deps.parts, standing, posted);
  return goOnFrom(deps, ctx, standing, outcome, 'passkey_refused');
};

const turn =
  (way: 'forgot' | 'lost' | 'found'): CeremonyAnswer =>
  async (deps, ctx, standing) => {
    await turnTo(deps.parts, standing, way);
    return proceed(deps, ctx, standing);
  };

const again: CeremonyAnswer = async (deps, ctx, standing) => {
  const sent = await sendAgain(deps.parts, standing, languageOf(ctx));
  if (sent.kind === 'throttled') return showWait(deps, ctx, sent.retryAt, actionsOf(standing).page);
  return proceed(deps, ctx, standing);
};

const takePassword: CeremonyAnswer = async (deps, ctx, standing) => {
  const typed = textField(ctx, 'new_password');
  if (typed === '') return showStep(deps, ctx, standing, ['new_password_missing']);
  const outcome = await choosePassword(deps.parts, standing, typed);
  if (outcome.kind !== 'unfit') return proceed(deps, ctx, standing);
  const problem = outcome.problem === 'same' ? 'password_of_before' : problemOf[outcome.problem];
  return showStep(deps, ctx, standing, [problem]);
};

/** Recovery codes come with the new factor: in the answer to its form, which no address gives again. */
const afterFactor = async (
  deps: CeremonyDependencies,
  ctx: Context,
  standing: Standing,
  outcome: CeremonyOutcome,
  wrong: FieldProblem,
): Promise<void> => {
  if (outcome.kind !== 'taken') return goOnFrom(deps, ctx, standing, outcome, wrong);
  return showCodes(deps, ctx, standing);
};

const takeApp: CeremonyAnswer = async (deps, ctx, standing) => {
  const typed = textField(ctx, 'code');
  const code = normalizeTotpCode(typed);
  if (code === undefined) {
    return showStep(deps, ctx, standing, [typed.trim() === '' ? 'code_missing' : 'code_malformed']);
  }
  return afterFactor(deps, ctx, standing, await enrolTotp(deps.parts, standing, code), 'code_wrong');
};

const takeDevice: CeremonyAnswer = async (deps, ctx, standing) => {
  const posted = { response: textField(ctx, 'response'), name: textField(ctx, 'name') };
  const outcome = await enrolPasskey(deps.parts, standing, posted);
  return afterFactor(deps, ctx, standing, outcome, 'passkey_not_added');
};

const showCodes: CeremonyAnswer = async (deps, ctx, standing) => {
  const { parts, show } = deps;
  const { doc, id } = standing;
  const now = await parts.store.read(id, doc.goal, doc.browser);
  const made = now && (await makeRecoveryCodes(parts, now));
  if (made === undefined) return proceed(deps, ctx, standing);
  const actions = actionsOf(standing);
  const file = fileOf(translator(languageOf(ctx)), made.codes, parts.clock.now());
  show(ctx, 'ceremony/codes', {
    action: actions.codes,
    made: { ...made, file, savedAction: actions.saved },
  });
};

const saved: CeremonyAnswer = async (deps, ctx, standing) => {
  await saveRecoveryCodes(deps.parts, standing, textField(ctx, 'shown'));
  return proceed(deps, ctx, standing);
};

const takeFinish: CeremonyAnswer = async (deps, ctx, standing) => {
  const { step } = await stepAt(deps.parts, standing);
  const accepted = textField(ctx, 'terms') === 'accepted';
  if (step.kind === 'finish' && standing.doc.goal === 'activation' && !accepted) {
    return showStep(deps, ctx, standing, ['terms_missing']);
  }
  await carryOut(deps, ctx, standing, accepted);
  goOn(ctx, actionsOf(standing).page);
};

/** Every form of a ceremony, by the last part of its address. */
export const answers: Readonly<Record<string, CeremonyAnswer>> = {
  code: takeCode,
  again,
  letter: takeLetter,
  present: takePresent,
  forgot: turn('forgot'),
  lost: turn('lost'),
  found: turn('found'),
  totp: takeTotp,
  passkey: takePasskey,
  'recovery-code': takeRecoveryCode,
  'new-password': takePassword,
  app: takeApp,
  device: takeDevice,
  codes: showCodes,
  saved,
  finish: takeFinish,
};
