import { announceEnd } from '../announce.js';
import type { GraphOperation } from '../call.js';
import { eventOf } from '../event-view.js';
import { GraphError } from '../graph-error.js';
import { removeEvent } from '../remove-event.js';
import { readBody } from '../schema/read-body.js';

/** Sends cancellations with the organizer's comment, and moves the meeting to Deleted Items. */
export const cancelEvent: GraphOperation = (call) => {
  call.query.allow();
  const { comment } = call.request.body === '' ? {} : readBody(lowerCased(call.request.body), 'cancelParameters');
  const view = eventOf(call);
  if (view.item.organizer !== undefined) {
    const text = "Your request can't be completed. You need to be an organizer to cancel a meeting.";
    throw new GraphError(400, 'ErrorInvalidRequest', text);
  }
  announceEnd(view, call, typeof comment === 'string' ? comment : undefined);
  if (view.occurrence === undefined) view.calendar.cancel(view.stored);
  removeEvent(view);
  return { status: 202 };
};

/** Parameters of actions come in any case: the documentation's own examples have `Comment`. */
function lowerCased(text: string): string {
  return text.replace(/"Comment"(?=\s*:)/, '"comment"');
}
