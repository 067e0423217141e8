import { SECOND } from '../clock/clock.ts';
import { withPatience } from '../storage/patience.ts';
import type { Step } from './context.ts';

/** Shorter than a proxy waits for us (15 s in config/example), so that our own page with advice arrives. */
const PATIENCE = 8 * SECOND;

/** Bounds what one request waits for the database, however many calls it makes; then it is answered 503. */
export const boundWaits: Step = (_ctx, next) => withPatience(PATIENCE, next);
