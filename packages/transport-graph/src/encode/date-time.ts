import type { Moment } from '@appointed/core';
import type { DateTimeTimeZone } from '@microsoft/microsoft-graph-types';

const HOUR_MS = 3_600_000;
const NEAR_HOURS = 3;

/** What was found out of zones and hours: most appointments of a run begin alike, and to ask Intl takes 20 µs. */
const MOST_KNOWN = 1000;
const known = new Map<string, boolean>();
const formats = new Map<string, Intl.DateTimeFormat>();

/** Of all day: midnight, also on a day whose first hour the clocks skip. */
export function dayOf({ dateTime, zone }: Moment): DateTimeTimeZone {
  return { dateTime: `${dateTime.slice(0, 10)}T00:00:00`, timeZone: zone.windows };
}

/** What clocks show, and the zone by its Windows name. */
export function wallTimeOf({ dateTime, zone }: Moment): DateTimeTimeZone {
  return { dateTime, timeZone: zone.windows };
}

/** The same moment in UTC. */
export function utcOf({ epochMs }: Moment): DateTimeTimeZone {
  return { dateTime: new Date(epochMs).toISOString().slice(0, 19), timeZone: 'UTC' };
}

/** Are the clocks of its zone put forward or back near it? Some wall times are none then, or two moments. */
export function isNearChange({ epochMs, zone: { iana } }: Moment): boolean {
  const hour = Math.floor(epochMs / HOUR_MS);
  const name = `${iana} ${hour}`;
  let isNear = known.get(name);
  if (isNear === undefined) {
    isNear = offsetAt(iana, hour - NEAR_HOURS) !== offsetAt(iana, hour + NEAR_HOURS);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(name, isNear);
  }
  return isNear;
}

/** @param hour since the epoch */
function offsetAt(iana: string, hour: number): string {
  let format = formats.get(iana);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en', { timeZone: iana, hour: 'numeric', timeZoneName: 'longOffset' });
    formats.set(iana, format);
  }
  return format.formatToParts(hour * HOUR_MS).find(({ type }) => type === 'timeZoneName')?.value ?? '';
}
