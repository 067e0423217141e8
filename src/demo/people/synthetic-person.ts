import { dayInVietnam } from '../../clock/calendar-day.ts';
import { DAY } from '../../clock/clock.ts';
import type { DocumentHolding } from '../../documents/scope.ts';
import type { Sentence } from '../../messages/language.ts';
import type { Subject } from '../../subject/subject.ts';

/** What a registry says about one of them; `subject` and `synced_at` come with seeding. */
export type SyntheticHolding = Pick<DocumentHolding, 'scope' | 'records' | 'unavailable'>;

/** An invented person who exercises one rule. The number begins with 097 to 099, which is no province's code. */
export interface SyntheticPerson {
  readonly key: string;
  readonly subject: Subject;
  /** Empty where the account was never activated: it has none. */
  readonly password: string;
  /** Base32; absent where nothing but the password is enrolled. */
  readonly totpSecret?: string;
  readonly holdings: readonly SyntheticHolding[];
  /** What to try with this person. */
  readonly note: Sentence;
}

/** The day in Vietnam so many days after a moment, or before it. */
export const dayAfter = (now: number, days: number): string => dayInVietnam(now + days * DAY);

export const timeBefore = (now: number, days: number): string => new Date(now - days * DAY).toISOString();

type Personal = 'personal_number' | 'name' | 'birthdate' | 'gender' | 'address';
type Given = Pick<Subject, Personal> & Partial<Subject>;

/** A citizen at level 2 with an active account, where nothing else is given. */
export const citizen = (now: number, given: Given): Subject => ({
  holder_type: 'citizen',
  level: 2,
  former_numbers: [],
  nationality: 'VNM',
  status: { kind: 'active' },
  synced_at: new Date(now).toISOString(),
  ...given,
});

/** Two tiers since 1 July 2025: commune or ward, then province or city. */
export const address = (
  street_address: string,
  locality: string,
  region: string,
): NonNullable<Subject['address']> => ({
  formatted: `${street_address}, ${locality}, ${region}, Việt Nam`,
  street_address,
  locality,
  region,
  country: 'VN',
});

/** Never delivered to: `.example` is reserved (RFC 2606). */
export const contact = (mailbox: string, number: string): Pick<Subject, 'email' | 'phone'> => ({
  email: { address: `${mailbox}@congdan.example`, verified: true },
  phone: { number, verified: true },
});
