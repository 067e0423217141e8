import type Provider from 'oidc-provider';
import { BUCKET_LENGTH, bucketOf } from '../storage/bucket.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Exclusive or of six bits a character, its own inverse; a character that is not base64url counts as the last one. */
const combine = (text: string, mask: string): string =>
  Array.from(
    text,
    (char, at) => ALPHABET[(ALPHABET.indexOf(char) ^ ALPHABET.indexOf(mask[at] ?? '')) & 63],
  ).join('');

/**
 * The bucket of a person in what is handed out: the row of a token is found among the person's, and yet nobody else
 * can tell from two tokens that they are one person's. The mask follows from the random rest of the value.
 */
export interface TokenBuckets {
  /** A value of this account: its bucket, masked, and then `random` as it is. */
  issue(accountId: string, random: string): string;
  /** The bucket that a value leads to; some bucket, for a value that was never issued. */
  of(value: string): string;
}

/** On a keyed hash in base64url that means nothing else anywhere. */
export function createTokenBuckets(keyedHash: (value: string) => string): TokenBuckets {
  return {
    issue: (accountId, random) => combine(bucketOf(accountId), keyedHash(random)) + random,
    of: (value) => combine(bucketOf(value), keyedHash(value.slice(BUCKET_LENGTH))),
  };
}

interface Model {
  accountId?: string;
  generateTokenId(): string;
}

const prefixed = (
  { prototype }: { readonly prototype: unknown },
  prefix: (accountId: string, random: string) => string,
): void => {
  // Every model of the library has this method; the published types leave it out.
  const model = prototype as Model;
  const { generateTokenId } = model;
  model.generateTokenId = function withBucket(this: Model) {
    return prefix(this.accountId ?? '', generateTokenId.call(this));
  };
};

/**
 * Lets every value and identifier say where its row is. A grant's never leaves the house and carries the bucket in
 * the clear. A browser's session is nobody's at first: its rows are kept by `uid`, which stays when the cookie changes.
 */
export function carryBuckets(provider: Provider, buckets: TokenBuckets): void {
  for (const model of [provider.AuthorizationCode, provider.AccessToken, provider.RefreshToken]) {
    prefixed(model, buckets.issue);
  }
  prefixed(provider.Grant, (accountId, random) => bucketOf(accountId) + random);
  carrySessionBucket(provider.Session);
}

type SessionModel = Provider['Session'];
type Session = InstanceType<SessionModel>;

function carrySessionBucket(model: SessionModel): void {
  // The published types leave this method out too.
  const sessions = model as SessionModel & { instantiate(payload?: { jti?: string }): Session };
  const { instantiate } = sessions;
  const { resetIdentifier } = sessions.prototype;
  sessions.instantiate = function withBucket(payload) {
    const session = instantiate.call(this, payload);
    if (payload?.jti === undefined) session.jti = bucketOf(session.uid) + session.jti;
    return session;
  };
  sessions.prototype.resetIdentifier = function withBucket(this: Session) {
    resetIdentifier.call(this);
    this.jti = bucketOf(this.uid) + this.jti;
  };
}
