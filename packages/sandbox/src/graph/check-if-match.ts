import type { GraphCall } from './call.js';
import { etagOf } from './event-json.js';
import type { EventView } from './event-view.js';
import { GraphError } from './graph-error.js';

/** @throws GraphError ErrorIrresolvableConflict for an event that is another one than `If-Match` says */
export function checkIfMatch(view: EventView, { request }: GraphCall): void {
  const wanted = request.header('if-match');
  if (wanted === undefined || wanted === '*' || wanted === etagOf(view)) return;
  const text =
    'The send or update operation could not be performed because the change key passed in the request does not match ' +
    'the current change key for the item.';
  throw new GraphError(412, 'ErrorIrresolvableConflict', text);
}
