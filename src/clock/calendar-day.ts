const inVietnam = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Ho_Chi_Minh',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The calendar day in Vietnam at a moment (milliseconds since the epoch), ISO 8601. */
export const dayInVietnam = (now: number): string => inVietnam.format(now);

/** True when a paper whose last day is `lastDay` (ISO 8601) is no longer valid: from midnight in Vietnam after it. */
export const isPast = (lastDay: string, now: number): boolean => lastDay < dayInVietnam(now);
