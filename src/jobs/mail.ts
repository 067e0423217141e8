import { accentShades } from '../config/accent.ts';
import type { Config } from '../config/schema.ts';
import { createLetterWriter } from '../outbox/render.ts';
import { createSmtpTransport } from '../outbox/smtp.ts';
import type { Transport } from '../outbox/transport.ts';
import { type Deliveries, type DeliveryParts, startDeliveries } from './deliveries.ts';

interface Dependencies extends Omit<DeliveryParts, 'write' | 'transport' | 'interval'> {
  readonly config: Config;
  /** Takes the letters where no mail server is configured. */
  readonly mailbox: Transport | undefined;
}

const smtp = ({ mail, profile }: Config): Transport | undefined => {
  const { url, ca, from } = mail;
  if (url === undefined || from.address === undefined) return undefined;
  const sender = { address: from.address, name: from.name };
  return createSmtpTransport({ url, ca, from: sender, plainLoopback: profile === 'development' });
};

/** Begins to send what waits in the outbox: by the configured mail server, else into the mailbox. */
export function startMail({ config, mailbox, ...deps }: Dependencies): Deliveries {
  const transport = smtp(config) ?? mailbox;
  if (transport === undefined) {
    deps.log.warn({ job: 'deliveries' }, 'no mail server is configured: letters are kept, and not sent');
    return { run: async () => 0, stop: async () => undefined };
  }
  const { accent, name } = config.province;
  const write = createLetterWriter({ province: name, accent: accentShades(accent) });
  return startDeliveries({ ...deps, write, transport, interval: config.mail.interval });
}
