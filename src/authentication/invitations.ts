import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { AuditTrail } from '../audit/trail.ts';
import { type Clock, DAY, SECOND } from '../clock/clock.ts';
import type { Language } from '../messages/language.ts';
import { isMailAddress } from '../outbox/mail-address.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { CollectionDefinition, Storage, Stored } from '../storage/contract.ts';
import type { Directory } from '../subject/directory.ts';
import type { SubjectId } from '../subject/subject.ts';

const rowSchema = z.strictObject({
  /** SHA-256 of the token: whoever reads the database cannot use a link. */
  hash: z.string(),
  /** Where the link went; it proves that one address and no other. */
  address: z.string(),
  /** Milliseconds since the epoch. */
  until: z.number().int(),
  /** What the link was taken up for. */
  used_by: z.string().optional(),
});
type Invitation = z.infer<typeof rowSchema>;

/** The one activation link of each person, the last that was sent. */
export const invitations: CollectionDefinition<Invitation> = {
  name: 'invitations',
  schema: rowSchema,
  sealed: true,
  indexes: { hash: ({ hash }) => hash },
  spread: 'bucket',
};

/** `active`: the account waits for no activation; `no_address`: no mail goes to what is on record. */
export type InvitationSending =
  | { readonly sent: true; readonly until: number }
  | { readonly sent: false; readonly cause: 'unknown_person' | 'not_waiting' | 'no_address' };

/** How a link stands. `by` is what it was used for; `unknown` is also what was replaced by a newer one. */
export type LinkStanding =
  | { readonly kind: 'good'; readonly subject: SubjectId; readonly address: string }
  | { readonly kind: 'used'; readonly by: string }
  | { readonly kind: 'ended' | 'unknown' };

/** One-time links to the address on record, with which an issued account is activated. */
export interface Invitations {
  /** Mails a link; the one of before is void. Only to a person whose account waits for activation. */
  invite(subject: SubjectId, language: Language): Promise<InvitationSending>;
  /** Looks and changes nothing: programs that read mail fetch links too. */
  look(token: string): Promise<LinkStanding>;
  /** Uses the link up for `by`, an identifier of the caller's: exactly one wins. How it stands after that. */
  take(token: string, by: string): Promise<LinkStanding>;
}

interface Dependencies {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly audit: AuditTrail;
  readonly outbox: Outbox;
  readonly directory: Directory;
  readonly issuer: string;
  /** Seconds. */
  readonly lifetime: number;
}

/** How long a link that ended is still known as one that was ours. */
const REMEMBERED = 30 * DAY;

const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** Where the link of a letter leads. */
const linkOf = (issuer: string, token: string): string => `${issuer}/activate?token=${token}`;

export function createInvitations(deps: Dependencies): Invitations {
  const { audit, clock, directory, issuer, lifetime, outbox, storage } = deps;
  const rows = storage.collection(invitations);

  async function find(token: string): Promise<Stored<Invitation> | undefined> {
    return TOKEN.test(token) ? (await rows.find('hash', hashOf(token), { limit: 1 }))[0] : undefined;
  }
  function standingOf(row: Stored<Invitation> | undefined): LinkStanding {
    if (row === undefined) return { kind: 'unknown' };
    const { address, until, used_by } = row.doc;
    if (used_by !== undefined) return { kind: 'used', by: used_by };
    return until > clock.now() ? { kind: 'good', subject: row.id, address } : { kind: 'ended' };
  }

  return {
    async invite(subject, language) {
      const person = await directory.get(subject);
      if (person === undefined) return { sent: false, cause: 'unknown_person' };
      if (person.status.kind !== 'not_activated') return { sent: false, cause: 'not_waiting' };
      const address = person.email?.address;
      if (address === undefined || !isMailAddress(address)) return { sent: false, cause: 'no_address' };
      const token = randomBytes(32).toString('base64url');
      const until = clock.now() + lifetime * SECOND;
      await audit.record({ kind: 'account.activation_sent', subject, detail: { by: 'link' } });
      await rows.put(subject, { hash: hashOf(token), address, until }, until + REMEMBERED);
      await outbox.enqueue({
        kind: 'activation_link',
        values: { link: linkOf(issuer, token) },
        to: { address, name: person.name },
        language,
        subject,
        expiresAt: until,
      });
      return { sent: true, until };
    },
    look: async (token) => standingOf(await find(token)),
    async take(token, by) {
      for (;;) {
        const row = await find(token);
        const standing = standingOf(row);
        if (row === undefined || standing.kind !== 'good') return standing;
        const used = { ...row.doc, used_by: by };
        if (await rows.replace(row.id, used, row.version)) return { kind: 'used', by };
      }
    },
  };
}
