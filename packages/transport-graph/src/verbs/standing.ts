import type { Outcome } from '@appointed/core';
import type { Event } from '@microsoft/microsoft-graph-types';
import type { Answer } from '../classify/classify.js';
import type { Conversation } from '../conversation.js';
import { attendeesOf } from '../decode/event-fields.js';
import type { Invited } from '../encode/event-json.js';
import { pathWith } from '../graph-request.js';
import { eventPath } from './event-path.js';

/** What decides whether a write to an event sends mail. */
export interface Standing {
  readonly invited: Invited;
  /** There are people who have heard of it. */
  readonly isSent: boolean;
  readonly isDraft: boolean;
  readonly changeKey: string | undefined;
}

/** How an event stands before it is written. What fails here has changed nothing. */
export async function standingOf(conversation: Conversation, itemId: string): Promise<Outcome<Standing>> {
  const path = pathWith(eventPath(itemId), { $select: 'changeKey,attendees,isDraft,isOrganizer' });
  const answer = await conversation.ask({ method: 'GET', path }, standingIn);
  return answer.kind === 'unknown' ? { kind: 'deferred', error: answer.error } : answer;
}

function standingIn({ json }: Answer): Standing | undefined {
  const event = (json ?? {}) as Event;
  if (typeof event.id !== 'string') return undefined;
  const isDraft = event.isDraft === true;
  const isMeeting = (event.attendees ?? []).length > 0 && event.isOrganizer !== false;
  return {
    invited: {
      requiredAttendees: attendeesOf(event, 'required') ?? [],
      optionalAttendees: attendeesOf(event, 'optional') ?? [],
      resources: attendeesOf(event, 'resource') ?? [],
    },
    isSent: isMeeting && !isDraft,
    isDraft,
    changeKey: event.changeKey ?? undefined,
  };
}
