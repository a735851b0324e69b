import { type CalendarItem, type ShowAs, isMeeting } from '../../calendar/item.js';
import { isMessage } from '../../calendar/meeting.js';
import { wallTime } from '../../calendar/zone.js';
import { meetingIn } from '../../meetings/received-meeting.js';
import { escapeText } from '../escape.js';
import { ItemError } from '../fault.js';
import { copied } from '../xml-text.js';
import { formatDateTime, parseBoolean } from '../xml-values.js';
import { attendeesXml, mailboxXml, readAttendees } from './attendees.js';
import { type Field, type View, scalar, structured } from './field.js';
import { kept } from './item-fields.js';
import { seriesFields } from './series-fields.js';
import { readInstant } from './time.js';
import { zoneFields } from './zone-fields.js';

const ALL_DAY_DURATION = 86_400_000;

/** `Single`, `Occurrence`, `Exception`, `RecurringMaster` */
function kindOf({ item, occurrence }: View): string {
  if (occurrence !== undefined) return occurrence.isException ? 'Exception' : 'Occurrence';
  return item.recurrence === undefined ? 'Single' : 'RecurringMaster';
}

/** `PT1H`, `P1DT2H30M`: how Exchange writes lengths. */
function duration({ item }: View): string {
  const length = item.end - item.start;
  const days = Math.floor(length / ALL_DAY_DURATION);
  const hours = Math.floor(length / 3_600_000) % 24;
  const minutes = Math.floor(length / 60_000) % 60;
  const time = `${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}`;
  if (days === 0 && time === '') return 'PT0S';
  return `P${days > 0 ? `${days}D` : ''}${time === '' ? '' : `T${time}`}`;
}

const attendees = (uri: string, key: 'requiredAttendees' | 'optionalAttendees' | 'resources'): Field =>
  structured(uri, ({ item }) => attendeesXml(uri.slice('calendar:'.length), item[key]), {
    shape: 'default',
    found: false,
    take: (draft, list) => void (draft[key] = readAttendees(list)),
    clear: (draft) => void (draft[key] = undefined),
  });

/** 1 a meeting, 2 received, 4 cancelled. */
function state(item: CalendarItem): number {
  return (isMeeting(item) ? 1 : 0) + (item.organizer === undefined ? 0 : 2) + (item.isCancelled ? 4 : 0);
}

/** Mail tells of the answer that its reader has given, which is in the calendar. */
function myResponse({ item, calendar }: View): string {
  if (!isMeeting(item) && item.organizer === undefined) return 'Organizer';
  return isMessage(item) ? (meetingIn(calendar, item.uid)?.myResponse ?? item.myResponse) : item.myResponse;
}

function replyTime({ item }: View): number | undefined {
  return item.meeting?.kind === 'received' ? item.meeting.repliedAt : undefined;
}

const wallClock = (uri: string, which: 'start' | 'end'): Field =>
  scalar(
    uri,
    ({ item }) => wallTime(item[`${which}Zone`], item[which]),
    // An xs:dateTime without an offset cannot say where it is; Exchange gives local time with the zone's offset.
    (time) => new Date(time).toISOString().slice(0, 19),
    { shape: 'asked' },
  );

