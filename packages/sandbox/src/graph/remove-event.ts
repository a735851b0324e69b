import { isSeries } from '../calendar/series.js';
import type { EventView } from './event-view.js';

/** An event goes to Deleted Items; an occurrence is gone from its series. */
export function removeEvent({ calendar, stored, occurrence }: EventView): void {
  if (occurrence !== undefined && isSeries(stored)) calendar.deleteOccurrence(stored, occurrence.day);
  else calendar.remove(stored, 'deleted items');
}
