import { createHash } from 'node:crypto';
import type { AdapterPayload } from 'oidc-provider';
import { type Clock, SECOND } from '../clock/clock.ts';
import type { Collection, Storage, Stored } from '../storage/contract.ts';
import { type ModelDocument, type ModelName, models } from './models.ts';

/** The library compares times with this much tolerance, so rows must outlive `exp` by it. */
const CLOCK_TOLERANCE = 15 * SECOND;

/** One model of the library and where its rows are. */
export interface AdapterContext {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly collection: Collection<ModelDocument>;
  readonly model: ModelName;
}

/** Tokens, codes and session identifiers are kept by their SHA-256. */
export const keyOf = ({ model }: Pick<AdapterContext, 'model'>, id: string): string =>
  models[model].secret ? createHash('sha256').update(id).digest('base64url') : id;

export function documentOf({ model }: Pick<AdapterContext, 'model'>, payload: AdapterPayload): ModelDocument {
  const kept: Record<string, unknown> = JSON.parse(JSON.stringify(payload));
  if (models[model].secret) delete kept.jti;
  return { payload: kept };
}

/** A row as the library expects it; `id` is the value it was found by, where that is known. */
export function payloadOf(row: Stored<ModelDocument>, id?: string): AdapterPayload {
  return {
    ...row.doc.payload,
    ...(id === undefined ? {} : { jti: id }),
    ...(row.consumedAt === undefined ? {} : { consumed: Math.floor(row.consumedAt / SECOND) }),
  };
}

export const expiry = (clock: Clock, expiresIn: number | undefined): number | undefined =>
  expiresIn === undefined ? undefined : clock.now() + expiresIn * SECOND + CLOCK_TOLERANCE;
