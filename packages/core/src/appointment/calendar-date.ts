import { refuse } from './read-field.js';

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const DAY_MS = 86_400_000;

/** A day of the calendar, counted from 1970-01-01: for arithmetic, without any zone. */
export type DayNumber = number;

/** Reads a date. @throws AppointedError `invalid_appointment` unless it is `YYYY-MM-DD` and in the calendar */
export function dateOf(value: unknown, field: string): string {
  if (typeof value !== 'string' || !DATE.test(value)) throw refuse(field, 'is not a date of the form 2027-01-15');
  if (dateText(dayNumber(value)) !== value) throw refuse(field, `is not in the calendar: ${value}`);
  const year = Number(value.slice(0, 4));
  // Exchange's calendar has no other years.
  if (year < 1601 || year > 4500) throw refuse(field, 'is outside the years 1601 to 4500');
  return value;
}

/** The number of a date that was read. */
export function dayNumber(date: string): DayNumber {
  const [, year, month, day] = DATE.exec(date) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day)) / DAY_MS;
}

/** `YYYY-MM-DD` again. */
export function dateText(day: DayNumber): string {
  const date = new Date(day * DAY_MS);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
}

/** Year, month (1 to 12), day of the month, and day of the week (0 for Sunday). */
export function partsOf(day: DayNumber): {
  readonly year: number;
  readonly month: number;
  readonly date: number;
  readonly weekday: number;
} {
  const date = new Date(day * DAY_MS);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    date: date.getUTCDate(),
    weekday: date.getUTCDay(),
  };
}

/** How many days a month has. */
export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
