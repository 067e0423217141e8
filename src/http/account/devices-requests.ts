import type { DeviceRequest } from '../../authentication/device-requests.ts';
import { translator } from '../../messages/translate.ts';
import { textField } from '../context.ts';
import { languageOf } from '../language.ts';
import { type FieldProblem, fieldErrors } from '../pages/field-problems.ts';
import { type DevicesParts, decidableRequests, requestFacts, requestPath } from './devices-parts.ts';
import type { AccountPages, Visit } from './visit.ts';

const REQUEST = '/devices/requests/:request';

/** A new device asks to be confirmed here. */
export function requestRoutes(parts: DevicesParts, pages: AccountPages): void {
  pages.page(REQUEST, { level: 'highest' }, (visit) => showRequest(parts, visit));
  pages.form(REQUEST, { level: 'highest' }, (visit) => decide(parts, visit));
  // To say no, and lock the account, is open to every session of the person.
  pages.page(`${REQUEST}/not-me`, { level: 1 }, (visit) => askNotMe(parts, visit));
  pages.form(`${REQUEST}/not-me`, { level: 1 }, (visit) => notMe(parts, visit));
}

/** The request of the address, where this visit may decide it and it waits. */
async function requestOf(parts: DevicesParts, visit: Visit): Promise<DeviceRequest | undefined> {
  const requests = await decidableRequests(parts, visit);
  return requests.find(({ id }) => id === visit.params.request)?.request;
}

const pathOf = ({ params }: Visit): string => requestPath(params.request ?? '');

function showAnswered({ show }: DevicesParts, visit: Visit, outcome: 'confirmed' | 'refused' | 'over'): void {
  const notMe = outcome === 'refused' ? { notMe: `${pathOf(visit)}/not-me` } : {};
  const status = outcome === 'over' ? 409 : 200;
  show(visit.ctx, 'account/device-answered', { tab: 'notices', outcome, ...notMe }, status);
}

async function showRequest(
  parts: DevicesParts,
  visit: Visit,
  problems: readonly FieldProblem[] = [],
): Promise<void> {
  const request = await requestOf(parts, visit);
  if (request === undefined) return showAnswered(parts, visit, 'over');
  const page = {
    tab: 'notices',
    facts: await requestFacts(parts, visit, request),
    choices: request.choices,
    action: pathOf(visit),
    notMe: `${pathOf(visit)}/not-me`,
    errors: fieldErrors(translator(languageOf(visit.ctx)), problems),
  } as const;
  parts.show(visit.ctx, 'account/device-request', page, problems.length > 0 ? 422 : 200);
}

async function decide(parts: DevicesParts, visit: Visit): Promise<void> {
  const { audit, deviceRequests } = parts;
  const { ctx, params, person } = visit;
  const request = await requestOf(parts, visit);
  if (request === undefined) return showAnswered(parts, visit, 'over');
  const typed = textField(ctx, 'number');
  if (!/^\d{2}$/.test(typed)) return showRequest(parts, visit, ['device_number_missing']);
  const number = Number(typed);
  if (number !== request.number) {
    const detail = { device: request.name, cause: 'number' };
    await audit.record({ kind: 'device.refused', subject: person.id, detail });
  }
  const outcome = await deviceRequests.choose(person.id, params.request ?? '', number);
  showAnswered(parts, visit, outcome);
}

/** Also once it was refused, or confirmed by mistake. */
const askedBefore = ({ deviceRequests }: DevicesParts, { params, person, session }: Visit) =>
  deviceRequests
    .find(person.id, params.request ?? '')
    .then((request) => (request?.device === session.device ? undefined : request));

async function askNotMe(parts: DevicesParts, visit: Visit): Promise<void> {
  const request = await askedBefore(parts, visit);
  if (request === undefined) return showAnswered(parts, visit, 'over');
  const facts = await requestFacts(parts, visit, request);
  const action = `${pathOf(visit)}/not-me`;
  parts.show(visit.ctx, 'account/device-not-me', { tab: 'notices', facts, action });
}

/** Refused, and everything ends: whoever asks knows the password. */
async function notMe(parts: DevicesParts, visit: Visit): Promise<void> {
  const { ctx, params, person } = visit;
  const request = await askedBefore(parts, visit);
  if (request === undefined) return showAnswered(parts, visit, 'over');
  await parts.deviceRequests.refuse(person.id, params.request ?? '');
  await parts.disowning.disown(person.id, 'owner', request.device, request.name);
  parts.show(ctx, 'not-me-end', { outcome: 'done' });
}
