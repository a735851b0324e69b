import type { Body, CalendarItem } from '../../calendar/item.js';
import { isMessage } from '../../calendar/meeting.js';
import { isSeries, occurrenceOn, overlaid } from '../../calendar/series.js';
import type { Meeting, Reply } from '../../meetings/meetings.js';
import { meetingIn } from '../../meetings/received-meeting.js';
import type { Call } from '../call.js';
import { ItemError } from '../fault.js';
import { type ResolvedItem, resolveItem } from '../item-reference.js';
import type { XmlElement } from '../xml-element.js';
import { idsOf } from './ids-of.js';

/** Elements of CreateItem that act on a meeting instead of making an item. */
type Act = (reference: ResolvedItem, element: XmlElement, disposition: string, call: Call) => string;

const answer =
  (reply: Reply['answer'], name: string): Act =>
  (reference, element, disposition, call) => {
    const meeting = invitation(reference, name, call);
    const mail = isMessage(reference.item) ? reference.item : undefined;
    const copy = call.meetings.respond(meeting, {
      answer: reply,
      body: bodyOf(element, 't:Body'),
      ...mailing(disposition),
    });
    const moved = mail && reference.calendar.remove(mail, 'deleted items');
    return idsOf(reference, [meeting.series, moved, copy]);
  };

const cancel: Act = (reference, element, disposition, call) => {
  const { item, series, calendar, occurrence } = reference;
  if (isMessage(item) || item.organizer !== undefined) {
    throw new ItemError('ErrorCalendarIsNotOrganizer', 'You must be the organizer to perform this action.');
  }
  const { sends, savesCopy } = mailing(disposition);
  const sending = { to: sends ? 'all' : 'none', savesCopy } as const;
  const meeting = { ...reference, day: occurrence?.day };
  const copy = call.meetings.cancel(meeting, sending, bodyOf(element, 't:NewBodyContent'));
  if (occurrence !== undefined && isSeries(series)) calendar.deleteOccurrence(series, occurrence.day);
  else {
    calendar.cancel(item);
    calendar.remove(item, 'deleted items');
  }
  // Clients that were tried against real servers expect one id of a cancellation, and several of an answer.
  return idsOf(reference, [copy ?? series]);
};

/** A meeting that was called off goes, and the mail that says so. */
const remove: Act = (reference) => {
  const { item, calendar } = reference;
  const meeting = isMessage(item) ? meetingIn(calendar, item.uid) : item;
  if (meeting !== undefined && meeting.organizer === undefined) {
    throw new ItemError('ErrorCalendarIsOrganizerForRemove', 'The organizer cannot remove a meeting in this way.');
  }
  if (isMessage(item) ? item.meeting.kind !== 'cancellation' : !item.isCancelled) {
    throw new ItemError('ErrorInvalidItemForOperationRemoveItem', 'Only meetings that were canceled can be removed.');
  }
  if (isMessage(item)) calendar.remove(item, 'deleted items');
  if (meeting?.isCancelled === true) calendar.remove(meeting, 'deleted items');
  return idsOf(reference, [meeting, isMessage(item) ? item : undefined]);
};

const ACTS: Readonly<Record<string, Act>> = {
  't:AcceptItem': answer('Accept', 'Accept'),
  't:TentativelyAcceptItem': answer('Tentative', 'Tentative'),
  't:DeclineItem': answer('Decline', 'Decline'),
  't:CancelCalendarItem': cancel,
  't:RemoveItem': remove,
};

/** Carries out AcceptItem and its kin. @returns the items that it touched; undefined for other elements @throws ItemError */
export function actOnMeeting(element: XmlElement, disposition: string | undefined, call: Call): string | undefined {
  const act = ACTS[element.name];
  if (act === undefined) return undefined;
  // What is removed tells nobody; clients leave the attribute out there.
  if (disposition === undefined && act !== remove) {
    const text = 'MessageDisposition attribute is required for responses.';
    throw new ItemError('ErrorMessageDispositionRequired', text);
  }
  const reference = element.child('t:ReferenceItemId');
  if (reference === undefined) throw new ItemError('ErrorInvalidIdEmpty', 'A response needs a ReferenceItemId.');
  return act(resolveItem(reference.renamed('t:ItemId'), call), element, disposition ?? 'SaveOnly', call);
}

/** What an answer is about: the meeting in the calendar, which a request names as well. */
function invitation(reference: ResolvedItem, name: string, call: Call): Meeting {
  const { item, calendar, mailbox, occurrence, series } = reference;
  if (!isMessage(item)) return answerable({ mailbox, calendar, item, series, day: occurrence?.day }, name);
  if (item.meeting.kind !== 'request') {
    const code = item.meeting.kind === 'cancellation' ? `ErrorCalendarIsCancelledFor${name}` : invalidFor(name);
    throw new ItemError(code, 'The item is not a meeting request that could be answered.');
  }
  const meeting = call.meetings.meetingOf(item, calendar);
  if (item.sequence < meeting.sequence) {
    throw new ItemError('ErrorCalendarMeetingRequestIsOutOfDate', 'The meeting request is out of date.');
  }
  const day = isSeries(meeting) ? item.meeting.day : undefined;
  return answerable({ mailbox, calendar, series: meeting, day, item: occurrenceOf(meeting, day) }, name);
}

function occurrenceOf(item: CalendarItem, day: number | undefined): CalendarItem {
  const occurrence = day !== undefined && isSeries(item) ? occurrenceOn(item, day) : undefined;
  return occurrence !== undefined && isSeries(item) ? overlaid(item, occurrence) : item;
}

function answerable(meeting: Meeting, name: string): Meeting {
  if (meeting.item.organizer === undefined) {
    throw new ItemError(`ErrorCalendarIsOrganizerFor${name}`, 'The organizer cannot answer the invitation.');
  }
  if (meeting.item.isCancelled) {
    throw new ItemError(`ErrorCalendarIsCancelledFor${name}`, 'The meeting has been canceled.');
  }
  return meeting;
}

function invalidFor(name: string): string {
  return name === 'Tentative' ? 'ErrorInvalidItemForOperationTentative' : `ErrorInvalidItemForOperation${name}Item`;
}

function mailing(disposition: string): Pick<Reply, 'sends' | 'savesCopy'> {
  return { sends: disposition !== 'SaveOnly', savesCopy: disposition === 'SendAndSaveCopy' };
}

function bodyOf(element: XmlElement, name: string): Body | undefined {
  const body = element.child(name);
  return body && { kind: body.attribute('BodyType') === 'HTML' ? 'HTML' : 'Text', content: body.text };
}
