import { isInCalendar } from '../../calendar/timing.js';
import { type Zone, instantOf } from '../../calendar/zone.js';
import { ItemError } from '../fault.js';
import { parseDateTime } from '../xml-values.js';

/** The instant of an xs:dateTime: literal with an offset, else the clock on the wall of `zone`. */
export function readInstant(text: string, zone: Zone): number {
  const value = parseDateTime(text);
  if (value === undefined) throw new Error(`the grammar let "${text}" pass as a dateTime`);
  const instant = value.isInstant ? value.time : instantOf(zone, value.time);
  if (!isInCalendar(instant)) {
    throw new ItemError('ErrorCalendarOutOfRange', 'Calendar item date is out of range.');
  }
  return instant;
}
