import type { CalendarItem } from '../../calendar/item.js';
import type { GraphCall, GraphOperation } from '../call.js';
import { calendarFolder } from '../calendar-folder.js';
import { LIST_OPTIONS, listReply } from '../event-list.js';
import { viewOf } from '../event-view.js';
import { type Filter, readFilter } from '../query/filter.js';

/** Single events and series of one calendar; other folders are not looked into. */
export const listEvents: GraphOperation = (call) => {
  call.query.allow(...LIST_OPTIONS);
  const text = call.query.get('$filter');
  const filter = text === undefined ? undefined : readFilter(text);
  return listReply(
    candidates(filter, call).map((item) => viewOf(item, call)),
    filter,
    call,
  );
};

function candidates(filter: Filter | undefined, call: GraphCall): readonly CalendarItem[] {
  const folder = calendarFolder(call);
  const { calendar } = call;
  // The GlobalObjectId is made of the UID, and no property that is kept.
  if (filter?.wanted === undefined || filter.wanted.property.startsWith('Binary ')) return calendar.itemsIn(folder);
  const { property, value } = filter.wanted;
  return calendar.withProperty(property, value).filter((item) => item.folder === folder);
}
