import { momentAt, wallTimeAt } from './clock.js';
import type { IcsTime } from './ics-time.js';

/**
 * A moment on the clock of another time, whose zone is known. Of an hour that the clock shows twice, the second one has no
 * other name: then it is in UTC.
 */
export function timeAt(epochMs: number, like: IcsTime, timeZone: string): IcsTime {
  const wallTime = wallTimeAt(epochMs, momentAt(like.wallTime, timeZone).zone.iana);
  if (momentAt(wallTime, timeZone).epochMs === epochMs) return { ...like, wallTime };
  return { wallTime: new Date(epochMs).toISOString().slice(0, 19), isDate: false, isUtc: true };
}
