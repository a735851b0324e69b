import type { GraphOperation } from '../call.js';
import { calendarFolder } from '../calendar-folder.js';
import { LIST_OPTIONS, listReply } from '../event-list.js';
import { readFilter } from '../query/filter.js';
import { readTimeWindow, viewsIn } from '../time-window.js';

/** Events and occurrences that overlap a time, in order. */
export const calendarView: GraphOperation = (call) => {
  call.query.allow(...LIST_OPTIONS);
  const text = call.query.get('$filter');
  const filter = text === undefined ? undefined : readFilter(text);
  const window = readTimeWindow(call);
  const views = call.calendar.itemsIn(calendarFolder(call)).flatMap((item) => viewsIn(window, item, call));
  views.sort((a, b) => a.item.start - b.item.start);
  return listReply(views, filter, call);
};
