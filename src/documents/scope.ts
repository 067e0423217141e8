import type { Sentence } from '../messages/language.ts';
import type { AccountLevel, HolderType } from '../subject/subject.ts';

/** Why a document is not there (design head 5). `registry_unavailable` passes; `not_issued` is a fact. */
export type Unavailable = 'not_issued' | 'registry_unavailable';

/**
 * One field that a record hands over, as the consent page and the wallet name it: `number`, `issued_at` or
 * `expires_at` of the record itself, any other name from its `data`. What has no field is not released.
 */
export interface Field {
  readonly name: string;
  readonly label: Sentence;
  /** Set where the value is a list of rows: the fields of one row. */
  readonly rows?: readonly Field[];
}

interface ScopeBase {
  /** As requested at the authorization endpoint. */
  readonly scope: string;
  readonly label: Sentence;
  /** Who may hold it; a request about another holder is answered `not_issued`. */
  readonly holders: readonly HolderType[];
  /** The least `acr` at which it is released. */
  readonly level: AccountLevel;
  /** Personal data of the sensitive kind (Decree 356/2025, Article 4): consent shows a notice. */
  readonly sensitive: boolean;
}

/** A scope of profile claims (OpenID Connect Core 5.4). */
export interface ProfileScope extends ScopeBase {
  readonly kind: 'profile';
  readonly claims: readonly string[];
  /** What is handed over, in words: several claims may be one thing to a person. */
  readonly fields: readonly Field[];
}

/** A scope that stands for one document: one claim, level 2, UserInfo only. */
export interface DocumentScope extends ScopeBase {
  readonly kind: 'document';
  /** The scope without `doc:`. */
  readonly claim: string;
  readonly level: 2;
  /** The registry that issues it, as evidence names it. */
  readonly issuer: Sentence & { readonly id: string };
  readonly fields: readonly Field[];
  /** The field that tells records apart where people do not know the number. */
  readonly heading?: string;
}

export type Scope = ProfileScope | DocumentScope;

/** One record of a document as its registry last gave it. Dates are ISO 8601 calendar dates. */
export interface DocumentRecord {
  readonly status: 'valid' | 'revoked';
  readonly number?: string;
  readonly issued_at?: string;
  readonly expires_at?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What is kept for one person and one document scope. */
export interface DocumentHolding {
  readonly subject: string;
  readonly scope: string;
  readonly records: readonly DocumentRecord[];
  /** Set where `records` is empty. */
  readonly unavailable?: Unavailable;
  /** When the registry was last asked, ISO 8601 with time. */
  readonly synced_at: string;
}

/** One element of a document claim (design head 5), as a relying party receives it. */
export type ReleasedDocument =
  | {
      readonly status: 'valid' | 'expired' | 'revoked';
      readonly issuer: string;
      readonly number?: string;
      readonly issued_at?: string;
      readonly expires_at?: string;
      readonly synced_at: string;
      readonly data: Readonly<Record<string, unknown>>;
    }
  | { readonly unavailable: Unavailable; readonly issuer: string };
