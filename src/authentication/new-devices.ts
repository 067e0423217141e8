import type { AuditTrail } from '../audit/trail.ts';
import { type Clock, DAY } from '../clock/clock.ts';
import type { Letter } from '../outbox/letter.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { mailRecipientOf } from '../subject/contact.ts';
import type { Confirmation, Devices } from './devices.ts';
import type { Disowning } from './disowning.ts';
import type { Owner } from './factor-change.ts';

type Told = Extract<Letter, { kind: 'new_sign_in' }>['values'];

/** A browser that becomes known in a sign-in. */
export interface NewDevice {
  readonly token: string;
  readonly name: Told['device'];
  readonly place?: string | undefined;
  readonly portal: Told['portal'];
  /** client_id */
  readonly relyingParty: string;
  readonly by: Exclude<Confirmation, 'first'>;
}

interface Dependencies {
  readonly clock: Clock;
  readonly audit: AuditTrail;
  readonly outbox: Outbox;
  readonly devices: Devices;
  readonly disowning: Disowning;
}

/** As long as its link works. */
const OF_USE = 7 * DAY;

/** Makes a browser known: in the trail and in a letter first, so that nobody is let in unheard. Gives the device id. */
export async function welcomeDevice(
  { audit, clock, devices, disowning, outbox }: Dependencies,
  { id, language, subject }: Owner,
  { by, name, place, portal, relyingParty, token }: NewDevice,
): Promise<string> {
  const device = devices.idOf(id, token);
  const detail = { by, device: name.vi };
  await audit.record({ kind: 'device.confirmed', subject: id, relying_party: relyingParty, detail });
  const to = mailRecipientOf(subject);
  if (to !== undefined) {
    const at = clock.now();
    const what = 'new_sign_in';
    const about = { at, portal, name, ...(place === undefined ? {} : { place }) };
    const link = await disowning.link({ subject: id, device, what, ...about });
    await outbox.enqueue({
      kind: what,
      values: { at, portal, device: name, link, ...(place === undefined ? {} : { place: { vi: place } }) },
      to,
      language,
      subject: id,
      expiresAt: at + OF_USE,
    });
  }
  return devices.remember(id, token, { name: name[language] ?? name.vi, place }, by);
}
