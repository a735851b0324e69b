import { type Zone, instantOf, wallTime } from './zone.js';

const DAY = 86_400_000;

/**
 * Whole days of a zone: the start snaps down to midnight and the end up, so that an event made in the wrong zone spans
 * a day too many, as it does on Exchange. An event is never shorter than one day.
 */
export function wholeDays(start: number, end: number, startZone: Zone, endZone: Zone): { start: number; end: number } {
  const first = Math.floor(wallTime(startZone, start) / DAY) * DAY;
  const last = Math.max(first + DAY, Math.ceil(wallTime(endZone, end) / DAY) * DAY);
  return { start: instantOf(startZone, first), end: instantOf(endZone, last) };
}
