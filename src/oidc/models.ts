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

interface ModelDefinition {
  readonly collection: CollectionDefinition<ModelDocument>;
  /** The identifier is a bearer secret: the row is kept under its SHA-256 and does not hold it. */
  readonly secret: boolean;
}

const model = (
  name: string,
  secret: boolean,
  indexes: Record<string, string>,
  sealed = false,
): ModelDefinition => ({
  secret,
  collection: {
    name,
    schema,
    sealed,
    indexes: Object.fromEntries(Object.entries(indexes).map(([index, path]) => [index, field(path)])),
  },
});

/** The library's models that the features switched on use. What repeats
 * a request (login hints, asked values of claims) is sealed. */
export const models = {
  Session: model('sessions', true, { uid: 'uid', subject: 'accountId' }),
  Interaction: model('interactions', false, {}, true),
  Grant: model('grants', false, { subject: 'accountId' }),
  AuthorizationCode: model('authorization_codes', true, { grant: 'grantId' }, true),
  AccessToken: model('access_tokens', true, { grant: 'grantId' }, true),
  RefreshToken: model('refresh_tokens', true, { grant: 'grantId' }, true),
  PushedAuthorizationRequest: model('pushed_authorization_requests', true, {}, true),
  ReplayDetection: model('replay_detection', true, {}),
} as const satisfies Record<string, ModelDefinition>;

export type ModelName = keyof typeof models;

/** The models whose rows end when their grant is revoked. */
const GRANTED = ['AuthorizationCode', 'AccessToken', 'RefreshToken'] as const;

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

/** Ends every grant of a person to a relying party but one; what was issued on them dies at the next use. */
export async function revokeGrants(
  storage: Storage,
  subject: string,
  relyingParty: string,
  except?: string,
): Promise<void> {
  const grants = openModel(storage, 'Grant');
  let page: { after?: { id: string } } = {};
  for (;;) {
    const rows = await grants.find('subject', subject, page);
    const own = rows.filter((row) => row.doc.payload.clientId === relyingParty && row.id !== except);
    await Promise.all(own.map((row) => revokeGrant(storage, row.id)));
    const last = rows.at(-1);
    if (last === undefined) return;
    page = { after: { id: last.id } };
  }
}
