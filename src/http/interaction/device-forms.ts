import type { Locks } from '../../authentication/locks.ts';
import type { Throttle } from '../../authentication/throttle.ts';
import type { Config } from '../../config/schema.ts';
import type { Interaction } from '../../oidc/interactions.ts';
import { browserOf } from '../browser-words.ts';
import { type Context, textField } from '../context.ts';
import type { FieldProblem } from '../pages/field-problems.ts';
import { codeKeyOf, sendCode, showDevice, welcome } from './device-step.ts';
import { proceed, type SignInDependencies, showLocked, showThrottled, stepOf } from './sign-in-steps.ts';

export interface DeviceFormDependencies extends SignInDependencies {
  readonly locks: Pick<Locks, 'lock'>;
  readonly throttle: Throttle;
  /** How often a device may be asked is how often a code may be sent. */
  readonly windows: Config['throttle'];
  /** Keyed hash for throttle keys. */
  readonly throttleHash: (value: string) => string;
}

/** The code that was sent to the address on record. */
export async function takeDeviceCode(
  deps: DeviceFormDependencies,
  ctx: Context,
  interaction: Interaction,
): Promise<void> {
  const step = await stepOf(deps, ctx, interaction);
  if (step.kind !== 'device' || !step.ways.code) return proceed(deps, ctx, interaction);
  const { person } = step;
  const refuse = (problem: FieldProblem) => showDevice(deps, ctx, interaction, step, [problem]);
  const typed = textField(ctx, 'code');
  if (typed.trim() === '') return refuse('device_code_missing');
  const outcome = await deps.oneTimeCodes.prove(codeKeyOf(person, interaction), typed, ctx.ip);
  if (outcome.kind === 'refused') return refuse('device_code_wrong');
  if (outcome.kind === 'over') return refuse('device_code_over');
  if (outcome.kind === 'throttled') {
    if (!outcome.exhausted) return showThrottled(deps, ctx, interaction, outcome.retryAt);
    await deps.locks.lock(person.id, 'too_many_failures');
    const { status } = (await deps.directory.get(person.id)) ?? person.subject;
    if (status.kind !== 'active') return showLocked(deps, ctx, interaction, status);
    return proceed(deps, ctx, interaction);
  }
  await welcome(deps, ctx, interaction, person, 'code');
  return proceed(deps, ctx, interaction);
}

/** Another code; the one of before is void. */
export async function resendDeviceCode(
  deps: DeviceFormDependencies,
  ctx: Context,
  interaction: Interaction,
): Promise<void> {
  const step = await stepOf(deps, ctx, interaction);
  if (step.kind !== 'device' || !step.ways.code) return proceed(deps, ctx, interaction);
  const { outcome, until } = await sendCode(deps, ctx, interaction, step.person, 'again');
  if (outcome === 'throttled' && until !== undefined) return showThrottled(deps, ctx, interaction, until);
  return proceed(deps, ctx, interaction);
}

/** Asks the devices that are known; whoever is signed in on one of them can say yes. */
export async function askKnownDevice(
  deps: DeviceFormDependencies,
  ctx: Context,
  interaction: Interaction,
): Promise<void> {
  const step = await stepOf(deps, ctx, interaction);
  if (step.kind !== 'device' || !step.ways.known) return proceed(deps, ctx, interaction);
  const { id } = step.person;
  const device = deps.devices.idOf(id, deps.deviceCookie.tokenOf(ctx));
  const key = { subject: id, device, signIn: interaction.uid };
  if ((await deps.deviceRequests.standing(key)) === undefined) {
    const taken = await deps.throttle.take('device:asked', deps.throttleHash(id), deps.windows.code_sent);
    if (!taken.allowed) return showThrottled(deps, ctx, interaction, taken.retryAt);
    const relying_party = interaction.relyingParty.client_id;
    const about = { name: browserOf(ctx), place: deps.placeOf(ctx), relying_party };
    await deps.deviceRequests.ask(key, about);
  }
  return proceed(deps, ctx, interaction);
}

/** For the page that waits: whether there is anything new to see. Tells nobody but that browser. */
export async function tellDeviceState(
  deps: DeviceFormDependencies,
  ctx: Context,
  interaction: Interaction,
): Promise<void> {
  const step = await stepOf(deps, ctx, interaction);
  let waiting = false;
  if (step.kind === 'device') {
    const device = deps.devices.idOf(step.person.id, deps.deviceCookie.tokenOf(ctx));
    const key = { subject: step.person.id, device, signIn: interaction.uid };
    const request = await deps.deviceRequests.standing(key);
    waiting = request !== undefined && request.decision === undefined;
  }
  ctx.type = 'json';
  ctx.body = { waiting };
}
