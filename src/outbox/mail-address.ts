import { z } from 'zod';

/** RFC 5321 4.5.3.1: what a path may hold, without its brackets, and what stands before the `@`. */
const LONGEST = 254;
const LONGEST_LOCAL_PART = 64;

const plain = z.email();

/**
 * Whether mail is sent there: a plain address as people have it. No quoted local part, comment, group or list, which
 * mail programs read differently from one another; nothing is parsed, so nothing long takes long.
 */
export const isMailAddress = (text: string): boolean =>
  text.length <= LONGEST && text.indexOf('@') <= LONGEST_LOCAL_PART && plain.safeParse(text).success;

/** What is in nobody's words but can end a header line, hide text or turn its direction. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

/** Whether the text is one visible line. */
export const isOneLine = (text: string): boolean => text.trim() !== '' && !CONTROLS.test(text);
