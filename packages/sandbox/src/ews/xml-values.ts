/** XML Schema's values, read and written as Exchange does. */

const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/;
const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:Z|[+-]\d\d:\d\d)?$/;

export interface DateTime {
  /** Milliseconds: of an instant, or of the wall clock if there is no offset. */
  readonly time: number;
  /** False for `2026-11-22T10:00:00`, which is a different instant in every zone. */
  readonly isInstant: boolean;
}

/** An xs:dateTime, to the second; undefined if it is none. */
export function parseDateTime(text: string): DateTime | undefined {
  const match = DATE_TIME.exec(text.trim());
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, offset] = match;
  const date = validDate(Number(year), Number(month), Number(day));
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  const isMidnightAtTheEnd = h === 24 && m === 0 && s === 0;
  if (date === undefined || (h > 23 && !isMidnightAtTheEnd) || m > 59 || s > 59) return undefined;
  const wall = date + ((h * 60 + m) * 60 + s) * 1000;
  if (offset === undefined) return { time: wall, isInstant: false };
  const shift = offsetMinutes(offset);
  return Math.abs(shift) > 14 * 60 ? undefined : { time: wall - shift * 60_000, isInstant: true };
}

/** An xs:date as `yyyy-mm-dd`, without its offset; undefined if it is none. */
export function parseDate(text: string): string | undefined {
  const match = DATE.exec(text.trim());
  if (match === null || validDate(Number(match[1]), Number(match[2]), Number(match[3])) === undefined) return undefined;
  return text.trim().slice(0, 10);
}

function validDate(year: number, month: number, day: number): number | undefined {
  if (year < 1 || month < 1 || month > 12 || day < 1) return undefined;
  const date = new Date(0);
  // `Date.UTC` takes the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCDate() === day ? date.getTime() : undefined;
}

function offsetMinutes(offset: string): number {
  if (offset === 'Z') return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
  return offset.startsWith('-') ? -minutes : minutes;
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
