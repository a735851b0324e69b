import type { Failure, Found, ItemPlace, Outcome } from '@appointed/core';
import type { Calendar, Event } from '@microsoft/microsoft-graph-types';
import { codeOf } from '../classify/code-of.js';
import type { Conversation } from '../conversation.js';
import { foundEvents } from '../decode/found-events.js';
import { KEY_ID } from '../extended-properties.js';
import { quoted } from '../graph-request.js';
import { allPages } from './all-pages.js';

const SELECT = 'id,changeKey,iCalUId,transactionId,createdDateTime';

/** An event of a key, and where it was found. */
export interface KeyedEvent {
  readonly event: Event;
  readonly place: ItemPlace;
}

/**
 * Finds every event of these keys in all calendars of the mailbox: GET /calendars, and for each GET /events with a filter.
 * What is in no calendar Graph does not list: neither deleted events nor those in folders of other kinds.
 */
export async function find(conversation: Conversation, keys: readonly string[]): Promise<Outcome<readonly Found[]>> {
  if (keys.length === 0) return { kind: 'done', value: [] };
  const calendars = await allPages<Calendar>(conversation, '/calendars', { $select: 'id,isDefaultCalendar' });
  if (calendars.kind !== 'done') return calendars;
  const found: Found[] = [];
  for (const key of keys) {
    const events: KeyedEvent[] = [];
    for (const calendar of calendars.value) {
      const here = await eventsIn(conversation, calendar, key);
      if (here.kind !== 'done') return here;
      events.push(...here.value);
    }
    found.push(...foundEvents(key, events));
  }
  return { kind: 'done', value: found };
}

async function eventsIn(
  conversation: Conversation,
  { id, isDefaultCalendar }: Calendar,
  key: string,
): Promise<Outcome<readonly KeyedEvent[]>> {
  const path = `/calendars/${encodeURIComponent(id ?? '')}/events`;
  const $filter = `singleValueExtendedProperties/any(ep: ep/id eq ${quoted(KEY_ID)} and ep/value eq ${quoted(key)})`;
  const events = await allPages<Event>(conversation, path, { $filter, $select: SELECT });
  if (events.kind === 'done') {
    const place = isDefaultCalendar === true ? 'calendar' : 'elsewhere';
    return { kind: 'done', value: events.value.map((event) => ({ event, place })) };
  }
  return isDefaultCalendar !== true && cannotBeSearched(events) ? { kind: 'done', value: [] } : events;
}

/** It is gone meanwhile, or another owner's, who shares it: nothing of ours is in it that could be found. */
function cannotBeSearched(failure: Failure): boolean {
  return codeOf(failure) === 'ErrorItemNotFound' || (failure.kind === 'rejected' && failure.scope !== 'run');
}
