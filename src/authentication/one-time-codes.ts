import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { type Clock, MINUTE } from '../clock/clock.ts';
import type { Config } from '../config/schema.ts';
import type { Language } from '../messages/language.ts';
import type { Addressed, Letter } from '../outbox/letter.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { amend } from '../storage/amendment.ts';
import type { CollectionDefinition, Storage } from '../storage/contract.ts';
import type { SubjectId } from '../subject/subject.ts';
import { networkOf } from './network.ts';
import type { Throttle } from './throttle.ts';

/** What a code is for. */
export type CodePurpose = Extract<Letter, { kind: 'code' }>['values']['purpose'];

/** Which code is meant. One that was sent for something else, or to somebody else, never counts. */
export interface CodeKey {
  readonly subject: SubjectId;
  readonly purpose: CodePurpose;
  /** The sign-in, the activation or the change that it belongs to. */
  readonly context: string;
  /** Which of the two codes of one change; as many are sent of each as of a code that is alone. */
  readonly side?: 'old' | 'new';
}

interface SentCode {
  readonly hash: string;
}

/** Codes that were sent and not used, by person, purpose and what they belong to. */
export const oneTimeCodes: CollectionDefinition<SentCode> = {
  name: 'one_time_codes',
  schema: z.strictObject({ hash: z.string() }),
  spread: 'bucket',
};

const LIFETIME = 10 * MINUTE;
const DIGITS = 6;

/** `retryAt` in milliseconds since the epoch. */
interface Held {
  readonly kind: 'throttled';
  readonly retryAt: number;
  /** The person's long window has refused, for the first time: whoever guesses has been at it for hours. */
  readonly exhausted: boolean;
}
export type CodeSending = { readonly kind: 'sent'; readonly until: number } | Held;
/** `over`: none was sent, or it has ended, or it was used. */
export type CodeOutcome = { readonly kind: 'proved' } | { readonly kind: 'refused' | 'over' } | Held;

/** Codes of six digits that show who reads an address: sent anew the one of before is void, right they count once. */
export interface OneTimeCodes {
  /** Without `to` nothing leaves, and it costs the same: nobody learns whether there was somebody to send to. */
  send(key: CodeKey, to: Addressed['to'] | undefined, language: Language): Promise<CodeSending>;
  /** `address` is the client's network address, for the throttle only. */
  prove(key: CodeKey, typed: string, address: string): Promise<CodeOutcome>;
}

interface Dependencies {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly throttle: Throttle;
  readonly windows: Config['throttle'];
  readonly keyedHash: (value: string) => string;
}

/** What people type; undefined when it cannot be a code. */
function normalize(typed: string): string | undefined {
  const code = typed.normalize('NFKC').replace(/[\s.-]/g, '');
  return /^\d{6}$/.test(code) ? code : undefined;
}

export function createOneTimeCodes(deps: Dependencies): OneTimeCodes {
  const { clock, keyedHash, outbox, storage, throttle, windows } = deps;
  const rows = storage.collection(oneTimeCodes);
  const sideOf = ({ side }: CodeKey) => (side === undefined ? '' : ` ${side}`);
  const idOf = (key: CodeKey) => `${key.subject}:${key.purpose}:${keyedHash(`${key.context}${sideOf(key)}`)}`;
  /** By purpose, so that a stranger who guesses at a recovery does not keep the owner from a sign-in. */
  const budgetOf = ({ subject, purpose }: CodeKey) => `${subject} ${purpose}`;
  const hashOf = (key: CodeKey, code: string) => keyedHash(`${idOf(key)} ${code}`);

  async function held(kind: string, key: string, budget: Config['throttle']['code_account']) {
    const taken = await throttle.take(kind, keyedHash(key), budget);
    if (taken.allowed) return undefined;
    const longest = Math.max(...budget.map(({ seconds }) => seconds));
    const long = await throttle.peek(
      kind,
      keyedHash(key),
      budget.filter(({ seconds }) => seconds === longest),
    );
    return { kind: 'throttled', retryAt: taken.retryAt, exhausted: taken.crossed && !long.allowed } as const;
  }

  return {
    async send(key, to, language) {
      const refused = await held('code:sent', `${budgetOf(key)}${sideOf(key)}`, windows.code_sent);
      if (refused !== undefined) return refused;
      const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
      const until = clock.now() + LIFETIME;
      await rows.remove(idOf(key));
      await amend(rows, idOf(key), () => ({ hash: hashOf(key, code) }), until);
      const values = { code, purpose: key.purpose };
      if (to === undefined) await rows.put(`${idOf(key)}:unsent`, { hash: hashOf(key, code) }, until);
      else
        await outbox.enqueue({ kind: 'code', values, to, language, subject: key.subject, expiresAt: until });
      return { kind: 'sent', until };
    },
    async prove(key, typed, address) {
      const fromAddress = await held('code:address', networkOf(address), windows.code_address);
      // Many people share an address: what they did together is nothing against whoever comes last.
      if (fromAddress !== undefined) return { ...fromAddress, exhausted: false };
      const refused = await held('code:account', budgetOf(key), windows.code_account);
      if (refused !== undefined) return refused;
      const row = await rows.get(idOf(key));
      if (row === undefined) return { kind: 'over' };
      const code = normalize(typed);
      if (code === undefined || row.doc.hash !== hashOf(key, code)) return { kind: 'refused' };
      if (!(await rows.consume(idOf(key), clock.now()))) return { kind: 'over' };
      await rows.remove(idOf(key));
      await throttle.forget('code:account', keyedHash(budgetOf(key)), windows.code_account);
      return { kind: 'proved' };
    },
  };
}
