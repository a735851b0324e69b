import { type Zone, instantOf, wallTime } from './zone.js';

const DAY = 86_400_000;

/**
 * Whole days of a zone: the start snaps down to midnight and the end up, so that an event made in the wrong zone spans
 * a day too many, as it does on Exchange. An event is never shorter than one day.
 */
export function wholeDays(start: number, end: number, startZone: Zone, endZone: Zone): { start: number; end: number } {
  const first = Math.floor(wallTime(startZone, start) / DAY) * DAY;
  const last = Math.max(first + DAY, midnightAt(endZone, end) ?? Math.ceil(wallTime(endZone, end) / DAY) * DAY);
  return { start: instantOf(startZone, first), end: instantOf(endZone, last) };
}

/**
 * The midnight on the wall that an instant is; undefined at any other time of day. Where clocks go forward at midnight,
 * as in Beirut, that day begins with the instant at which they do.
 */
export function midnightAt(zone: Zone, instant: number): number | undefined {
  const wall = wallTime(zone, instant);
  const midnight = Math.floor(wall / DAY) * DAY;
  return wall === midnight || instantOf(zone, midnight) === instant ? midnight : undefined;
}
