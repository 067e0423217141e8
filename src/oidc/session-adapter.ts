import type Provider from 'oidc-provider';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { type Clock, epochSeconds } from '../clock/clock.ts';
import type { Config } from '../config/schema.ts';
import { amend } from '../storage/amendment.ts';
import type { Collection, Storage, Stored } from '../storage/contract.ts';
import { type AdapterContext, documentOf, expiry, keyOf, payloadOf } from './model-row.ts';
import { type ModelDocument, openModel, revokeGrant, sessionTombstones } from './models.ts';
import type { ReadAhead } from './read-ahead.ts';
import { createSessionEndings, UNDER_WAY } from './session-endings.ts';
import { isOver } from './session-lifetime.ts';

type Payload = ModelDocument['payload'];
type Authorizations = NonNullable<AdapterPayload['authorizations']>;

const authorizationsIn = (payload: Payload): Authorizations =>
  (payload.authorizations as Authorizations | undefined) ?? {};

/** Every grant that a session ever held; the library forgets one when a person signs out of one portal only. */
const grantsIn = (payload: Payload): string[] => [
  ...((payload.grants as string[] | undefined) ?? []),
  ...Object.values(authorizationsIn(payload)).flatMap(({ grantId }) => grantId ?? []),
];

/** What parallel requests added is kept: authorizations merge one by one, and no grant is forgotten. */
const merged = (standing: Payload, next: Payload): ModelDocument => ({
  payload: {
    ...next,
    authorizations: { ...authorizationsIn(standing), ...authorizationsIn(next) },
    grants: [...new Set([...grantsIn(standing), ...grantsIn(next)])],
  },
});

/**
 * Sessions are written by every authorization, also by two tabs at once. A write merges instead of replacing,
 * and a session that was destroyed stays so: a request still under way must not write it back.
 */
export function createSessionAdapter(
  context: AdapterContext,
  plain: Adapter,
  rowsOf: ReadAhead['session'],
  limits: Config['session'],
): Adapter {
  const { storage, clock, collection } = context;
  const tombstones = storage.collection(sessionTombstones);
  const endings = createSessionEndings(storage, clock);

  return {
    ...plain,
    async find(id) {
      const found = await plain.find(id);
      return found && !isOver(limits, clock, found) ? found : undefined;
    },
    async upsert(id, payload, expiresIn) {
      const key = keyOf(context, id);
      if (await tombstones.get(key)) return;
      const { payload: kept } = documentOf(context, payload);
      const doc = { payload: { ...kept, used_at: epochSeconds(clock) } };
      const next = (standing: ModelDocument | undefined) => merged(standing?.payload ?? {}, doc.payload);
      await amend(collection, key, next, expiry(clock, expiresIn), 'anew');
      // What ended it between the two looks, under this name or the one before, has left its mark by now.
      const [destroyed, ended] = await Promise.all([tombstones.get(key), endings.ended(doc.payload)]);
      if (ended) await endSession(context, key, doc.payload);
      else if (destroyed) await collection.remove(key);
    },
    async destroy(id) {
      await bury(storage, clock, keyOf(context, id));
    },
    async findByUid(uid): Promise<AdapterPayload | undefined> {
      const rows = (await rowsOf(uid)).filter((row) => !isOver(limits, clock, row.doc.payload));
      const newest = rows.toSorted((a, b) => endOf(b.doc) - endOf(a.doc))[0];
      return newest && payloadOf(newest);
    },
  };
}

const endOf = (doc: ModelDocument): number => {
  const value = doc.payload.exp;
  return typeof value === 'number' ? value : 0;
};

/** Removes a session row for good: the mark comes first, so that no request under way can write it back. */
async function bury(storage: Storage, clock: Clock, key: string): Promise<void> {
  await storage.collection(sessionTombstones).put(key, {}, clock.now() + UNDER_WAY);
  await openModel(storage, 'Session').remove(key);
}

/** Ends one row of a session, and every grant that it held. */
async function endSession(
  { storage, clock }: Pick<AdapterContext, 'storage' | 'clock'>,
  key: string,
  payload: Payload,
): Promise<void> {
  await bury(storage, clock, key);
  await Promise.all(grantsIn(payload).map((grant) => revokeGrant(storage, grant)));
}

/**
 * Signing out ends the whole session: every row of it (parallel requests can leave an older one under another
 * cookie) and every grant that it held, those for `offline_access` too. Changing the identifier does neither.
 */
export function endWholeSessions(
  provider: Provider,
  { storage, clock }: Pick<AdapterContext, 'storage' | 'clock'>,
): void {
  const { prototype } = provider.Session;
  const { destroy } = prototype;
  prototype.destroy = async function end(this: InstanceType<Provider['Session']>) {
    const rows = await openModel(storage, 'Session').find('uid', this.uid);
    const grants = new Set([{ ...this }, ...rows.map((row) => row.doc.payload)].flatMap(grantsIn));
    await destroy.call(this);
    await Promise.all(rows.map((row) => bury(storage, clock, row.id)));
    await Promise.all([...grants].map((grant) => revokeGrant(storage, grant)));
  };
}

/**
 * Ends every session of a person but the one named (or all), and every grant that is not that one's: what was issued on
 * them, also for `offline_access`, is dead at its next use.
 */
export async function endOtherSessions(
  { storage, clock }: Pick<AdapterContext, 'storage' | 'clock'>,
  subject: string,
  keptUid: string | undefined,
): Promise<void> {
  // Before anything is looked for: what is written after the look sees the mark.
  await createSessionEndings(storage, clock).mark(subject, keptUid);
  const sessions = await allOf(openModel(storage, 'Session'), subject);
  const kept = sessions.filter((row) => keptUid !== undefined && row.doc.payload.uid === keptUid);
  const others = sessions.filter((row) => !kept.includes(row));
  await Promise.all(others.map((row) => bury(storage, clock, row.id)));
  const stays = new Set(kept.flatMap((row) => grantsIn(row.doc.payload)));
  const grants = await allOf(openModel(storage, 'Grant'), subject);
  const ending = grants.filter((row) => !stays.has(row.id));
  await Promise.all(ending.map((row) => revokeGrant(storage, row.id)));
}

/**
 * Ends the sessions of a person in one browser, with every grant that they held, and the grants of sessions there that
 * are long over: what was issued for `offline_access` outlives them.
 */
export async function endSessionsOf(
  context: Pick<AdapterContext, 'storage' | 'clock'>,
  subject: string,
  device: string,
): Promise<void> {
  await createSessionEndings(context.storage, context.clock).mark(subject, undefined, device);
  const sessions = await allOf(openModel(context.storage, 'Session'), subject);
  const theirs = sessions.filter((row) => row.doc.payload.device === device);
  await Promise.all(theirs.map((row) => endSession(context, row.id, row.doc.payload)));
  const grants = await allOf(openModel(context.storage, 'Grant'), subject);
  const given = grants.filter((row) => row.doc.payload.device === device);
  await Promise.all(given.map((row) => revokeGrant(context.storage, row.id)));
}

async function allOf(
  collection: Collection<ModelDocument>,
  subject: string,
): Promise<Stored<ModelDocument>[]> {
  const rows: Stored<ModelDocument>[] = [];
  for (;;) {
    const last = rows.at(-1);
    const page = await collection.find(
      'subject',
      subject,
      last === undefined ? {} : { after: { id: last.id } },
    );
    if (page.length === 0) return rows;
    rows.push(...page);
  }
}
