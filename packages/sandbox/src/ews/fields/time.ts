import { type Zone, instantOf } from '../../calendar/zone.js';
import { ItemError } from '../fault.js';
import { parseDateTime } from '../xml-values.js';

// The Outlook store counts minutes from 1601, in 32 bits.
const EARLIEST = Date.UTC(1601, 0, 1);
const LATEST = Date.UTC(4501, 0, 1);

/** The instant of an xs:dateTime: literal with an offset, else the clock on the wall of `zone`. */
export function readInstant(text: string, zone: Zone): number {
  const value = parseDateTime(text);
  if (value === undefined) throw new Error(`the grammar let "${text}" pass as a dateTime`);
  const instant = value.isInstant ? value.time : instantOf(zone, value.time);
  if (instant < EARLIEST || instant >= LATEST) {
    throw new ItemError('ErrorCalendarOutOfRange', 'Calendar item date is out of range.');
  }
  return instant;
}
