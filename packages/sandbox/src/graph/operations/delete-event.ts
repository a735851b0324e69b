import { announceEnd } from '../announce.js';
import type { GraphOperation } from '../call.js';
import { checkIfMatch } from '../check-if-match.js';
import { eventOf } from '../event-view.js';
import { removeEvent } from '../remove-event.js';

export const deleteEvent: GraphOperation = (call) => {
  call.query.allow();
  const view = eventOf(call);
  checkIfMatch(view, call);
  announceEnd(view, call);
  removeEvent(view);
  return { status: 204 };
};
