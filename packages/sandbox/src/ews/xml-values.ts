/** XML Schema's values, read and written as Exchange does. */

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/;
const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:Z|[+-]\d\d:\d\d)?$/;

const FOUR_CENTURIES = Date.UTC(2400, 0, 1) - Date.UTC(2000, 0, 1);

export interface DateTime {
  /** Milliseconds: of an instant, or of the wall clock if there is no offset. */
  readonly time: number;
  /** False for `2026-11-22T10:00:00`, which is a different instant in every zone. */
  readonly isInstant: boolean;
}

/** An xs:dateTime, to the second; undefined if it is none. */
export function parseDateTime(text: string): DateTime | undefined {
  const trimmed = text.trim();
  if (!DATE_TIME.test(trimmed)) return undefined;
  // Its parts are where they always are: no groups, and no text made for each number.
  const date = validDate(digits(trimmed, 0, 4), digits(trimmed, 5, 7), digits(trimmed, 8, 10));
  const h = digits(trimmed, 11, 13);
  const m = digits(trimmed, 14, 16);
  const s = digits(trimmed, 17, 19);
  const isMidnightAtTheEnd = h === 24 && m === 0 && s === 0;
  if (date === undefined || (h > 23 && !isMidnightAtTheEnd) || m > 59 || s > 59) return undefined;
  const wall = date + ((h * 60 + m) * 60 + s) * 1000;
  const shift = offsetMinutes(trimmed);
  if (shift === undefined) return { time: wall, isInstant: false };
  return Math.abs(shift) > 14 * 60 ? undefined : { time: wall - shift * 60_000, isInstant: true };
}

/** An xs:date as `yyyy-mm-dd`, without its offset; undefined if it is none. */
export function parseDate(text: string): string | undefined {
  const match = DATE.exec(text.trim());
  if (match === null || validDate(Number(match[1]), Number(match[2]), Number(match[3])) === undefined) return undefined;
  return text.trim().slice(0, 10);
}

function validDate(year: number, month: number, day: number): number | undefined {
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  // `Date.UTC` takes the years 0 to 99 for 1900 to 1999: 400 years later the calendar is the same.
  const time = year < 100 ? Date.UTC(year + 400, month - 1, day) - FOUR_CENTURIES : Date.UTC(year, month - 1, day);
  // Every month has 28 days; a day that it does not have would be one of the next month.
  return day <= 28 || new Date(time).getUTCDate() === day ? time : undefined;
}

/** The number that stands there in decimal digits. */
function digits(text: string, from: number, until: number): number {
  let number = 0;
  for (let at = from; at < until; at += 1) number = number * 10 + text.charCodeAt(at) - 48;
  return number;
}

/** The offset at the end of an xs:dateTime; undefined if it has none. */
function offsetMinutes(text: string): number | undefined {
  const { length } = text;
  if (text.endsWith('Z')) return 0;
  const sign = text.charAt(length - 6);
  if (sign !== '+' && sign !== '-') return undefined;
  const minutes = digits(text, length - 5, length - 3) * 60 + digits(text, length - 2, length);
  return sign === '-' ? -minutes : minutes;
}

const DURATION = /^(-)?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/;

/** An xs:duration in milliseconds; undefined if it is none. A year counts 365 days and a month 30. */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text.trim());
  if (match === null || /P$|T$/.test(text.trim())) return undefined;
  const [, sign, ...parts] = match;
  const [years, months, days, hours, minutes, seconds] = parts.map((part) => Number(part ?? 0));
  const allDays = (years ?? 0) * 365 + (months ?? 0) * 30 + (days ?? 0);
  const time = (((allDays * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000;
  return sign === undefined ? time : -time;
}

/** `true`, `false`, `1`, `0` */
export function parseBoolean(text: string): boolean {
  const trimmed = text.trim();
  return trimmed === 'true' || trimmed === '1';
}

/** `2026-11-22T10:00:00Z` */
export function formatDateTime(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}
