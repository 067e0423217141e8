import { type Adapter, errors } from 'oidc-provider';
import type { Clock } from '../clock/clock.ts';
import type { Config } from '../config/schema.ts';
import { inserted } from '../storage/amendment.ts';
import type { Storage } from '../storage/contract.ts';
import { type AdapterContext, documentOf, expiry, keyOf, payloadOf } from './model-row.ts';
import { isToken, type ModelName, models, openModel, revokeGrant } from './models.ts';
import type { ReadAhead } from './read-ahead.ts';
import { createSessionAdapter } from './session-adapter.ts';
import type { TokenBuckets } from './token-bucket.ts';

/** The refusal that a lost race for a single use is answered with. */
function alreadyUsed(model: ModelName): Error {
  return model === 'PushedAuthorizationRequest'
    ? new errors.InvalidRequestUri('request_uri is invalid, expired, or was already used')
    : new errors.InvalidGrant('grant request is invalid');
}

/**
 * One model's rows. What the library leaves to the adapter is decided by the write itself: `consume` succeeds
 * once, however many race for it (RFC 6749 section 4.1.2, RFC 9126 section 7.3).
 */
function createModelAdapter(context: AdapterContext): Adapter {
  const { storage, clock, collection, model } = context;
  return {
    upsert: (id, payload, expiresIn) =>
      collection.put(keyOf(context, id), documentOf(context, payload), expiry(clock, expiresIn)),
    async find(id) {
      const row = await collection.get(keyOf(context, id));
      return row && payloadOf(row, id);
    },
    async consume(id) {
      if (await collection.consume(keyOf(context, id), clock.now())) return;
      const grantId = (await collection.get(keyOf(context, id)))?.doc.payload.grantId;
      if (typeof grantId === 'string') await revokeGrant(storage, grantId);
      throw alreadyUsed(model);
    },
    async destroy(id) {
      await collection.remove(keyOf(context, id));
    },
    async revokeByGrantId(grantId) {
      await collection.removeBy('grant', grantId);
    },
    findByUid: () => unsupported(model, 'findByUid'),
    findByUserCode: () => unsupported(model, 'findByUserCode'),
  };
}

/**
 * Replay detection by insert alone: `find` never finds, and a second `upsert` is the refusal. Atomic, and one
 * round trip instead of two (RFC 7523 section 3).
 */
function createReplayAdapter(context: AdapterContext): Adapter {
  return {
    ...createModelAdapter(context),
    find: async () => undefined,
    async upsert(id, payload, expiresIn) {
      const { collection, clock } = context;
      const doc = documentOf(context, payload);
      if (!(await inserted(collection, keyOf(context, id), doc, expiry(clock, expiresIn)))) {
        throw new errors.InvalidClientAuth('client assertion was used before');
      }
    },
  };
}

/**
 * Codes and tokens: whatever follows from one that is found is read at once. One that is revoked goes last, after all
 * that was issued with it: where that fails half way, the request can be repeated (RFC 7009 section 2.2.1).
 */
function createTokenAdapter(context: AdapterContext, { follow }: AheadOfLibrary): Adapter {
  const plain = createModelAdapter(context);
  return {
    ...plain,
    async find(id) {
      const found = await plain.find(id);
      if (found) follow(found);
      return found;
    },
    async destroy(id) {
      const grantId = (await plain.find(id))?.grantId;
      if (grantId !== undefined) await revokeGrant(context.storage, grantId);
      await plain.destroy(id);
    },
  };
}

/** Grants as a token leads to them. */
function createGrantAdapter(context: AdapterContext, { grant }: AheadOfLibrary): Adapter {
  return {
    ...createModelAdapter(context),
    async find(id) {
      const row = await grant(id);
      return row && payloadOf(row, id);
    },
  };
}

/** Models of features that are off: the library asks for them while it looks up or revokes tokens. */
const absent: Adapter = {
  upsert: () => unsupported('an absent model', 'upsert'),
  find: async () => undefined,
  findByUid: async () => undefined,
  findByUserCode: async () => undefined,
  consume: () => unsupported('an absent model', 'consume'),
  destroy: async () => undefined,
  revokeByGrantId: async () => undefined,
};

function unsupported(model: string, method: string): never {
  throw new TypeError(`${model} has no ${method}`);
}

const isModel = (name: string): name is ModelName => Object.hasOwn(models, name);

type AheadOfLibrary = Pick<ReadAhead, 'follow' | 'grant' | 'session'>;

interface AdapterDependencies {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly buckets: TokenBuckets;
  readonly readAhead: AheadOfLibrary;
  /** Of sessions, in seconds. */
  readonly limits: Config['session'];
}

/** The adapter factory; `clients` answers for the Client model, which is not the library's to write. */
export function createAdapterFactory(
  { limits, readAhead, ...deps }: AdapterDependencies,
  clients: Pick<Adapter, 'find'>,
): (name: string) => Adapter {
  return (name) => {
    if (name === 'Client') return { ...absent, find: (id) => clients.find(id) };
    if (!isModel(name)) return absent;
    const context: AdapterContext = { ...deps, model: name, collection: openModel(deps.storage, name) };
    if (name === 'Session')
      return createSessionAdapter(context, createModelAdapter(context), readAhead.session, limits);
    if (name === 'Grant') return createGrantAdapter(context, readAhead);
    if (name === 'ReplayDetection') return createReplayAdapter(context);
    return isToken(name) ? createTokenAdapter(context, readAhead) : createModelAdapter(context);
  };
}

/** Opens the table of every model at start, so that housekeeping sweeps what an earlier run left behind. */
export function openModels(storage: Storage): void {
  for (const name of Object.keys(models).filter(isModel)) openModel(storage, name);
}
