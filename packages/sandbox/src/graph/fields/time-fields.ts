import { midnightAt } from '../../calendar/all-day.js';
import type { Draft } from '../../calendar/mailbox-calendar.js';
import { type Zone, utc } from '../../calendar/zone.js';
import type { EventView } from '../event-view.js';
import { GraphError, invalidValues } from '../graph-error.js';
import { zoneNamed } from '../preferences.js';
import { instantIn, wallDateTime } from '../times.js';
import { type EventField, type Given, field } from './event-field.js';

/** When an event is. */
export const timeFields: readonly EventField[] = [timeField('start'), timeField('end')];

export const isAllDayField: EventField = field(
  'isAllDay',
  ({ item }) => item.isAllDay,
  (draft, value) => void (draft.isAllDay = value === true),
);

function timeField(which: 'start' | 'end'): EventField {
  return field(
    which,
    (view) => timeJson(view, which),
    (draft, value) => {
      if (value === null) return;
      const { dateTime, timeZone } = value as { dateTime?: string | null; timeZone?: string | null };
      const zone = zoneNamed(timeZone ?? '');
      if (!dateTime) throw invalidValues();
      draft[which] = instantIn(zone, dateTime);
      draft[`${which}Zone`] = zone;
    },
  );
}

/** Whole days are days whatever the zone: they begin at midnight in the zone that is asked for, too. */
function timeJson({ item, preferences }: EventView, which: 'start' | 'end') {
  const midnight = item.isAllDay ? midnightAt(item[`${which}Zone`], item[which]) : undefined;
  const dateTime = midnight === undefined ? wallDateTime(preferences.zone, item[which]) : wallDateTime(utc, midnight);
  return { dateTime, timeZone: preferences.zoneName };
}

/** Whole days begin and end at midnight, in one zone. @throws GraphError ErrorInvalidRequest */
export function checkAllDay(draft: Draft, { item }: Given): void {
  if (!(draft.isAllDay ?? item?.isAllDay ?? false)) return;
  const merged = { ...item, ...draft };
  if (merged.startZone?.id !== merged.endZone?.id) throw invalidValues();
  checkMidnight('Start', merged.start, merged.startZone);
  checkMidnight('End', merged.end, merged.endZone);
  if (merged.start !== undefined && merged.end !== undefined && merged.end === merged.start) {
    const text = 'The duration of an event marked as All day must be at least 24 hours.';
    throw new GraphError(400, 'ErrorInvalidRequest', text);
  }
}

function checkMidnight(which: string, instant: number | undefined, zone: Zone | undefined): void {
  if (instant === undefined || zone === undefined || midnightAt(zone, instant) !== undefined) return;
  const text = `The Event.${which} property for an all-day event needs to be set to midnight.`;
  throw new GraphError(400, 'ErrorInvalidRequest', text);
}
