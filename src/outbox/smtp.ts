import { isIP } from 'node:net';
import { createTransport } from 'nodemailer';
import { SECOND } from '../clock/clock.ts';
import type { DeliveryOutcome, Transport } from './transport.ts';

/** How many letters are under way at once, each on a connection that is kept for the next one. */
const CONNECTIONS = 4;
const SERVER_LIMIT = 10 * SECOND;
const SILENCE_LIMIT = 20 * SECOND;

export interface SmtpSettings {
  /** As the configuration has checked it: nothing in it can switch a protection off. */
  readonly url: string;
  readonly from: { readonly address: string; readonly name: string };
  /** The authorities that are trusted instead of the public ones, PEM. */
  readonly ca?: string | undefined;
  /** Whether a server on this machine may go without TLS. */
  readonly plainLoopback: boolean;
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);

/** What nodemailer hangs on its errors. */
interface SmtpError {
  readonly code?: unknown;
  /** The system's own code, where `code` is one of nodemailer's. */
  readonly originalCode?: unknown;
  readonly command?: unknown;
  readonly responseCode?: unknown;
}

/** Node's codes for a certificate that is not believed: unknown authority, other name, expired. */
const CERTIFICATE = /CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_|ERR_(SSL|TLS)/;

/** Without a reply of the server these are about the letter, and of our own making. */
const LOCAL: ReadonlySet<string> = new Set(['EENVELOPE', 'EMESSAGE', 'ESTREAM']);

const failed = (
  cause: Extract<DeliveryOutcome, { kind: 'failed' }>['cause'],
  permanent: boolean,
  reply?: number,
): DeliveryOutcome => ({ kind: 'failed', cause, permanent, reply });

function outcomeOf(error: SmtpError): DeliveryOutcome {
  const code = String(error.code);
  const reply = typeof error.responseCode === 'number' ? error.responseCode : undefined;
  if (code === 'ETLS' || CERTIFICATE.test(`${code} ${String(error.originalCode)}`))
    return failed('untrusted_server', false, reply);
  if (/AUTH/.test(code)) return failed('credentials_refused', false, reply);
  if (reply === undefined && LOCAL.has(code)) return failed('fault', false);
  if (reply === undefined || reply === 421) return failed('server_away', false, reply);
  if (error.command === 'MAIL FROM') return failed('sender_refused', false, reply);
  // 503 is about the order of commands, not about the letter (RFC 5321 4.3.2).
  if (reply < 500 || reply === 503) return failed('busy', false, reply);
  return failed(error.command === 'RCPT TO' ? 'recipient_refused' : 'letter_refused', true, reply);
}

/** The mail server that the address names, on a few connections that are kept open between letters. */
export function createSmtpTransport({ url, from, ca, plainLoopback }: SmtpSettings): Transport {
  const { protocol, hostname, port, username, password } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const secure = protocol === 'smtps:';
  const pool = createTransport({
    pool: true,
    host,
    port: Number(port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && !(plainLoopback && isLoopback(host)),
    tls: {
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      ...(ca === undefined ? {} : { ca }),
      ...(isIP(host) === 0 ? { servername: host } : {}),
    },
    ...(username === ''
      ? {}
      : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    maxConnections: CONNECTIONS,
    maxRequeues: 1,
    dnsTimeout: SERVER_LIMIT,
    connectionTimeout: SERVER_LIMIT,
    greetingTimeout: SERVER_LIMIT,
    socketTimeout: SILENCE_LIMIT,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // A kept connection that breaks while nobody uses it; the next letter opens another.
  pool.on('error', () => undefined);
  return {
    async deliver({ to, messageId, date, subject, text, html, language }, signal) {
      try {
        await pool.sendMail({
          envelope: { from: from.address, to: [to.address] },
          from,
          to,
          subject,
          text,
          html,
          messageId,
          date: new Date(date),
          // RFC 3834: no answering machine answers.
          headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
          signal,
        });
        return { kind: 'sent' };
      } catch (error) {
        return outcomeOf(Object(error));
      }
    },
    close: () => pool.close({ force: true }),
  };
}
