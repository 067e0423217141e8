import { randomUUID } from 'node:crypto';
import type { AuditTrail } from '../../audit/trail.ts';
import { REQUEST_LIFETIME } from '../../authentication/device-requests.ts';
import type { Disowning } from '../../authentication/disowning.ts';
import { welcomeDevice } from '../../authentication/new-devices.ts';
import type { CodeKey, OneTimeCodes } from '../../authentication/one-time-codes.ts';
import type { Clock } from '../../clock/clock.ts';
import { formatMoment, formatTime } from '../../messages/format.ts';
import { translator } from '../../messages/translate.ts';
import type { Interaction, Interactions } from '../../oidc/interactions.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import { confirmedContact, mailRecipientOf } from '../../subject/contact.ts';
import { maskMailAddress } from '../../subject/mask-mail-address.ts';
import { browserOf } from '../browser-words.ts';
import type { Context } from '../context.ts';
import type { DeviceCookie } from '../device-cookie.ts';
import { languageOf } from '../language.ts';
import { type FieldProblem, fieldErrors } from '../pages/field-problems.ts';
import type { PlaceOf } from '../place.ts';
import type { ShowPage } from '../show-page.ts';
import type { NewDevicePage } from './device-page-models.ts';
import type { DeviceDependencies } from './device-verdict.ts';
import type { NextStep, Person } from './next-step.ts';
import type { Progress, ProgressStore } from './progress.ts';
import { actions, portalLine } from './sign-in-pages.ts';

export interface DeviceStepDependencies extends DeviceDependencies {
  readonly clock: Clock;
  readonly audit: AuditTrail;
  readonly outbox: Outbox;
  readonly disowning: Disowning;
  readonly oneTimeCodes: OneTimeCodes;
  readonly deviceCookie: DeviceCookie;
  readonly placeOf: PlaceOf;
  readonly progress: ProgressStore;
  readonly interactions: Interactions;
  readonly show: ShowPage;
}

type DeviceStep = Extract<NextStep, { kind: 'device' }>;

/** Ties a code to one person, one sign-in and the address on record: whoever reads the one of before confirms nothing. */
export const codeKeyOf = ({ id, subject }: Person, { uid }: Interaction): CodeKey => ({
  subject: id,
  purpose: 'new_device',
  context: `${uid} ${confirmedContact(subject, 'email') ?? ''}`,
});

/** Tells of the browser and makes it known. */
export const welcome = (
  deps: DeviceStepDependencies,
  ctx: Context,
  { relyingParty: { client_id, name } }: Interaction,
  person: Person,
  by: 'code' | 'device' | 'passkey' | 'second_factor',
): Promise<string> =>
  welcomeDevice(
    deps,
    { ...person, language: languageOf(ctx) },
    {
      by,
      token: deps.deviceCookie.tokenOf(ctx),
      name: { vi: browserOf(ctx, 'vi'), en: browserOf(ctx, 'en') },
      place: deps.placeOf(ctx),
      portal: name,
      relyingParty: client_id,
    },
  );

/** `again`: the devices changed meanwhile, and the sign-in has to be looked at anew. */
type Settled = { readonly kind: 'settled'; readonly device: string | undefined } | { readonly kind: 'again' };

/** Notes the browser of a sign-in that may go on. */
export async function settleDevice(
  deps: DeviceStepDependencies,
  ctx: Context,
  interaction: Interaction,
  { device: verdict, person }: Extract<NextStep, { kind: 'done' }>,
): Promise<Settled> {
  if (verdict.kind === 'confirmed') {
    return { kind: 'settled', device: await welcome(deps, ctx, interaction, person, verdict.by) };
  }
  const { deviceCookie, devices, placeOf } = deps;
  const token = deviceCookie.tokenOf(ctx);
  const place = placeOf(ctx);
  if (verdict.kind === 'of_session') {
    if (verdict.device === devices.idOf(person.id, token)) await devices.used(person.id, token, place);
    return { kind: 'settled', device: verdict.device };
  }
  const device =
    verdict.kind === 'known'
      ? await devices.used(person.id, token, place)
      : await devices.begin(person.id, token, { name: browserOf(ctx), place });
  return device === undefined ? { kind: 'again' } : { kind: 'settled', device };
}

