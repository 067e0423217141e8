import type { RenderedLetter } from './render.ts';

/**
 * Why a letter was not taken, as a word for the log and the audit trail. The first four are about the server, whatever
 * the letter: the next one would meet the same.
 */
export const serverCauses = [
  'server_away',
  'untrusted_server',
  'credentials_refused',
  'sender_refused',
] as const;
export type FailureCause =
  | (typeof serverCauses)[number]
  | 'recipient_refused'
  | 'letter_refused'
  | 'busy'
  | 'fault';

export type DeliveryOutcome =
  | { readonly kind: 'sent' }
  | {
      readonly kind: 'failed';
      readonly cause: FailureCause;
      /** The same letter would be refused again. */
      readonly permanent: boolean;
      /** The SMTP reply code or the HTTP status, where the server gave one. */
      readonly reply?: number | undefined;
    };

/** Where letters leave, or text messages. */
export interface Transport<L = RenderedLetter> {
  /** Resolves within its own bounds; it rejects on faults of ours alone. */
  deliver(letter: L, signal: AbortSignal): Promise<DeliveryOutcome>;
  close(): void;
}
