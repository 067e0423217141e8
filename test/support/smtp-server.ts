import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { TestCertificate } from './smtp-certificate.ts';

export interface ReceivedLetter {
  readonly raw: string;
  readonly read: Email;
  readonly from: string;
  readonly to: readonly string[];
  /** Whether it came over TLS. */
  readonly secure: boolean;
  readonly user: string | undefined;
}

interface SmtpServerOptions {
  /** Offers STARTTLS, or speaks TLS from the start. Without one it knows plain text only. */
  readonly certificate?: TestCertificate;
  readonly tlsFromStart?: boolean;
  readonly port?: number;
  readonly password?: string;
  /** A reply code other than 250 for a recipient. */
  readonly recipient?: (address: string) => number | undefined;
  /** Waited for with the letter at hand, before it is taken or refused with a reply code. */
  readonly take?: () => Promise<number | undefined>;
}

export interface TestSmtpServer {
  readonly port: number;
  /** In order of arrival: those that were taken. */
  readonly received: readonly ReceivedLetter[];
  /** How many connections there were. */
  connections(): number;
  close(): Promise<void>;
}

const refusal = (responseCode: number) => Object.assign(new Error('refused by the test'), { responseCode });

/** A real SMTP server on loopback. */
export async function startSmtpServer(options: SmtpServerOptions = {}): Promise<TestSmtpServer> {
  const { certificate, password, recipient, take, tlsFromStart = false } = options;
  const received: ReceivedLetter[] = [];
  let connections = 0;
  const server = new SMTPServer({
    ...certificate,
    secure: tlsFromStart,
    disabledCommands: certificate && !tlsFromStart ? [] : ['STARTTLS'],
    authOptional: password === undefined,
    logger: false,
    closeTimeout: 100,
    onConnect(_session, done) {
      connections += 1;
      done();
    },
    onAuth: (auth, _session, done) =>
      auth.password === password ? done(null, { user: auth.username }) : done(refusal(535)),
    onRcptTo({ address }, _session, done) {
      const code = recipient?.(address);
      done(code === undefined ? null : refusal(code));
    },
    onData(stream, { envelope, secure, user }, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => void parts.push(part));
      stream.on('end', () => {
        void (async () => {
          const code = await take?.();
          if (code !== undefined) return done(refusal(code));
          const raw = Buffer.concat(parts);
          received.push({
            raw: raw.toString('utf8'),
            read: await PostalMime.parse(raw),
            from: envelope.mailFrom ? envelope.mailFrom.address : '',
            to: envelope.rcptTo.map(({ address }) => address),
            secure,
            user: user?.toString(),
          });
          done();
        })();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', () => resolve()));
  return {
    // It listens on a port, so its address is no path.
    port: (server.server.address() as AddressInfo).port,
    received,
    connections: () => connections,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
