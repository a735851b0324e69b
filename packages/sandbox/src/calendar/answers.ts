import type { Attendee, Content, Response } from './item.js';

/** Who is invited to a meeting. */
export type Invited = Pick<Content, 'requiredAttendees' | 'optionalAttendees' | 'resources'>;

/** The lists of attendees with somebody's answer in them; undefined if nobody of that address is invited. */
export function withAnswer(invited: Invited, address: string, response: Response, now: number): Invited | undefined {
  let found = false;
  const lists = eachOf(invited, (attendee) => {
    if (attendee.address.toLowerCase() !== address.toLowerCase()) return attendee;
    found = true;
    return { ...attendee, response, respondedAt: now };
  });
  return found ? lists : undefined;
}

/** The lists of attendees as if nobody had answered. */
export function unanswered(invited: Partial<Invited>): Invited {
  return eachOf(invited, (attendee) => ({ ...attendee, response: 'Unknown', respondedAt: undefined }));
}

function eachOf(invited: Partial<Invited>, make: (attendee: Attendee) => Attendee): Invited {
  return {
    requiredAttendees: invited.requiredAttendees?.map(make),
    optionalAttendees: invited.optionalAttendees?.map(make),
    resources: invited.resources?.map(make),
  };
}
