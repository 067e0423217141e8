import type { RefusalCode } from '../messages/errors.ts';

/** Ends a request with a row of the table of refusals; the outermost middleware shows it. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: RefusalCode;
  /** Seconds, for `Retry-After`. */
  readonly retryAfter: number | undefined;
  constructor(code: RefusalCode, retryAfter?: number) {
    super(code);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}
