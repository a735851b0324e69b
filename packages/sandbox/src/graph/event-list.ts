import type { GraphCall, Reply } from './call.js';
import { contextOf } from './context.js';
import { eventJson, readShape } from './event-json.js';
import type { EventView } from './event-view.js';
import type { Filter } from './query/filter.js';
import { nextLink } from './query/next-link.js';
import { readOrder } from './query/order.js';
import { readPage } from './query/page.js';

/** The system options of every list of events. */
export const LIST_OPTIONS = ['$filter', '$orderby', '$top', '$skip', '$select', '$expand', '$count'] as const;

/** A page of events, filtered and sorted as the query says, and the link to the next one. */
export function listReply(views: readonly EventView[], filter: Filter | undefined, call: GraphCall): Reply {
  const { query } = call;
  const shape = readShape(call);
  const { skip, top } = readPage(query);
  const order = query.get('$orderby');
  const found = filter === undefined ? [...views] : views.filter((view) => filter.test(view));
  if (order !== undefined) found.sort(readOrder(order));
  const last = skip + top;
  const body: Record<string, unknown> = contextOf(call, contextPath(shape.select));
  if (query.get('$count') === 'true') body['@odata.count'] = found.length;
  // A page of none has no next one.
  if (top > 0 && last < found.length) body['@odata.nextLink'] = nextLink(call, last);
  body['value'] = found.slice(skip, last).map((view) => eventJson(view, shape));
  return { status: 200, body };
}

function contextPath(select: ReadonlySet<string> | undefined): string {
  return select === undefined ? 'events' : `events(${[...select].join(',')})`;
}
