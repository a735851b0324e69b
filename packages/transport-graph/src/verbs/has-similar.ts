import type { Outcome, Similar } from '@appointed/core';
import type { Event } from '@microsoft/microsoft-graph-types';
import type { Conversation } from '../conversation.js';
import { pathWith, quoted } from '../graph-request.js';

/** Looks for an event with a subject and a start: GET /calendar/events. Of a series, only its first occurrence counts. */
export async function hasSimilar(conversation: Conversation, { subject, start }: Similar): Promise<Outcome<boolean>> {
  const utc = new Date(start.epochMs).toISOString().slice(0, 19);
  const $filter = `subject eq ${quoted(subject)} and start/dateTime eq ${quoted(utc)}`;
  const path = pathWith('/calendar/events', { $filter, $select: 'id', $top: '1' });
  return conversation.ask({ method: 'GET', path }, ({ json }) => {
    const { value } = json as { readonly value: readonly Event[] };
    return value.length > 0;
  });
}
