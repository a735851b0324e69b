import { type Appointment, type AppointmentField, type Attendee, type Moment, parseAppointment } from '@appointed/core';
import type { AttendeeType, DateTimeTimeZone, Event } from '@microsoft/microsoft-graph-types';
import { attachmentOf } from './attachment-of.js';
import { recurrenceOf } from './recurrence-of.js';

const DAY_MS = 86_400_000;
const UTC = { iana: 'Etc/UTC', windows: 'UTC' };

/** What an event says, in our words, except for custom properties. A field that it has no value for is absent. */
export function eventFields(event: Event): Partial<Appointment> {
  const { attachments } = event;
  const fields: { readonly [F in AppointmentField]?: Appointment[F] | undefined } = {
    subject: event.subject || undefined,
    body: bodyOf(event),
    ...timesOf(event),
    location: event.location?.displayName || undefined,
    requiredAttendees: attendeesOf(event, 'required'),
    optionalAttendees: attendeesOf(event, 'optional'),
    resources: attendeesOf(event, 'resource'),
    reminder: reminderOf(event),
    showAs: event.showAs === 'unknown' ? undefined : (event.showAs ?? undefined),
    sensitivity: event.sensitivity ?? undefined,
    importance: event.importance ?? undefined,
    categories: someOf(event.categories ?? []),
    isAllDay: event.isAllDay === true ? true : undefined,
    responseRequested: event.responseRequested ?? undefined,
    newTimeProposalsAllowed: event.allowNewTimeProposals ?? undefined,
    attachments: someOf((attachments ?? []).map(attachmentOf)),
    onlineMeeting: event.isOnlineMeeting === true ? true : undefined,
    recurrence: recurrenceOf(event.recurrence),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function bodyOf({ body }: Event): Appointment['body'] {
  const content = body?.content;
  return content ? { format: body.contentType === 'text' ? 'text' : 'html', content } : undefined;
}

/** Times come in UTC. Whole days come at midnight, whatever the zone: theirs is the one in which they were made. */
function timesOf({ start, end, isAllDay, originalStartTimeZone }: Event): Partial<Pick<Appointment, 'start' | 'end'>> {
  const from = epochMsOf(start);
  const to = epochMsOf(end);
  if (from === undefined || to === undefined) return {};
  return isAllDay === true ? wholeDays(from, to, originalStartTimeZone ?? 'UTC') : { start: utc(from), end: utc(to) };
}

function wholeDays(from: number, to: number, timeZone: string): Pick<Appointment, 'start' | 'end'> {
  const last = Math.max(to - DAY_MS, from);
  const days = { start: { date: dateOf(from), timeZone }, end: { date: dateOf(last) } };
  try {
    const { start, end } = parseAppointment({ subject: 'any', ...days });
    return { start, end };
  } catch {
    // A zone that somebody has made up has no name.
    return { start: utc(from), end: utc(to) };
  }
}

function epochMsOf(time: DateTimeTimeZone | null | undefined): number | undefined {
  const epochMs = Math.floor(Date.parse(`${time?.dateTime?.slice(0, 19) ?? ''}Z`) / 1000) * 1000;
  return Number.isNaN(epochMs) ? undefined : epochMs;
}

function utc(epochMs: number): Moment {
  return { epochMs, dateTime: new Date(epochMs).toISOString().slice(0, 19), offset: 'Z', zone: UTC };
}

function dateOf(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 10);
}

/** Those who are invited so. @returns undefined where there are none */
export function attendeesOf({ attendees }: Event, wanted: AttendeeType): readonly Attendee[] | undefined {
  return someOf(
    (attendees ?? []).flatMap(({ type, emailAddress }) => {
      const address = emailAddress?.address?.trim() ?? '';
      if ((type ?? 'required') !== wanted || address === '') return [];
      const name = emailAddress?.name ?? '';
      return [name === '' || name === address ? { address } : { address, name }];
    }),
  );
}

function reminderOf({ isReminderOn, reminderMinutesBeforeStart }: Event): Appointment['reminder'] {
  if (isReminderOn === false) return false;
  return typeof reminderMinutesBeforeStart === 'number' ? { minutesBefore: reminderMinutesBeforeStart } : undefined;
}

function someOf<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}
