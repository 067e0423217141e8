import {
  enrolable,
  passkeyOptions,
  passwordContextOf,
  secretOf,
} from '../../authentication/ceremony-choices.ts';
import { type CeremonyParts, stepAt } from '../../authentication/ceremony-deps.ts';
import { challengeOf } from '../../authentication/ceremony-proofs.ts';
import type { AccountFacts, CeremonyStep } from '../../authentication/ceremony-rules.ts';
import type { Standing } from '../../authentication/ceremony-store.ts';
import { judgePassword, leastCharacters } from '../../authentication/password-rules.ts';
import { formatMoment } from '../../messages/format.ts';
import { translator } from '../../messages/translate.ts';
import { deviceWords } from '../account/device-words.ts';
import { drawn, inGroups } from '../account/factors-totp.ts';
import { type Context, textField } from '../context.ts';
import type { DeviceCookie } from '../device-cookie.ts';
import type { Forms } from '../forms.ts';
import { languageOf } from '../language.ts';
import { lockShown } from '../lock-shown.ts';
import { type FieldProblem, fieldErrors } from '../pages/field-problems.ts';
import type { PlaceOf } from '../place.ts';
import type { ShowPage } from '../show-page.ts';
import { waitShown } from '../wait-shown.ts';
import { actionsOf } from './addresses.ts';
import type { CeremonyEnrolPage } from './page-models.ts';

export interface CeremonyDependencies {
  readonly parts: CeremonyParts;
  readonly forms: Forms;
  readonly show: ShowPage;
  readonly deviceCookie: DeviceCookie;
  readonly placeOf: PlaceOf;
}

/** The page of a step; with problems where its form was just refused. */
export type StepPage<K extends CeremonyStep['kind'] = CeremonyStep['kind']> = (
  deps: CeremonyDependencies,
  ctx: Context,
  standing: Standing,
  step: Extract<CeremonyStep, { kind: K }>,
  facts: AccountFacts | undefined,
  problems: readonly FieldProblem[],
) => void | Promise<void>;

/** Shows what is asked for now. */
export async function showStep(
  deps: CeremonyDependencies,
  ctx: Context,
  standing: Standing,
  problems: readonly FieldProblem[] = [],
): Promise<void> {
  const { doc, id } = standing;
  // A refused form may have used something up since this was read.
  const now = (await deps.parts.store.read(id, doc.goal, doc.browser)) ?? standing;
  const { facts, step } = await stepAt(deps.parts, now);
  // Each page is given the step that it is found under.
  const page = pages[step.kind] as StepPage;
  return page(deps, ctx, now, step, facts, problems);
}

const errorsOf = (ctx: Context, problems: readonly FieldProblem[]) =>
  fieldErrors(translator(languageOf(ctx)), problems);
const statusOf = (problems: readonly FieldProblem[]): 200 | 422 => (problems.length > 0 ? 422 : 200);

const codePage: StepPage<'code'> = ({ show }, ctx, standing, _step, _facts, problems) => {
  const { doc } = standing;
  const actions = actionsOf(standing);
  const page = {
    goal: doc.goal,
    action: actions.code,
    againAction: actions.again,
    until: formatMoment(doc.code_until ?? 0),
    errors: errorsOf(ctx, problems),
  };
  show(ctx, 'ceremony/code', page, statusOf(problems));
};

const letterPage: StepPage<'letter'> = ({ show }, ctx, standing, _step, _facts, problems) => {
  const actions = actionsOf(standing);
  const page = {
    goal: standing.doc.goal,
    action: actions.letter,
    ...(standing.doc.lost ? { foundAction: actions.turn('found') } : {}),
    errors: errorsOf(ctx, problems),
  };
  show(ctx, 'ceremony/letter', page, statusOf(problems));
};

const counterPage: StepPage<'counter'> = ({ show }, ctx, standing, { back }) => {
  const actions = actionsOf(standing);
  show(ctx, 'ceremony/counter', {
    goal: standing.doc.goal,
    ...(back ? { foundAction: actions.turn('found') } : {}),
  });
};

const presentPage: StepPage<'present_password'> = ({ show }, ctx, standing, _step, _facts, problems) => {
  const actions = actionsOf(standing);
  const page = {
    goal: standing.doc.goal,
    action: actions.present,
    forgotAction: actions.turn('forgot'),
    errors: errorsOf(ctx, problems),
  };
  show(ctx, 'ceremony/present-password', page, statusOf(problems));
};

