import type { AuditTrail } from '../../audit/trail.ts';
import type { DeviceRequest, DeviceRequests, WaitingRequest } from '../../authentication/device-requests.ts';
import type { Devices } from '../../authentication/devices.ts';
import type { Disowning } from '../../authentication/disowning.ts';
import { formatMoment, formatTime } from '../../messages/format.ts';
import { translator } from '../../messages/translate.ts';
import type { SubjectId } from '../../subject/subject.ts';
import { languageOf } from '../language.ts';
import type { ShowPage } from '../show-page.ts';
import type { FactShown, TaskShown } from './page-models.ts';
import type { PortalNames } from './portal-names.ts';
import type { Visit } from './visit.ts';

export const DEVICES = '/account/devices';

/** What tells of requests that wait. */
export interface DeviceRequestParts {
  readonly devices: Devices;
  readonly deviceRequests: DeviceRequests;
  readonly portalNames: PortalNames;
}

export interface DevicesParts extends DeviceRequestParts {
  readonly audit: AuditTrail;
  readonly disowning: Disowning;
  /** Ends every session of a person but the one named. */
  readonly endOtherSessions: (subject: SubjectId, keptUid: string) => Promise<void>;
  /** Ends the sessions of a person in one browser. */
  readonly endSessionsOf: (subject: SubjectId, device: string) => Promise<void>;
  readonly show: ShowPage;
}

/**
 * The requests that this visit may decide: those of other devices, in a session of one that is known. A session alone
 * says nothing for another device.
 */
export async function decidableRequests(
  { deviceRequests, devices }: DeviceRequestParts,
  { person, session }: Visit,
): Promise<WaitingRequest[]> {
  const { device } = session;
  if (device === undefined) return [];
  const waiting = await deviceRequests.waiting(person.id, device);
  if (waiting.length === 0) return [];
  return (await devices.list(person.id)).some(({ id }) => id === device) ? waiting : [];
}

/** A new device that asks, as something to do. */
export async function requestTasks(parts: DeviceRequestParts, visit: Visit): Promise<TaskShown[]> {
  const language = languageOf(visit.ctx);
  const t = translator(language);
  const requests = await decidableRequests(parts, visit);
  return Promise.all(
    requests.map(async ({ id, request }): Promise<TaskShown> => {
      const portal = await parts.portalNames(request.relying_party, language);
      const values = { device: request.name, portal, moment: formatTime(request.at) };
      return {
        title: t('devices.asks'),
        text: t('devices.asksText', values),
        state: 'caution',
        link: { href: requestPath(id), label: t('devices.look') },
      };
    }),
  );
}

export const requestPath = (id: string): string => `${DEVICES}/requests/${encodeURIComponent(id)}`;

/** When, where and on what somebody signs in. */
export async function requestFacts(
  { portalNames }: DeviceRequestParts,
  { ctx }: Visit,
  { at, name, place, relying_party }: DeviceRequest,
): Promise<FactShown[]> {
  const language = languageOf(ctx);
  const t = translator(language);
  return [
    { label: t('devices.at'), value: formatMoment(at), figures: true },
    { label: t('devices.portal'), value: await portalNames(relying_party, language) },
    { label: t('devices.device'), value: name },
    ...(place === undefined ? [] : [{ label: t('devices.place'), value: place }]),
  ];
}
