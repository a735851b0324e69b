import { createHash } from 'node:crypto';
import type { CalendarItem } from '../../calendar/item.js';
import { sendInvitations } from '../announce.js';
import type { GraphCall, GraphOperation, Reply } from '../call.js';
import { calendarFolder } from '../calendar-folder.js';
import { inGraphsWords } from '../calendar-refusal.js';
import { contextOf } from '../context.js';
import { readContent } from '../event-content.js';
import { eventId } from '../event-id.js';
import { WHOLE, eventJson } from '../event-json.js';
import { viewOf } from '../event-view.js';
import { TRANSACTION_ID } from '../fields/item-fields.js';
import { fileOf } from '../file-of.js';
import { GraphError } from '../graph-error.js';
import { type Body, readBody } from '../schema/read-body.js';

/** Where the store keeps what came with a transaction's id: a digest of it. */
const TRANSACTION_BODY = 'graph:transactionBody';

export const createEvent: GraphOperation = (call) => {
  call.query.allow();
  const body = readBody(call.request.body, 'event');
  const folder = calendarFolder(call);
  const known = earlier(body, call);
  if (known !== undefined) return created(known, call);
  const draft = readContent({ body, item: undefined });
  const others = new Map(draft.others);
  if (others.has(TRANSACTION_ID)) others.set(TRANSACTION_BODY, digestOf(body));
  if (others.size > 0) draft.others = others;
  const files = ((body['attachments'] ?? []) as readonly Body[]).map((file) => fileOf(file, call));
  const item = inGraphsWords(() => call.calendar.create({ ...draft, culture: call.mailbox.culture }, folder));
  if (files.length > 0) call.calendar.setAttachments(item, files);
  if (body['isDraft'] !== true) sendInvitations(viewOf(item, call), call);
  return created(item, call);
};

function created(item: CalendarItem, call: GraphCall): Reply {
  const event = eventJson(viewOf(item, call), WHOLE);
  const { request, mailbox } = call;
  const location = `${request.base}/users('${mailbox.guid}')/events('${String(event['id'])}')`;
  return { status: 201, headers: { location }, body: { ...contextOf(call, 'events/$entity'), ...event } };
}

/**
 * The event that the same transaction has made before. How long real servers remember is not documented; here it is as
 * long as the event is in a calendar.
 * @throws GraphError ErrorDuplicateTransactionId if it was another one
 */
function earlier(body: Body, { calendar, mailbox, preferences }: GraphCall): CalendarItem | undefined {
  const id = body['transactionId'];
  if (typeof id !== 'string') return undefined;
  for (const item of calendar.all()) {
    if (item.others?.get(TRANSACTION_ID) !== id || item.folder.wellKnown === 'deleteditems') continue;
    if (item.others.get(TRANSACTION_BODY) === digestOf(body)) return item;
    const text =
      "Your request can't be completed. The TransactionId specified in the request has already been used to create a " +
      'different event.';
    const existing = eventId({ item, mailbox, occurrence: undefined }, preferences.hasImmutableIds);
    throw new GraphError(400, 'ErrorDuplicateTransactionId', text, {
      members: { '@event.existingEventId': existing },
    });
  }
  return undefined;
}

function digestOf(body: Body): string {
  return createHash('sha256').update(canonical(body)).digest('base64');
}

/** JSON that does not depend on the order of properties. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, entry: unknown) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
      : entry,
  );
}
