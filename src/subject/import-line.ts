import { z } from 'zod';
import { dayInVietnam } from '../clock/calendar-day.ts';
import { isMailAddress, isOneLine } from '../outbox/mail-address.ts';
import { normalizeMobileNumber } from '../outbox/phone-number.ts';
import { normalizeName } from './person-name.ts';
import { normalizePersonalNumber } from './personal-number.ts';
import type { Subject } from './subject.ts';

/** What is wrong with one field of a line; the value itself is never repeated. */
export interface LineProblem {
  readonly field: string;
  readonly says: string;
}

const LONGEST_NAME = 200;
const LONGEST_ADDRESS = 300;
const LONGEST_KEY = 40;

const says = (rule: string) => ({
  error: ({ input }: { readonly input?: unknown }) => (input === undefined ? 'is missing' : rule),
});
const date = z.iso.date(says('must be a date, "1996-03-14"'));
const moment = z.iso.datetime(says('must be a time in UTC, "2026-11-21T05:00:00Z"'));

const personalNumber = z.string(says('must be text of 12 digits')).transform((typed, context) => {
  const number = normalizePersonalNumber(typed);
  if (number === undefined) context.addIssue('must have exactly 12 digits');
  return number ?? z.NEVER;
});

const words = (most: number) =>
  z.string(says('must be text')).refine(
    // Half a character has no UTF-8: no QR code and no address can hold it.
    (text) => isOneLine(text) && text.isWellFormed() && text.length <= most,
    says(`must be one line of 1 to ${most} characters`),
  );

// As passports write names (ICAO 9303); and no number of a paper can hide in a greeting.
const name = words(LONGEST_NAME)
  .refine((text) => !/\p{Nd}/u.test(text), says('must hold no digits'))
  .refine((text) => text.trim() === '' || /\p{L}/u.test(text), says('must hold letters'))
  .transform(normalizeName);

const phone = z.string(says('must be text')).transform((typed, context) => {
  const number = normalizeMobileNumber(typed);
  if (number === undefined) context.addIssue('must be a Vietnamese mobile number, "+84" and 9 digits');
  return number ?? z.NEVER;
});

const part = words(LONGEST_ADDRESS).optional();
const address = z.strictObject({
  formatted: words(LONGEST_ADDRESS),
  street_address: part,
  locality: part,
  region: part,
  country: z.string().regex(/^[A-Z]{2}$/, says('must be two capital letters, "VN"')),
});

const line = z.strictObject({
  personal_number: personalNumber,
  former_numbers: z.array(personalNumber, says('must be a list')).default([]),
  name,
  birthdate: date,
  gender: z.enum(['male', 'female'], says('must be "male" or "female"')),
  holder_type: z.enum(['citizen', 'foreigner'], says('must be "citizen" or "foreigner"')).default('citizen'),
  level: z.union([z.literal(1), z.literal(2)], says('must be 1 or 2')).optional(),
  nationality: z
    .string(says('must be text'))
    .regex(/^[A-Z]{3}$/, says('must be three capital letters, "VNM"'))
    .optional(),
  email: z
    .string(says('must be text'))
    .refine(isMailAddress, says('must be a plain e-mail address'))
    .optional(),
  phone: phone.optional(),
  address: address.optional(),
  identity_paper_expires_at: date.optional(),
  synced_at: moment.optional(),
  closed: z
    .strictObject({ cause: z.literal('deceased', says('must be "deceased"')), since: moment })
    .optional(),
});
type Line = z.infer<typeof line>;

/** One line of an import: a person who was issued an account and has not taken it up, or every reason why it is none. */
export function readImportLine(
  text: string,
  now: number,
): { readonly subject: Subject } | { readonly problems: readonly LineProblem[] } {
  const parsed = line.safeParse(jsonOf(text));
  if (!parsed.success) return { problems: parsed.error.issues.flatMap(problemsOf) };
  const problems = contradictions(parsed.data, now);
  return problems.length > 0 ? { problems } : { subject: subjectOf(parsed.data, now) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problemsOf(issue: z.core.$ZodIssue): LineProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: [...issue.path, key.slice(0, LONGEST_KEY)].join('.'),
      says: /password/i.test(key)
        ? 'passwords are not imported: people choose theirs when they activate the account'
        : 'is not a field of a person',
    }));
  }
  const field = issue.path.join('.');
  return field === ''
    ? [{ field: 'line', says: 'must be one JSON object' }]
    : [{ field, says: issue.message }];
}

function contradictions(person: Line, now: number): LineProblem[] {
  const { birthdate, former_numbers, holder_type, level, nationality, personal_number } = person;
  const numbers = [personal_number, ...former_numbers];
  const rules: readonly (readonly [boolean, string, string])[] = [
    [birthdate > dayInVietnam(now), 'birthdate', 'is in the future'],
    [holder_type === 'citizen' && level === undefined, 'level', 'is missing: every citizen has one'],
    [holder_type === 'foreigner' && nationality === undefined, 'nationality', 'is missing'],
    [new Set(numbers).size < numbers.length, 'former_numbers', 'repeats a number'],
  ];
  return rules.flatMap(([broken, field, rule]) => (broken ? [{ field, says: rule }] : []));
}

function subjectOf(
  { closed, email, nationality, phone: number, synced_at, ...person }: Line,
  now: number,
): Subject {
  return {
    ...person,
    nationality: nationality ?? 'VNM',
    ...(email === undefined ? {} : { email: { address: email, verified: false } }),
    ...(number === undefined ? {} : { phone: { number, verified: false } }),
    status: closed === undefined ? { kind: 'not_activated' } : { kind: 'closed', ...closed },
    synced_at: synced_at ?? new Date(now).toISOString(),
  };
}