const secondPage: StepPage<'second_factor'> = async (deps, ctx, standing, { ways }, _facts, problems) => {
  const actions = actionsOf(standing);
  const challenge = ways.passkey ? await challengeOf(deps.parts, standing) : undefined;
  const options = challenge && (await deps.parts.ceremony.requestOptions(challenge.value));
  const page = {
    ...(ways.totp ? { codeAction: actions.totp } : {}),
    ...(challenge === undefined
      ? {}
      : {
          passkey: {
            action: actions.passkey,
            options: JSON.stringify(options),
            seconds: challenge.seconds,
          },
        }),
    ...(ways.recoveryCode ? { recoveryAction: actions.recoveryCode } : {}),
    lostAction: actions.turn('lost'),
    errors: errorsOf(ctx, problems),
  };
  deps.show(ctx, 'ceremony/second-factor', page, statusOf(problems));
};

const passwordPage: StepPage<'password'> = ({ parts, show }, ctx, standing, _step, facts, problems) => {
  if (facts === undefined) throw new Error('a password is asked for of a known account alone');
  const context = passwordContextOf(parts, standing, facts);
  const typed = textField(ctx, 'new_password');
  const page = {
    goal: standing.doc.goal,
    action: actionsOf(standing).password,
    least: leastCharacters(context),
    ...(typed === '' ? {} : { strength: judgePassword(typed, context).strength }),
    errors: errorsOf(ctx, problems),
  };
  show(ctx, 'ceremony/password', page, statusOf(problems));
};

const enrolPage: StepPage<'enrol'> = async (deps, ctx, standing, _step, facts, problems) => {
  if (facts === undefined) throw new Error('a factor is enrolled for a known account alone');
  const offers = enrolable(deps.parts);
  const { address, secret } = secretOf(standing, facts);
  const totp = {
    action: actionsOf(standing).app,
    address,
    secret: inGroups(secret),
    qr: drawn(address),
  };
  const page = {
    ...(offers.totp ? { totp } : {}),
    ...(offers.passkey ? { passkey: await newPasskey(deps, ctx, standing, facts) } : {}),
    errors: errorsOf(ctx, problems),
  };
  deps.show(ctx, 'ceremony/enrol', page, statusOf(problems));
};

async function newPasskey(
  { parts }: CeremonyDependencies,
  ctx: Context,
  standing: Standing,
  facts: AccountFacts,
): Promise<NonNullable<CeremonyEnrolPage['passkey']>> {
  const { seconds, value } = await challengeOf(parts, standing);
  return {
    action: actionsOf(standing).device,
    challenge: value,
    options: await passkeyOptions(parts, standing, facts, value),
    seconds,
    name: textField(ctx, 'name') || deviceWords(ctx.get('User-Agent'), translator(languageOf(ctx))),
  };
}

const finishPage: StepPage<'finish'> = ({ show }, ctx, standing, _step, _facts, problems) => {
  const page = {
    goal: standing.doc.goal,
    action: actionsOf(standing).finish,
    errors: errorsOf(ctx, problems),
  };
  show(ctx, 'ceremony/finish', page, statusOf(problems));
};

const pages: { readonly [K in CeremonyStep['kind']]: StepPage<K> } = {
  code: codePage,
  letter: letterPage,
  counter: counterPage,
  present_password: presentPage,
  second_factor: secondPage,
  password: passwordPage,
  enrol: enrolPage,
  // The codes were on the page before, which nothing shows again.
  codes: ({ show }, ctx, standing) => show(ctx, 'ceremony/codes', { action: actionsOf(standing).codes }),
  finish: finishPage,
  barred: ({ show }, ctx, _standing, { status }) => show(ctx, 'ceremony/barred', lockShown(status), 403),
  over: ({ show }, ctx, { doc: { goal } }, { cause }) => show(ctx, 'ceremony/over', { goal, cause }, 409),
  done: ({ show }, ctx, _standing, { outcome }) => show(ctx, 'ceremony/done', { outcome }),
};

/** Too many attempts: until when to wait. */
export const showWait = (
  { parts: { clock }, show }: CeremonyDependencies,
  ctx: Context,
  retryAt: number,
  back: string,
): void => show(ctx, 'ceremony/wait', { ...waitShown(ctx, clock, retryAt), back }, 429);
