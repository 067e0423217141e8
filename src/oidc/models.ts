import { z } from 'zod';
import type { Collection, CollectionDefinition, Storage } from '../storage/contract.ts';

/** A row of the library's own making; only the few fields that rows are found by are looked at here. */
export interface ModelDocument {
  readonly payload: Record<string, unknown>;
}

const schema: z.ZodType<ModelDocument> = z.strictObject({ payload: z.record(z.string(), z.unknown()) });

const field = (name: string) => (doc: ModelDocument) => {
  const value = doc.payload[name];
  return typeof value === 'string' ? value : undefined;
};

/**
 * What a row is kept under. `plain`: its identifier. The others are bearer secrets, which no row holds: kept under their
 * SHA-256 (`secret`), which follows a bucket where rows that are found together lie together: of a browser's session,
 * as its identifier shows it, or of the person, hidden in a `token` (`token-bucket.ts`).
 */
type Key = 'plain' | 'secret' | 'session' | 'token';

interface ModelDefinition {
  readonly collection: CollectionDefinition<ModelDocument>;
  readonly key: Key;
}

const model = (
  name: string,
  key: Key,
  indexes: Record<string, string>,
  kept: Pick<CollectionDefinition<ModelDocument>, 'sealed' | 'bucketed'> = {},
): ModelDefinition => ({
  key,
  collection: {
    name,
    schema,
    ...kept,
    indexes: Object.fromEntries(Object.entries(indexes).map(([index, path]) => [index, field(path)])),
  },
});

const token = (name: string): ModelDefinition =>
  model(name, 'token', { grant: 'grantId' }, { sealed: true, bucketed: ['grant'] });

/** The library's models that the features switched on use. What repeats
 * a request (login hints, asked values of claims) is sealed. */
export const models = {
  Session: model('sessions', 'session', { uid: 'uid', subject: 'accountId' }, { bucketed: ['uid'] }),
  Interaction: model('interactions', 'plain', {}, { sealed: true }),
  Grant: model('grants', 'plain', { subject: 'accountId' }, { bucketed: ['subject'] }),
  AuthorizationCode: token('authorization_codes'),
  AccessToken: token('access_tokens'),
  RefreshToken: token('refresh_tokens'),
  PushedAuthorizationRequest: model('pushed_authorization_requests', 'secret', {}, { sealed: true }),
  ReplayDetection: model('replay_detection', 'secret', {}),
} as const satisfies Record<string, ModelDefinition>;

export type ModelName = keyof typeof models;

/** What is issued on a grant, and ends when that is revoked. */
const GRANTED = ['AuthorizationCode', 'AccessToken', 'RefreshToken'] as const;

/** Whether a row of this model is a code or a token. */
export const isToken = (name: ModelName): boolean => models[name].key === 'token';

/** Marks of destroyed sessions, so that a parallel request cannot bring one back. */
export const sessionTombstones: CollectionDefinition<Record<string, never>> = {
  name: 'session_tombstones',
  schema: z.strictObject({}),
};

export const openModel = (storage: Storage, name: ModelName): Collection<ModelDocument> =>
  storage.collection(models[name].collection);

/** Ends everything issued on a grant, and the grant. */
export async function revokeGrant(storage: Storage, grantId: string): Promise<void> {
  await openModel(storage, 'Grant').remove(grantId);
  await Promise.all(GRANTED.map((name) => openModel(storage, name).removeBy('grant', grantId)));
}

/** The identifiers of every grant of a person to a relying party. */
export async function* grantsOf(
  storage: Storage,
  subject: string,
  relyingParty: string,
): AsyncGenerator<string> {
  const grants = openModel(storage, 'Grant');
  let page: { after?: { id: string } } = {};
  for (;;) {
    const rows = await grants.find('subject', subject, page);
    for (const { doc, id } of rows) if (doc.payload.clientId === relyingParty) yield id;
    const last = rows.at(-1);
    if (last === undefined) return;
    page = { after: { id: last.id } };
  }
}

/** Ends every grant of a person to a relying party but one; what was issued on them dies at the next use. */
export async function revokeGrants(
  storage: Storage,
  subject: string,
  relyingParty: string,
  except?: string,
): Promise<void> {
  const ended: Promise<void>[] = [];
  for await (const id of grantsOf(storage, subject, relyingParty)) {
    if (id !== except) ended.push(revokeGrant(storage, id));
  }
  await Promise.all(ended);
}
