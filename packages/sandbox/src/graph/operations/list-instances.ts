import { isSeries } from '../../calendar/series.js';
import type { GraphOperation } from '../call.js';
import { LIST_OPTIONS, listReply } from '../event-list.js';
import { eventOf } from '../event-view.js';
import { GraphError } from '../graph-error.js';
import { readFilter } from '../query/filter.js';
import { readTimeWindow, viewsIn } from '../time-window.js';

/** The occurrences of a series that overlap a time. */
export const listInstances: GraphOperation = (call) => {
  call.query.allow(...LIST_OPTIONS);
  const text = call.query.get('$filter');
  const filter = text === undefined ? undefined : readFilter(text);
  const window = readTimeWindow(call);
  const { stored, occurrence } = eventOf(call);
  if (!isSeries(stored) || occurrence !== undefined) {
    const reason = 'The id of the recurring master cannot be made of the id that was given.';
    throw new GraphError(400, 'ErrorCalendarCannotUseIdForRecurringMasterId', reason);
  }
  return listReply(viewsIn(window, stored, call), filter, call);
};
