/** Vietnam keeps UTC+7 all year; the machine's own zone never matters. */
const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const partsOf = (moment: number): Record<string, string> =>
  Object.fromEntries(parts.formatToParts(moment).map(({ type, value }) => [type, value]));

/** `2026-11-21` (a calendar date, in no zone) as 21/11/2026. Anything else is a fault. */
export function formatDate(isoDate: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(isoDate) ?? [];
  if (!year) throw new Error('not an ISO 8601 calendar date');
  return `${day}/${month}/${year}`;
}

/** The day in Vietnam, dd/mm/yyyy, of a moment in milliseconds since the epoch. */
export function formatDay(moment: number): string {
  const { day, month, year } = partsOf(moment);
  return `${day}/${month}/${year}`;
}

/** The time of day in Vietnam, hh:mm of 24 hours, of a moment in milliseconds since the epoch. */
export function formatTime(moment: number): string {
  const { hour, minute } = partsOf(moment);
  return `${hour}:${minute}`;
}

/** dd/mm/yyyy hh:mm in Vietnam, of a moment in milliseconds since the epoch. */
export const formatMoment = (moment: number): string => `${formatDay(moment)} ${formatTime(moment)}`;
