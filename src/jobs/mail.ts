import { accentShades } from '../config/accent.ts';
import type { Config } from '../config/schema.ts';
import { createLetterWriter } from '../outbox/render.ts';
import { createSmsTransport } from '../outbox/sms.ts';
import { createSmtpTransport } from '../outbox/smtp.ts';
import { createTextWriter, type RenderedText } from '../outbox/text.ts';
import type { Transport } from '../outbox/transport.ts';
import { type Deliveries, type DeliveryParts, startDeliveries } from './deliveries.ts';

interface Dependencies extends Omit<DeliveryParts, 'write' | 'transport' | 'interval' | 'channel'> {
  readonly config: Config;
  /** Takes the letters where no mail server is configured. */
  readonly mailbox: Transport | undefined;
  /** Takes the text messages where no gateway is configured. */
  readonly textbox: Transport<RenderedText> | undefined;
}

const smtp = ({ mail, profile }: Config): Transport | undefined => {
  const { url, ca, from } = mail;
  if (url === undefined || from.address === undefined) return undefined;
  const sender = { address: from.address, name: from.name };
  return createSmtpTransport({ url, ca, from: sender, plainLoopback: profile === 'development' });
};

const gateway = ({ sms: { token, url } }: Config): Transport<RenderedText> | undefined =>
  url === undefined || token === undefined ? undefined : createSmsTransport({ url, token });

function mailDeliveries({ mailbox, textbox: _, ...deps }: Dependencies): Deliveries[] {
  const { accent, name } = deps.config.province;
  const transport = smtp(deps.config) ?? mailbox;
  if (transport === undefined) {
    deps.log.warn({ job: 'deliveries' }, 'no mail server is configured: letters are kept, and not sent');
    return [];
  }
  const write = createLetterWriter({ province: name, accent: accentShades(accent) });
  return [startDeliveries({ ...deps, write, transport, interval: deps.config.mail.interval })];
}

/** None where there is no gateway: nothing is put in then that would have to leave. */
function textDeliveries({ mailbox: _, textbox, ...deps }: Dependencies): Deliveries[] {
  const transport = gateway(deps.config) ?? textbox;
  if (transport === undefined) return [];
  const write = createTextWriter(deps.config.province.name);
  const { interval } = deps.config.mail;
  return [startDeliveries({ ...deps, channel: 'text', write, transport, interval })];
}

/**
 * Begins to send what waits in the outbox: by the configured mail server, else into the mailbox; text messages by the
 * configured gateway, else into their box.
 */
export function startMail(deps: Dependencies): Deliveries {
  const all = [...mailDeliveries(deps), ...textDeliveries(deps)];
  return {
    async run() {
      const left = await Promise.all(all.map((one) => one.run()));
      return left.reduce((sum, one) => sum + one, 0);
    },
    stop: async () => void (await Promise.all(all.map((one) => one.stop()))),
  };
}
