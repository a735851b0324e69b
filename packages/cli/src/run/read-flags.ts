import { InvalidArgumentError } from 'commander';

const DAY_MS = 86_400_000;

/** What may be given several times: all that was given. */
export function several(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** A whole number from `least` on. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    if (/^\d+$/.test(text) && Number(text) >= least && Number.isSafeInteger(Number(text))) return Number(text);
    throw new InvalidArgumentError(`Give a whole number from ${least} on.`);
  };
}

/** Seconds, as milliseconds. */
export function seconds(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  throw new InvalidArgumentError('Give a number of seconds.');
}

/** `5%`, as 0.05. */
export function percentage(text: string): number {
  const number = Number(/^(\d+(?:\.\d+)?)%$/.exec(text)?.[1]);
  if (number >= 0 && number <= 100) return number / 100;
  throw new InvalidArgumentError('Give a percentage such as 5%.');
}

/** `18:30`, the next time that the clock of this machine shows it, or a date with a time, here where it names no zone. */
export function moment(text: string): Date {
  const clock = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (clock !== null) return nextTime(Number(clock[1]), Number(clock[2]));
  const isMoment = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?$/.test(text);
  const date = new Date(text.replace(' ', 'T'));
  if (isMoment && !Number.isNaN(date.getTime())) return date;
  throw new InvalidArgumentError('Give a time such as 18:30, 2027-01-15T18:30 or 2027-01-15T18:30+01:00.');
}

function nextTime(hours: number, minutes: number): Date {
  const today = new Date();
  today.setHours(hours, minutes, 0, 0);
  if (today.getTime() > Date.now()) return today;
  const tomorrow = new Date(today.getTime() + DAY_MS);
  tomorrow.setHours(hours, minutes, 0, 0);
  return tomorrow;
}
