import { createHash } from 'node:crypto';
import type { AdapterPayload } from 'oidc-provider';
import { type Clock, SECOND } from '../clock/clock.ts';
import { bucketOf } from '../storage/bucket.ts';
import type { Collection, Storage, Stored } from '../storage/contract.ts';
import { type ModelDocument, type ModelName, models } from './models.ts';
import type { TokenBuckets } from './token-bucket.ts';

/** The library compares times with this much tolerance, so rows must outlive `exp` by it. */
const CLOCK_TOLERANCE = 15 * SECOND;

/** One model of the library and where its rows are. */
export interface AdapterContext {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly collection: Collection<ModelDocument>;
  readonly model: ModelName;
  readonly buckets: TokenBuckets;
}

const sha256 = (id: string): string => createHash('sha256').update(id).digest('base64url');

/** What the row of an identifier is kept under; it follows from the identifier alone. */
export function keyOf({ buckets, model }: Pick<AdapterContext, 'buckets' | 'model'>, id: string): string {
  switch (models[model].key) {
    case 'plain':
      return id;
    case 'secret':
      return sha256(id);
    case 'session':
      return bucketOf(id) + sha256(id);
    case 'token':
      return buckets.of(id) + sha256(id);
  }
}

export function documentOf({ model }: Pick<AdapterContext, 'model'>, payload: AdapterPayload): ModelDocument {
  const kept: Record<string, unknown> = JSON.parse(JSON.stringify(payload));
  if (models[model].key !== 'plain') delete kept.jti;
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
