import type { Appointment, AppointmentField, Attendee, Moment, Recurrence } from '@appointed/core';

type Words<F extends AppointmentField> = (value: Exclude<Appointment[F], undefined>, of: Appointment) => string;

const WORDS: { readonly [F in keyof Required<Appointment>]: Words<F> } = {
  subject: (subject) => subject,
  start: (start, { isAllDay }) => (isAllDay === true ? dayText(start) : momentText(start)),
  end: (end, { isAllDay }) => (isAllDay === true ? `${dayText(end, -1)}, that day included` : momentText(end)),
  isAllDay: () => 'yes',
  recurrence: recurrenceText,
  location: (location) => location,
  requiredAttendees: attendeesText,
  optionalAttendees: attendeesText,
  resources: attendeesText,
  responseRequested: yesOrNo,
  newTimeProposalsAllowed: yesOrNo,
  onlineMeeting: () => 'yes',
  reminder: (reminder) => (reminder === false ? 'none' : `${reminder.minutesBefore} minutes before`),
  showAs: (showAs) => showAs,
  sensitivity: (sensitivity) => sensitivity,
  importance: (importance) => importance,
  categories: (categories) => categories.join(', '),
  attachments: (attachments) =>
    attachments
      .map(({ name, mediaType, size, contentId }) => {
        const inline = contentId === undefined ? '' : `, inline as ${contentId}`;
        return `${name} (${mediaType}, ${size} bytes${inline})`;
      })
      .join(', '),
  customProperties: (properties) =>
    properties.map(({ propertySetId, name, value }) => `${name} of ${propertySetId} = ${value}`).join(', '),
  body: ({ format, content }) => `(${format}) ${content}`,
};

/** What an appointment says, a line for each field that it has. What goes over several lines is indented. */
export function appointmentText(appointment: Appointment): readonly string[] {
  return (Object.keys(WORDS) as AppointmentField[]).flatMap((field) => fieldText(appointment, field));
}

function fieldText<F extends AppointmentField>(appointment: Appointment, field: F): readonly string[] {
  const value = appointment[field] as Exclude<Appointment[F], undefined> | undefined;
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return [];
  const [first = '', ...more] = WORDS[field](value, appointment).split(/\r\n?|\n/u);
  return [`${field}: ${first}`.trimEnd(), ...more.map((line) => `  ${line}`.trimEnd())];
}

function momentText(moment: Moment): string {
  const { dateTime, offset } = moment;
  return moment.floating === undefined
    ? `${dateTime}${offset} ${zoneText(moment)}`
    : `${moment.floating} ${zoneText(moment)}`;
}

/** @param after how many days after the moment's */
function dayText(moment: Moment, after = 0): string {
  const date = new Date(`${(moment.floating ?? moment.dateTime).slice(0, 10)}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + after);
  return `${date.toISOString().slice(0, 10)} ${zoneText(moment)}`;
}

function zoneText({ floating, zone }: Moment): string {
  return floating === undefined ? `(${zone.iana})` : `(the mailbox's own zone; ${zone.iana} where it has none)`;
}

function attendeesText(attendees: readonly Attendee[]): string {
  return attendees.map(({ address, name }) => (name === undefined ? address : `${name} <${address}>`)).join(', ');
}

function yesOrNo(value: boolean): string {
  return value ? 'yes' : 'no';
}

/** Each member as it is called: `weekly, interval 2, daysOfWeek monday friday`. */
function recurrenceText({ pattern, ...members }: Recurrence): string {
  const said = Object.entries(members).flatMap(([name, value]: readonly [string, unknown]) =>
    value === undefined ? [] : [`${name} ${Array.isArray(value) ? value.join(' ') : String(value)}`],
  );
  return [pattern, ...said].join(', ');
}
