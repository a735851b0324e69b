import type { Moment } from '@appointed/core';
import type { DateTimeTimeZone } from '@microsoft/microsoft-graph-types';

const NEAR_MS = 3 * 3_600_000;
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
  return offsetAt(iana, epochMs - NEAR_MS) !== offsetAt(iana, epochMs + NEAR_MS);
}

function offsetAt(iana: string, epochMs: number): string {
  let format = formats.get(iana);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en', { timeZone: iana, hour: 'numeric', timeZoneName: 'longOffset' });
    formats.set(iana, format);
  }
  return format.formatToParts(epochMs).find(({ type }) => type === 'timeZoneName')?.value ?? '';
}