const beforeRecurrence: readonly Field[] = [
  scalar('calendar:UID', ({ item }) => item.uid, escapeText, {
    take(draft, { text }) {
      if (text.trim() === '') throw new ItemError('ErrorInvalidPropertySet', 'Set action is invalid for an empty UID.');
      draft.uid = text;
    },
  }),
  scalar('calendar:RecurrenceId', ({ occurrence }) => occurrence?.originalStart, formatDateTime),
  scalar('calendar:DateTimeStamp', ({ item }) => item.modified, formatDateTime),
  scalar('calendar:Start', ({ item }) => item.start, formatDateTime, {
    shape: 'default',
    take: (draft, { text }, zones) => void (draft.start = readInstant(text, zones.start)),
  }),
  scalar('calendar:End', ({ item }) => item.end, formatDateTime, {
    shape: 'default',
    take: (draft, { text }, zones) => void (draft.end = readInstant(text, zones.end)),
  }),
  scalar('calendar:OriginalStart', ({ occurrence }) => occurrence?.originalStart, formatDateTime),
  scalar('calendar:IsAllDayEvent', ({ item }) => item.isAllDay, String, {
    shape: 'default',
    take: (draft, { text }) => void (draft.isAllDay = parseBoolean(text)),
    clear: (draft) => void (draft.isAllDay = false),
  }),
  scalar('calendar:LegacyFreeBusyStatus', ({ item }) => item.showAs, String, {
    shape: 'default',
    take: (draft, { text }) => void (draft.showAs = text.trim() as ShowAs),
    clear: (draft) => void (draft.showAs = 'Busy'),
  }),
  scalar('calendar:Location', ({ item }) => item.location, escapeText, {
    shape: 'default',
    take: (draft, { text }) => void (draft.location = copied(text)),
    clear: (draft) => void (draft.location = undefined),
  }),
  kept('calendar:When'),
  scalar('calendar:IsMeeting', ({ item }) => isMeeting(item) || item.organizer !== undefined, String),
  scalar('calendar:IsCancelled', ({ item }) => item.isCancelled, String),
  scalar('calendar:IsRecurring', (view) => kindOf(view) === 'Occurrence' || kindOf(view) === 'Exception', String),
  scalar('calendar:MeetingRequestWasSent', ({ item }) => item.wasSent, String),
  scalar('calendar:IsResponseRequested', ({ item }) => item.isResponseRequested, String, {
    take: (draft, { text }) => void (draft.isResponseRequested = parseBoolean(text)),
    clear: (draft) => void (draft.isResponseRequested = false),
  }),
  scalar('calendar:CalendarItemType', kindOf, String, { shape: 'default' }),
  scalar('calendar:MyResponseType', myResponse, String),
  structured(
    'calendar:Organizer',
    ({ item, mailbox }) => {
      const organizer = item.organizer ?? mailbox;
      return `<t:Organizer>${mailboxXml(organizer.name, organizer.address)}</t:Organizer>`;
    },
    { shape: 'default' },
  ),
  attendees('calendar:RequiredAttendees', 'requiredAttendees'),
  attendees('calendar:OptionalAttendees', 'optionalAttendees'),
  attendees('calendar:Resources', 'resources'),
  scalar('calendar:ConflictingMeetingCount', (view) => neighbours(view, 'conflicting'), String, { found: false }),
  scalar('calendar:AdjacentMeetingCount', (view) => neighbours(view, 'adjacent'), String, { found: false }),
  scalar('calendar:Duration', duration, String),
  scalar('calendar:TimeZone', ({ item }) => item.startZone.id, escapeText),
  scalar('calendar:AppointmentReplyTime', replyTime, formatDateTime),
  scalar('calendar:AppointmentSequenceNumber', ({ item }) => item.sequence, String),
  scalar('calendar:AppointmentState', ({ item }) => state(item), String),
];

const afterZones: readonly Field[] = [
  kept('calendar:ConferenceType'),
  scalar('calendar:AllowNewTimeProposal', ({ item }) => item.allowNewTimeProposal, String, {
    take: (draft, { text }) => void (draft.allowNewTimeProposal = parseBoolean(text)),
    clear: (draft) => void (draft.allowNewTimeProposal = false),
  }),
  kept('calendar:IsOnlineMeeting'),
  kept('calendar:MeetingWorkspaceUrl'),
  kept('calendar:NetShowUrl'),
  wallClock('calendar:StartWallClock', 'start'),
  wallClock('calendar:EndWallClock', 'end'),
  scalar('calendar:StartTimeZoneId', ({ item }) => item.startZone.id, escapeText, { shape: 'asked' }),
  scalar('calendar:EndTimeZoneId', ({ item }) => item.endZone.id, escapeText, { shape: 'asked' }),
  scalar('calendar:IsOrganizer', ({ item }) => item.organizer === undefined, String, { shape: 'asked' }),
];

/** The properties of calendar items, in the schema's order. */
export const calendarFields: readonly Field[] = [...beforeRecurrence, ...seriesFields, ...zoneFields, ...afterZones];

/** Other single items of the calendar that overlap, or that begin or end where this one does. */
function neighbours({ item, calendar }: View, which: 'conflicting' | 'adjacent'): number {
  let count = 0;
  for (const other of calendar.all()) {
    if (other === item || other.number === item.number || other.folder !== item.folder) continue;
    const touches = other.end === item.start || other.start === item.end;
    if (which === 'adjacent' ? touches : other.start < item.end && other.end > item.start) count += 1;
  }
  return count;
}