/** The page on which a browser is confirmed. The first code leaves when it is first shown. */
export async function showDevice(
  deps: DeviceStepDependencies,
  ctx: Context,
  interaction: Interaction,
  step: DeviceStep,
  problems: readonly FieldProblem[] = [],
): Promise<void> {
  const { person, ways } = step;
  const { relyingParty, uid } = interaction;
  const shared = {
    portal: portalLine(ctx, relyingParty),
    name: person.subject.name,
    device: browserOf(ctx),
    otherAccountAction: actions(uid).otherAccount,
  };
  if (!ways.code && !ways.known) {
    const reference = ctx.state.requestId;
    deps.show(ctx, 'device-stuck', { ...shared, backAction: actions(uid).cancel, reference });
    return;
  }
  const page = {
    ...shared,
    ...(ways.code ? { code: await codeShown(deps, ctx, interaction, person) } : {}),
    ...(await requestShown(deps, ctx, interaction, step)),
    pageAddress: actions(uid).page,
    cancelAction: actions(uid).cancel,
    errors: fieldErrors(translator(languageOf(ctx)), problems),
  };
  if (page.waiting) allowPolling(ctx);
  deps.show(ctx, 'new-device', page, problems.length > 0 ? 422 : 200);
}

const allowPolling = (ctx: Context): void =>
  ctx.set('Content-Security-Policy', `${ctx.response.get('Content-Security-Policy')}; connect-src 'self'`);

async function codeShown(
  deps: DeviceStepDependencies,
  ctx: Context,
  interaction: Interaction,
  person: Person,
): Promise<NonNullable<NewDevicePage['code']>> {
  const { deviceCode, deviceResend } = actions(interaction.uid);
  const standing = (await deps.progress.read(interaction.uid))?.device_code;
  const { outcome, until } =
    standing?.subject === person.id ? standing : await sendCode(deps, ctx, interaction, person, 'first');
  return {
    action: deviceCode,
    resendAction: deviceResend,
    address: maskMailAddress(confirmedContact(person.subject, 'email') ?? ''),
    minutes: 10,
    ...(outcome === 'throttled' && until !== undefined && until > deps.clock.now()
      ? { heldUntil: formatMoment(until) }
      : {}),
  };
}

/** Sends a code and keeps what came of it. Pages that are shown at once send one between them. */
export async function sendCode(
  deps: DeviceStepDependencies,
  ctx: Context,
  interaction: Interaction,
  person: Person,
  occasion: 'first' | 'again',
): Promise<Pick<NonNullable<Progress['device_code']>, 'outcome' | 'until'>> {
  const to = mailRecipientOf(person.subject);
  const { relyingParty, uid } = interaction;
  const mine = { subject: person.id, by: randomUUID() };
  const taken = await deps.progress.change(uid, relyingParty.client_id, (standing) =>
    occasion === 'first' && standing.device_code?.subject === person.id
      ? standing
      : { ...standing, device_code: mine },
  );
  if (taken.device_code?.by !== mine.by || to === undefined) return taken.device_code ?? {};
  const sent = await deps.oneTimeCodes.send(codeKeyOf(person, interaction), to, languageOf(ctx));
  const until = sent.kind === 'sent' ? sent.until : sent.retryAt;
  const device_code = { ...mine, outcome: sent.kind, until };
  await deps.progress.change(uid, relyingParty.client_id, (standing) =>
    standing.device_code?.by === mine.by ? { ...standing, device_code } : standing,
  );
  return device_code;
}

async function requestShown(
  { deviceCookie, deviceRequests, devices }: DeviceStepDependencies,
  ctx: Context,
  { uid }: Interaction,
  { person, ways }: DeviceStep,
): Promise<Pick<NewDevicePage, 'askAction' | 'waiting' | 'refused'>> {
  const device = devices.idOf(person.id, deviceCookie.tokenOf(ctx));
  const request = await deviceRequests.standing({ subject: person.id, device, signIn: uid });
  if (request === undefined) {
    return { refused: false, ...(ways.known ? { askAction: actions(uid).deviceAsk } : {}) };
  }
  if (request.decision !== undefined) return { refused: true };
  const waiting = {
    number: String(request.number),
    stateAddress: actions(uid).deviceState,
    until: formatTime(request.at + REQUEST_LIFETIME),
  };
  return { refused: false, waiting };
}
