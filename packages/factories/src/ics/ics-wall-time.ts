import { momentAt, wallTimeAt } from './clock.js';
import type { IcsSpan } from './ics-span.js';
import type { IcsTime } from './ics-time.js';
import type { IcsZones } from './ics-zones.js';
import { timeAt } from './time-at.js';

/**
 * What the clock that a series is on shows at a time: of a day, when the series is on that day; of a series of whole days,
 * midnight.
 * @returns undefined for a moment that the clock does not tell: the series has no zone, or the hour is there twice
 */
export function wallTimeIn(span: IcsSpan, time: IcsTime, zones: IcsZones): string | undefined {
  if (time.isDate) return span.isAllDay ? time.wallTime : `${time.wallTime.slice(0, 10)}${span.wallTime.slice(10)}`;
  const wallTime = onClockOf(span, time, zones);
  return wallTime === undefined || !span.isAllDay ? wallTime : `${wallTime.slice(0, 10)}T00:00:00`;
}

function onClockOf({ isAllDay, timeZone, wallTime }: IcsSpan, time: IcsTime, zones: IcsZones): string | undefined {
  const name = zones.nameOf(time);
  if (name === timeZone || name === 'mailbox') return time.wallTime;
  if (timeZone !== 'mailbox') {
    const shown = timeAt(zones.epochOf(time), { wallTime, isDate: false, isUtc: false }, timeZone);
    return shown.isUtc ? undefined : shown.wallTime;
  }
  // Some write the days of whole days as midnights, and those in UTC.
  const isClear = !time.isUtc || (isAllDay && time.wallTime.endsWith('T00:00:00'));
  return isClear ? time.wallTime : undefined;
}

/** What the clock really shows at a wall time that it passes over. */
export function shownAt({ isAllDay, timeZone }: IcsSpan, wallTime: string): string {
  if (isAllDay || timeZone === 'mailbox') return wallTime;
  const { epochMs, zone } = momentAt(wallTime, timeZone);
  return wallTimeAt(epochMs, zone.iana);
}
