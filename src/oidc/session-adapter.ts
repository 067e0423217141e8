import type { Adapter, AdapterPayload } from 'oidc-provider';
import { MINUTE } from '../clock/clock.ts';
import { AlreadyExists } from '../storage/contract.ts';
import { type AdapterContext, documentOf, expiry, keyOf, payloadOf } from './model-row.ts';
import { type ModelDocument, sessionTombstones } from './models.ts';

const TOMBSTONE_LIFETIME = MINUTE;

/** What parallel requests added for other relying parties is kept: authorizations merge one by one. */
function merged(standing: ModelDocument, next: ModelDocument): ModelDocument {
  const before = standing.payload.authorizations;
  const after = next.payload.authorizations;
  if (typeof before !== 'object' || before === null) return next;
  return { payload: { ...next.payload, authorizations: { ...before, ...(after ?? {}) } } };
}

type Authorizations = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * A sign-out ends every grant of the session, those for `offline_access` too: the library would let them live on
 * where an authorization is marked so, and "signed out" would not be true.
 */
function endingWithSignOut(doc: ModelDocument): ModelDocument {
  const { authorizations } = doc.payload;
  if (typeof authorizations !== 'object' || authorizations === null) return doc;
  const ending = Object.entries(authorizations as Authorizations).map(
    ([client, { persistsLogout: _, ...kept }]) => [client, kept],
  );
  return { payload: { ...doc.payload, authorizations: Object.fromEntries(ending) } };
}

/**
 * Sessions are written by every authorization, also by two tabs at once. A write merges instead of replacing,
 * and a session that was destroyed stays so: a request still under way must not write it back.
 */
export function createSessionAdapter(context: AdapterContext, plain: Adapter): Adapter {
  const { storage, clock, collection } = context;
  const tombstones = storage.collection(sessionTombstones);

  async function write(key: string, doc: ModelDocument, expiresAt: number | undefined): Promise<void> {
    for (;;) {
      const row = await collection.get(key);
      if (row !== undefined) {
        if (await collection.replace(key, merged(row.doc, doc), row.version, expiresAt)) return;
        continue;
      }
      try {
        await collection.insert(key, doc, expiresAt);
        return;
      } catch (error) {
        if (!(error instanceof AlreadyExists)) throw error;
      }
    }
  }

  return {
    ...plain,
    async upsert(id, payload, expiresIn) {
      const key = keyOf(context, id);
      if (await tombstones.get(key)) return;
      await write(key, endingWithSignOut(documentOf(context, payload)), expiry(clock, expiresIn));
      // A destroy between the two looks has left its mark by now.
      if (await tombstones.get(key)) await collection.remove(key);
    },
    async destroy(id) {
      const key = keyOf(context, id);
      await tombstones.put(key, {}, clock.now() + TOMBSTONE_LIFETIME);
      await collection.remove(key);
    },
    async findByUid(uid): Promise<AdapterPayload | undefined> {
      const rows = await collection.find('uid', uid);
      const newest = rows.toSorted((a, b) => endOf(b.doc) - endOf(a.doc))[0];
      return newest && payloadOf(newest);
    },
  };
}

const endOf = (doc: ModelDocument): number => {
  const value = doc.payload.exp;
  return typeof value === 'number' ? value : 0;
};
