import type { Language } from '../messages/language.ts';
import { isMailAddress } from '../outbox/mail-address.ts';
import { stampOf } from '../subject/credential-renewal.ts';
import type { Subject } from '../subject/subject.ts';
import type { Throttled } from './attempt.ts';
import { type CeremonyOutcome, type CeremonyParts, isAsked } from './ceremony-deps.ts';
import type { CeremonyGoal, CeremonyStore, Standing } from './ceremony-store.ts';
import type { LinkStanding } from './invitations.ts';
import { networkOf } from './network.ts';

/** `begun` says nothing of whether there is such an account. */
export type CeremonyBegun = { readonly kind: 'begun'; readonly id: string } | Throttled;

export type LinkUsed =
  | { readonly kind: 'begun'; readonly id: string }
  | { readonly kind: 'used' | 'ended' | 'unknown' };

/** A number that somebody typed, and in which browser. */
export interface Asking {
  readonly goal: CeremonyGoal;
  /** Twelve digits. */
  readonly number: string;
  readonly browser: string;
  /** The client's network address, for the throttle only. */
  readonly address: string;
  readonly language: Language;
}

/**
 * Begins by a number: a code goes to the address on record, if there is an account for which it is of use. Answer,
 * cost and limits are the same for everybody.
 */
export async function beginByNumber(parts: CeremonyParts, asking: Asking): Promise<CeremonyBegun> {
  const { keyedHash, standIn, store, throttle, windows } = parts;
  const { browser, goal, number } = asking;
  const byAddress = [
    'code:sent:address',
    keyedHash(networkOf(asking.address)),
    windows.code_sent_address,
  ] as const;
  // Looked up beside a durable write, so that a wait does not take longer where there is an account.
  const [fromAddress, found] = await Promise.all([throttle.take(...byAddress), lookUp(parts, number)]);
  if (!fromAddress.allowed) return { kind: 'throttled', retryAt: fromAddress.retryAt };
  const id = store.newId();
  const who = found?.id ?? standIn(number);
  const address = addressFor(goal, found?.subject);
  const to = address && found ? { address, name: found.subject.name } : undefined;
  const sending = await parts.oneTimeCodes.send(
    { subject: who, purpose: goal, context: id },
    to,
    asking.language,
  );
  if (sending.kind === 'throttled') return { kind: 'throttled', retryAt: sending.retryAt };
  await store.create(id, {
    goal,
    browser,
    who,
    code_until: sending.until,
    ...(found && address ? { subject: found.id, address } : {}),
  });
  return { kind: 'begun', id };
}

/** Reads as often where the number leads to nobody. */
async function lookUp({ directory, standIn }: CeremonyParts, number: string) {
  const found = await directory.findByNumber(number);
  if (found === undefined) await directory.get(standIn(number));
  return found;
}

/**
 * Where a code goes that is of use. To activate, what is on record will do, and is proved by it; to recover it must
 * have been proved before.
 */
function addressFor(goal: CeremonyGoal, subject: Subject | undefined): string | undefined {
  const { email, status } = subject ?? {};
  if (email === undefined || !isMailAddress(email.address)) return undefined;
  const waits = status?.kind === 'not_activated';
  if (goal === 'activation') return waits ? email.address : undefined;
  return !waits && email.verified ? email.address : undefined;
}

/** Sends another code; the one of before is void. */
export async function sendAgain(
  parts: CeremonyParts,
  standing: Standing,
  language: Language,
): Promise<CeremonyOutcome> {
  const { directory, oneTimeCodes, store } = parts;
  const { doc, id } = standing;
  if (doc.stamp !== undefined) return { kind: 'stale' };
  const subject = await directory.get(doc.subject ?? doc.who);
  const to = subject && doc.address ? { address: doc.address, name: subject.name } : undefined;
  const key = { subject: doc.who, purpose: doc.goal, context: id };
  const sending = await oneTimeCodes.send(key, to, language);
  if (sending.kind === 'throttled') return { kind: 'throttled', retryAt: sending.retryAt };
  await store.change(id, (row) => ({ ...row, code_until: sending.until }));
  return { kind: 'taken' };
}

/** The code proves that the person reads the address on record. */
export async function proveAddress(
  parts: CeremonyParts,
  standing: Standing,
  typed: string,
  networkAddress: string,
): Promise<CeremonyOutcome> {
  const { clock, credentials, directory, oneTimeCodes, store } = parts;
  const { doc, id } = standing;
  if ((await isAsked(parts, standing, 'code')) === undefined) return { kind: 'stale' };
  const key = { subject: doc.who, purpose: doc.goal, context: id };
  const outcome = await oneTimeCodes.prove(key, typed, networkAddress);
  if (outcome.kind === 'throttled') return { kind: 'throttled', retryAt: outcome.retryAt };
  if (outcome.kind === 'over') {
    // Used a moment ago by the same press, or really at its end.
    return { kind: (doc.code_until ?? 0) > clock.now() ? 'stale' : 'ended' };
  }
  if (outcome.kind === 'refused' || doc.subject === undefined) return { kind: 'refused' };
  // Before the credentials are read: a lock made between the two looks then shows.
  const status = (await directory.get(doc.subject))?.status;
  const stamp = stampOf(await credentials.get(doc.subject));
  const locked = status?.kind === 'locked' ? { locked_since: status.since } : {};
  await store.change(id, (row) => ({ ...row, ...locked, stamp }));
  return { kind: 'taken' };
}

/** Takes up the link of a letter, once: whoever presses twice in one browser goes on where the first press led. */
export async function beginByLink(
  { credentials, invitations, store }: CeremonyParts,
  { browser, token }: { readonly token: string; readonly browser: string },
): Promise<LinkUsed> {
  const link = await invitations.look(token);
  if (link.kind !== 'good') return goneOn(store, link, browser);
  const { address, subject } = link;
  const id = store.newId();
  const stamp = stampOf(await credentials.get(subject));
  // Before the link is used up, so that whoever finds it used finds this too.
  await store.create(id, { goal: 'activation', browser, who: subject, subject, address, stamp });
  const taken = await invitations.take(token, id);
  if (taken.kind === 'used' && taken.by === id) return { kind: 'begun', id };
  await store.remove(id);
  return goneOn(store, taken, browser);
}

/** What is left of a link that is not good any more. */
async function goneOn(store: CeremonyStore, link: LinkStanding, browser: string): Promise<LinkUsed> {
  if (link.kind === 'good') return { kind: 'unknown' };
  if (link.kind !== 'used') return { kind: link.kind };
  const mine = await store.read(link.by, 'activation', browser);
  return mine === undefined ? { kind: 'used' } : { kind: 'begun', id: link.by };
}
