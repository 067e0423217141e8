import { randomBytes } from 'node:crypto';
import type { ContactKind } from '../subject/contact.ts';
import { confirmedContact } from '../subject/contact.ts';
import type { ContactChanges, ContactOwner } from '../subject/contact-changes.ts';
import { recipientOf } from '../subject/contact-letters.ts';
import type { Locks } from './locks.ts';
import type { CodeKey, OneTimeCodes } from './one-time-codes.ts';

/** `retryAt` in milliseconds since the epoch. */
interface Throttled {
  readonly kind: 'throttled';
  readonly retryAt: number;
}

/** `waiting`: another change waits already, or none is possible. */
export type ContactAsking = { readonly kind: 'asked' | 'waiting' } | Throttled;

/** `over`: it is not the change that is under way. `old` and `new`: that code is wrong, used, or too old. */
export type ContactProof = { readonly kind: 'begun' | 'over' | 'old' | 'new' } | Throttled;

/** A person shows who reads the old address and the new one, by a code that is sent to each. */
export interface ContactConfirmation {
  ask(owner: ContactOwner, what: ContactKind, to: string): Promise<ContactAsking>;
  /** `change` as the page had it; `address` is the client's network address, for the throttle only. */
  prove(owner: ContactOwner, what: ContactKind, typed: TypedCodes): Promise<ContactProof>;
}

export interface TypedCodes {
  readonly change: string;
  readonly old: string;
  readonly next: string;
  readonly address: string;
}

interface Dependencies {
  readonly contactChanges: ContactChanges;
  readonly oneTimeCodes: OneTimeCodes;
  readonly locks: Pick<Locks, 'lock'>;
}

export function createContactConfirmation(deps: Dependencies): ContactConfirmation {
  const { contactChanges, locks, oneTimeCodes } = deps;

  const keyOf = (subject: string, what: ContactKind, context: string, side: 'old' | 'new'): CodeKey => ({
    subject,
    purpose: `${what}_change`,
    context,
    side,
  });

  /** Undefined where the code is right. */
  async function refusal(key: CodeKey, typed: string, address: string): Promise<ContactProof | undefined> {
    const outcome = await oneTimeCodes.prove(key, typed, address);
    if (outcome.kind === 'proved') return undefined;
    if (outcome.kind !== 'throttled') return { kind: key.side ?? 'new' };
    if (outcome.exhausted) await locks.lock(key.subject, 'too_many_failures');
    return { kind: 'throttled', retryAt: outcome.retryAt };
  }

  return {
    async ask(owner, what, to) {
      const { id, language, subject } = owner;
      if ((await contactChanges.standing(id, what))?.state === 'cooling') return { kind: 'waiting' };
      const change = randomBytes(16).toString('base64url');
      const old = confirmedContact(subject, what);
      const sides = [['new', to] as const, ...(old === undefined ? [] : [['old', old] as const])];
      for (const [side, address] of sides) {
        const recipient = recipientOf(what, address, subject);
        const sent = await oneTimeCodes.send(keyOf(id, what, change, side), recipient, language);
        if (sent.kind === 'throttled') return { kind: 'throttled', retryAt: sent.retryAt };
      }
      return { kind: (await contactChanges.ask(owner, what, change, to)) ? 'asked' : 'waiting' };
    },
    async prove(owner, what, { address, change, next, old }) {
      const { id } = owner;
      const standing = await contactChanges.standing(id, what);
      if (standing?.state !== 'asked' || standing.id !== change) return { kind: 'over' };
      if (!standing.old_proved) {
        const refused = await refusal(keyOf(id, what, change, 'old'), old, address);
        if (refused !== undefined) return refused;
        if (!(await contactChanges.oldProved(id, what, change))) return { kind: 'over' };
      }
      // After the old one only: a right code forgives wrong ones, and the new address is of the asker's choosing.
      const refused = await refusal(keyOf(id, what, change, 'new'), next, address);
      if (refused !== undefined) return refused;
      return { kind: (await contactChanges.begin(owner, what, change)) ? 'begun' : 'over' };
    },
  };
}
