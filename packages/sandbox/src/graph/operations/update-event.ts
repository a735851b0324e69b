import type { Draft } from '../../calendar/mailbox-calendar.js';
import { isSeries } from '../../calendar/series.js';
import { announceUpdate, sendInvitations } from '../announce.js';
import type { GraphOperation } from '../call.js';
import { inGraphsWords } from '../calendar-refusal.js';
import { checkIfMatch } from '../check-if-match.js';
import { contextOf } from '../context.js';
import { readContent } from '../event-content.js';
import { WHOLE, eventJson } from '../event-json.js';
import { type EventView, eventOf } from '../event-view.js';
import { isDraft } from '../fields/people-fields.js';
import { TRANSACTION_ID } from '../fields/item-fields.js';
import { refuseRecurrence } from '../fields/series-fields.js';
import { GraphError } from '../graph-error.js';
import { readBody } from '../schema/read-body.js';

export const updateEvent: GraphOperation = (call) => {
  call.query.allow();
  const body = readBody(call.request.body, 'event');
  const view = eventOf(call);
  checkIfMatch(view, call);
  // Stored items are changed where they are.
  const before = { ...view.item };
  const draft = readContent({ body, item: before });
  if (draft.others !== undefined && draft.others.get(TRANSACTION_ID) !== before.others?.get(TRANSACTION_ID)) {
    const text = 'Set action is invalid for property. The transactionId cannot be changed after it is set.';
    throw new GraphError(400, 'ErrorInvalidPropertySet', text);
  }
  inGraphsWords(() => apply(view, draft));
  const after = eventOf(call);
  if (isDraft(after.item) && body['isDraft'] === false) sendInvitations(after, call);
  else announceUpdate(before, after, Object.keys(body), call);
  return { status: 200, body: { ...contextOf(call, 'events/$entity'), ...eventJson(eventOf(call), WHOLE) } };
};

function apply({ calendar, stored, occurrence }: EventView, draft: Draft): void {
  if (occurrence === undefined || !isSeries(stored)) {
    calendar.update(stored, draft);
    return;
  }
  if (draft.recurrence !== undefined) refuseRecurrence();
  calendar.updateOccurrence(stored, occurrence.day, draft);
}
