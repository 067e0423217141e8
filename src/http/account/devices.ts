import type { Device } from '../../authentication/devices.ts';
import { formatDay, formatMoment } from '../../messages/format.ts';
import { translator } from '../../messages/translate.ts';
import { goOn } from '../interaction/sign-in-steps.ts';
import { languageOf } from '../language.ts';
import { Refused } from '../refusal.ts';
import type { DeviceShown } from './devices-page-models.ts';
import { DEVICES, type DevicesParts, requestTasks } from './devices-parts.ts';
import { requestRoutes } from './devices-requests.ts';
import { CHANGES } from './factors-parts.ts';
import type { FactShown } from './page-models.ts';
import type { AccountSection } from './sections.ts';
import type { Visit } from './visit.ts';

export type { DevicesParts } from './devices-parts.ts';

const ONE = '/devices/:device/sign-out';
const OTHERS = '/devices/others';

/** The browsers in which the person is known: to see them, to sign them out, and to say yes to a new one. */
export const devicesSection = (parts: DevicesParts): AccountSection => ({
  settings: [{ href: DEVICES, label: 'devices.title', value: (visit) => summary(parts, visit) }],
  routes(pages) {
    pages.page('/devices', { level: 1 }, (visit) => showDevices(parts, visit));
    pages.page(OTHERS, CHANGES, (visit) => askOthers(parts, visit));
    pages.form(OTHERS, CHANGES, (visit) => signOutOthers(parts, visit));
    pages.page(ONE, CHANGES, (visit) => askOne(parts, visit));
    pages.form(ONE, CHANGES, (visit) => signOutOne(parts, visit));
    requestRoutes(parts, pages);
  },
});

async function summary({ devices }: DevicesParts, { ctx, person }: Visit): Promise<string> {
  const { length } = await devices.list(person.id);
  return translator(languageOf(ctx))('devices.count', { count: length });
}

function factsOf({ ctx }: Visit, { by, first, last, place }: Device): FactShown[] {
  const t = translator(languageOf(ctx));
  return [
    { label: t('devices.last'), value: formatMoment(last), figures: true },
    ...(place === undefined ? [] : [{ label: t('devices.place'), value: place }]),
    { label: t('devices.first'), value: formatDay(first), figures: true },
    { label: t('devices.by'), value: t(`devices.by.${by}`) },
  ];
}

async function showDevices(parts: DevicesParts, visit: Visit): Promise<void> {
  const { ctx, person, session } = visit;
  const t = translator(languageOf(ctx));
  const [known, requests] = await Promise.all([parts.devices.list(person.id), requestTasks(parts, visit)]);
  const devices = known.map((device): DeviceShown => {
    const current = device.id === session.device;
    const { id, name } = device;
    return { name, current, facts: factsOf(visit, device), ...(current ? {} : { signOut: onePath(id) }) };
  });
  const others = { href: `${DEVICES}/others`, label: t('devices.signOutOthers') };
  parts.show(ctx, 'account/devices', {
    tab: 'profile',
    requests,
    devices,
    ...(devices.some(({ current }) => !current) ? { others } : {}),
  });
}

const onePath = (id: string): string => `${DEVICES}/${encodeURIComponent(id)}/sign-out`;

/** The device of the address. This browser itself signs out as ever. */
async function deviceOf({ devices }: DevicesParts, { params, person, session }: Visit): Promise<Device> {
  const device = (await devices.list(person.id)).find(({ id }) => id === params.device);
  if (device === undefined || device.id === session.device) throw new Refused('not_found');
  return device;
}

async function askOne(parts: DevicesParts, visit: Visit): Promise<void> {
  const device = await deviceOf(parts, visit);
  const t = translator(languageOf(visit.ctx));
  const facts = [{ label: t('devices.device'), value: device.name }, ...factsOf(visit, device)];
  const action = onePath(device.id);
  parts.show(visit.ctx, 'account/device-sign-out', { tab: 'profile', which: 'one', facts, action });
}

function askOthers({ show }: DevicesParts, { ctx }: Visit): void {
  const action = `${DEVICES}/others`;
  show(ctx, 'account/device-sign-out', { tab: 'profile', which: 'others', facts: [], action });
}

/** Forgotten first, so that no sign-in under way there can begin another session. A second press finds it done. */
async function signOutOne(parts: DevicesParts, visit: Visit): Promise<void> {
  const { audit, devices, endSessionsOf } = parts;
  const { ctx, params, person, session } = visit;
  const id = params.device ?? '';
  const device = (await devices.list(person.id)).find((one) => one.id === id);
  if (device !== undefined && id !== session.device) {
    const detail = { device: device.name };
    await audit.record({ kind: 'device.removed', subject: person.id, detail });
    await devices.remove(person.id, id);
  }
  // Also where it was forgotten before: a press that failed half-way is finished by the next.
  if (id !== session.device) await endSessionsOf(person.id, id);
  goOn(ctx, DEVICES);
}

async function signOutOthers(parts: DevicesParts, visit: Visit): Promise<void> {
  const { audit, deviceRequests, devices, endOtherSessions } = parts;
  const { ctx, person, session } = visit;
  await deviceRequests.refuseAll(person.id);
  const others = (await devices.list(person.id)).filter(({ id }) => id !== session.device);
  if (others.length > 0) {
    const detail = { device: others.map(({ name }) => name) };
    await audit.record({ kind: 'device.removed', subject: person.id, detail });
    await devices.removeAll(person.id, session.device);
  }
  await endOtherSessions(person.id, session.uid);
  goOn(ctx, DEVICES);
}
