import type { Person } from '../../calendar/meeting.js';
import { type MessageItem, isMessage } from '../../calendar/meeting.js';
import { meetingIn } from '../../meetings/received-meeting.js';
import { organizedMeeting } from '../../meetings/receive.js';
import { escapeText } from '../escape.js';
import { itemChangeKey, itemId } from '../item-id.js';
import { mailboxXml } from './attendees.js';
import { type Comparable, type Field, type View, scalar, structured } from './field.js';

/** Of mail about a meeting; other items have none of it. */
function ofMail<T extends Comparable>(uri: string, get: (item: MessageItem, view: View) => T | undefined): Field {
  return scalar(
    uri,
    (view) => (isMessage(view.item) ? get(view.item, view) : undefined),
    (value) => escapeText(String(value)),
  );
}

function person(uri: string, get: (item: MessageItem, view: View) => Person): Field {
  const name = `t:${uri.slice('message:'.length)}`;
  return structured(
    uri,
    (view) => {
      if (!isMessage(view.item)) return '';
      const who = get(view.item, view);
      return `<${name}>${mailboxXml(who.name, who.address)}</${name}>`;
    },
    { shape: uri === 'message:From' || uri === 'message:Sender' ? 'default' : 'all' },
  );
}

/** The meeting that mail is about, in the calendar of whoever reads it, as far as it is there. */
function meetingOf({ item, calendar }: View) {
  return meetingIn(calendar, item.uid) ?? organizedMeeting(calendar, item.uid);
}

/** A later change has overtaken the mail. */
function isOutOfDate(view: View): boolean {
  return view.item.sequence < (meetingOf(view)?.sequence ?? 0);
}

function associated(view: View): string {
  const meeting = isMessage(view.item) ? meetingOf(view) : undefined;
  if (meeting === undefined) return '';
  const { mailbox } = view;
  const key = itemChangeKey(mailbox, meeting.change);
  return `<t:AssociatedCalendarItemId Id="${itemId(mailbox, meeting.number)}" ChangeKey="${key}"/>`;
}

/** What the reader of a request has answered; what a response says. */
function responseType(item: MessageItem, view: View): string {
  return item.meeting.answer ?? meetingOf(view)?.myResponse ?? item.myResponse;
}

/** What mail has, in the schema's order. */
export const messageFields: readonly Field[] = [
  person('message:Sender', ({ meeting }) => meeting.from),
  structured(
    'message:ToRecipients',
    ({ item }) => {
      if (!isMessage(item)) return '';
      const people = item.meeting.to.map(({ name, address }) => mailboxXml(name, address));
      return `<t:ToRecipients>${people.join('')}</t:ToRecipients>`;
    },
    { found: false },
  ),
  ofMail('message:IsReadReceiptRequested', () => false),
  ofMail('message:IsDeliveryReceiptRequested', () => false),
  ofMail('message:ConversationTopic', ({ subject }) => subject),
  person('message:From', ({ meeting }) => meeting.from),
  ofMail('message:InternetMessageId', ({ number }, { mailbox }) => `<${number}.${mailbox.guid}@sandbox>`),
  { ...ofMail('message:IsRead', ({ meeting }) => meeting.isRead), shape: 'default' },
  ofMail('message:IsResponseRequested', ({ isResponseRequested }) => isResponseRequested),
  person('message:ReceivedBy', (_, { mailbox }) => mailbox),
  person('message:ReceivedRepresenting', (_, { mailbox }) => mailbox),
];

/** What all mail about meetings has, in the schema's order; the UID and its kin come after it. */
export const meetingMessageFields: readonly Field[] = [
  structured('meeting:AssociatedCalendarItemId', associated, { shape: 'default', found: false }),
  { ...ofMail('meeting:IsDelegated', () => false), shape: 'default' },
  { ...ofMail('meeting:IsOutOfDate', (_, view) => isOutOfDate(view)), shape: 'default' },
  { ...ofMail('meeting:HasBeenProcessed', () => true), shape: 'default' },
  { ...ofMail('meeting:ResponseType', responseType), shape: 'default' },
];

/** What a request has besides, in the schema's order; the meeting's own properties come after it. */
export const requestFields: readonly Field[] = [
  {
    ...ofMail('meetingRequest:MeetingRequestType', ({ meeting }, view) =>
      isOutOfDate(view) ? 'Outdated' : (meeting.requestType ?? 'None'),
    ),
    shape: 'default',
  },
  { ...ofMail('meetingRequest:IntendedFreeBusyStatus', ({ meeting }) => meeting.intended), shape: 'default' },
];
