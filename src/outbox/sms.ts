import { SECOND } from '../clock/clock.ts';
import type { RenderedText } from './text.ts';
import type { DeliveryOutcome, FailureCause, Transport } from './transport.ts';

/** A gateway's whole answer; longer than any takes that works. */
const LIMIT = 10 * SECOND;

export interface SmsSettings {
  /** As the configuration has checked it: https, or http to this machine. */
  readonly url: string;
  /** Sent as a bearer token (RFC 6750). */
  readonly token: string;
}

/** Node's codes for a certificate that is not believed: unknown authority, other name, expired. */
const CERTIFICATE = /CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_|ERR_(SSL|TLS)/;

const failed = (cause: FailureCause, permanent: boolean, reply?: number): DeliveryOutcome => ({
  kind: 'failed',
  cause,
  permanent,
  reply,
});

function outcomeOf(status: number): DeliveryOutcome {
  if (status >= 200 && status < 300) return { kind: 'sent' };
  // About us, not about the message: the next one would meet the same.
  if (status === 401 || status === 403 || status === 407) return failed('credentials_refused', false, status);
  if (status === 408 || status === 429) return failed('busy', false, status);
  if (status >= 400 && status < 500) return failed('letter_refused', true, status);
  // A redirect is not followed: the token and the message are for the configured address alone.
  return failed('server_away', false, status);
}

function causeOf(error: unknown): FailureCause {
  const { code } = Object(Object(error).cause) as { readonly code?: unknown };
  return CERTIFICATE.test(String(code)) ? 'untrusted_server' : 'server_away';
}

/** The province's gateway: one request for each message, which it may know again by its key. */
export function createSmsTransport({ url, token }: SmsSettings): Transport<RenderedText> {
  return {
    async deliver({ messageId, text, to }, signal) {
      try {
        const response = await fetch(url, {
          method: 'POST',
          redirect: 'manual',
          signal: AbortSignal.any([signal, AbortSignal.timeout(LIMIT)]),
          headers: {
            Authorization: `Bearer ${token}`,
            'Content-Type': 'application/json',
            'Idempotency-Key': messageId,
          },
          body: JSON.stringify({ to: to.phone, text }),
        });
        await response.body?.cancel().catch(() => undefined);
        return outcomeOf(response.status);
      } catch (error) {
        return failed(causeOf(error), false);
      }
    },
    close: () => undefined,
  };
}
