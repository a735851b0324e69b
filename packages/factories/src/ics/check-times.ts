import { invalidIcs } from './ics-source.js';

const TIMES = /^(DTSTART|DTEND|RECURRENCE-ID|EXDATE|RDATE)[;:].*$/gim;
/** A time, and behind it neither the sign of UTC nor the end of a value. */
const OTHERWISE = /(?<=[:,/])\d{8}T\d{6}(?!Z|\s*(?:[,/]|$))[^,]*/;
const MOST_SHOWN = 30; // characters

/**
 * Refuses times with something behind them (`20270115T090000+0100`): iCalendar has no offsets, and the library would
 * read the time without.
 * @param text unfolded
 * @throws AppointedError `invalid_options`
 */
export function checkTimes(text: string): void {
  for (const [line, name = ''] of text.matchAll(TIMES)) {
    const [time] = OTHERWISE.exec(line) ?? [];
    if (time === undefined) continue;
    const complaint = `${time.slice(0, MOST_SHOWN)} is no time of iCalendar: end it with Z for UTC, or name its zone as TZID`;
    throw invalidIcs(name.toUpperCase(), complaint);
  }
}
