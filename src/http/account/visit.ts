import type { Authentication } from '../../authentication/assurance.ts';
import type { Reach } from '../../authentication/reach.ts';
import type { AccountSession } from '../../oidc/account-session.ts';
import type { AccountLevel, Subject, SubjectId } from '../../subject/subject.ts';
import type { Context } from '../context.ts';

/** What a page of the account asks of the sign-in. */
export interface Need {
  /** `highest`: as high as this account reaches, so that a lesser session changes nothing that matters. */
  readonly level: AccountLevel | 'highest';
  /** Seconds: the proofs must have been made within them, whatever the window of the level says. */
  readonly fresh?: number;
}

/** A person at one of the account's pages, signed in as that page needs. */
export interface Visit {
  readonly ctx: Context;
  /** What stands in the address where its path has a name. */
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly person: { readonly id: SubjectId; readonly subject: Subject };
  readonly session: AccountSession;
  readonly proofs: readonly Authentication[];
  /** What the session supports now. */
  readonly level: AccountLevel;
  /** How far the account reaches today, and why it is not more. */
  readonly reach: Reach;
}

export type VisitHandler = (visit: Visit) => void | Promise<void>;

/** How a part of the account takes its addresses. Paths begin after `/account`. */
export interface AccountPages {
  /** A page for who is signed in as needed; anybody else signs in first and comes back here. */
  page(path: string, need: Need, handler: VisitHandler): void;
  /**
   * What a form posts to; its token is checked. Whoever has to prove more first comes back to the page at the same
   * address, which must exist, and sends the form anew.
   */
  form(path: string, need: Need, handler: VisitHandler): void;
  /** A page for anybody, signed in or not: it says nothing of a person. */
  open(path: string, handler: (ctx: Context) => void): void;
}
