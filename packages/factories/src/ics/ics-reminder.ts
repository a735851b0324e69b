import type { AppointmentInput } from '@appointed/core';
import ICAL from 'ical.js';
import { momentAt } from './clock.js';
import type { Lose } from './ics-loss.js';
import type { IcsSpan } from './ics-span.js';
import { readTime } from './ics-time.js';
import { parameterOf, textOf } from './read-property.js';

type Reminder = Exclude<AppointmentInput['reminder'], undefined>;

const MINUTE_MS = 60_000;
/** Apple writes it where there is to be no alarm. */
const NEVER = '1976-04-01T00:55:45Z';

/** The reminder of an event: the first alarm that can be one. An event without alarms reminds nobody. */
export function reminderOf(event: ICAL.Component, span: IcsSpan, lose: Lose): Reminder {
  const minutes = new Set<number>();
  for (const alarm of event.getAllSubcomponents('valarm')) {
    const found = minutesBefore(alarm, span);
    if (typeof found === 'number') minutes.add(found);
    else if (found !== undefined) lose('VALARM', found);
  }
  const [first, ...others] = minutes;
  for (const other of others)
    lose('VALARM', `${other} minutes before: there is one reminder, and another alarm before it`);
  return first === undefined ? false : { minutesBefore: first };
}

/** @returns a text that says why it can be no reminder; undefined for an alarm that is none */
function minutesBefore(alarm: ICAL.Component, span: IcsSpan): number | string | undefined {
  const action = textOf(alarm, 'action').toUpperCase();
  const trigger = alarm.getFirstProperty('trigger');
  if (action === 'NONE' || trigger === null) return undefined;
  if (action === 'EMAIL' || action === 'PROCEDURE') return `an alarm by ${action.toLowerCase()}`;
  const proximity = textOf(alarm, 'x-apple-proximity');
  if (proximity !== '' && proximity.toUpperCase() !== 'NONE') return 'an alarm at a place';
  const before = msBefore(trigger, span);
  if (before === undefined) return undefined;
  if (Number.isNaN(before)) return 'an alarm at a time, of an event that recurs or has no zone';
  return before < 0 ? 'an alarm after the start' : Math.ceil(before / MINUTE_MS);
}

function msBefore(trigger: ICAL.Property, span: IcsSpan): number | undefined {
  const value: unknown = trigger.getFirstValue();
  if (value instanceof ICAL.Duration) {
    const isFromEnd = parameterOf(trigger, 'related')?.toUpperCase() === 'END';
    return -value.toSeconds() * 1000 - (isFromEnd ? span.lengthMs : 0);
  }
  const text = String((trigger.toJSON() as readonly unknown[])[3]);
  if (text === NEVER) return undefined;
  if (span.recurs || span.timeZone === 'mailbox') return Number.NaN;
  const at = readTime(text, 'trigger');
  return momentAt(span.wallTime, span.timeZone).epochMs - momentAt(at.wallTime, 'UTC').epochMs;
}
