import { ConfigurationError } from '../config/configuration-error.ts';
import { StorageUnavailable } from '../storage/contract.ts';

/** A reason not to start that is told in one sentence, without a stack. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

/** What is told about a start that failed: a sentence where the reason was expected, all there is where not. */
export const toldOf = (error: unknown): unknown =>
  error instanceof ConfigurationError || error instanceof StorageUnavailable || error instanceof CannotStart
    ? error.message
    : error;
