import type { Appointment, Attendee, CustomProperty, Moment, Recurrence } from '@appointed/core';
import {
  Appointment as LibraryAppointment,
  type AttendeeCollection,
  BodyType,
  DateTime,
  DayOfTheWeek,
  DayOfTheWeekIndex,
  type ExchangeService,
  ExtendedPropertyDefinition,
  Guid,
  Importance,
  LegacyFreeBusyStatus,
  MapiPropertyType,
  MessageBody,
  Recurrence as LibraryRecurrence,
  Sensitivity,
  StringList,
  TimeZoneInfo,
} from 'ews-javascript-api';

/** The same appointment, as somebody makes it who uses ews-javascript-api. */
export function libraryAppointment(service: ExchangeService, appointment: Appointment): LibraryAppointment {
  const item = new LibraryAppointment(service);
  const { subject, body, location, start, end, isAllDay, reminder, recurrence, categories } = appointment;
  item.Subject = subject;
  if (appointment.sensitivity !== undefined) item.Sensitivity = Sensitivity[named(appointment.sensitivity)];
  if (body !== undefined)
    item.Body = new MessageBody(body.format === 'html' ? BodyType.HTML : BodyType.Text, body.content);
  if (categories !== undefined && categories.length > 0) item.Categories = new StringList([...categories]);
  if (appointment.importance !== undefined) item.Importance = Importance[named(appointment.importance)];
  if (reminder !== undefined) {
    item.IsReminderSet = reminder !== false;
    if (reminder !== false) item.ReminderMinutesBeforeStart = reminder.minutesBefore;
  }
  for (const property of appointment.customProperties ?? []) setProperty(item, property);
  item.Start = instant(start);
  item.End = instant(end);
  item.StartTimeZone = zone(start);
  item.EndTimeZone = zone(end);
  if (isAllDay !== undefined) item.IsAllDayEvent = isAllDay;
  if (appointment.showAs !== undefined) {
    item.LegacyFreeBusyStatus = LegacyFreeBusyStatus[appointment.showAs === 'oof' ? 'OOF' : named(appointment.showAs)];
  }
  if (location !== undefined) item.Location = location;
  if (appointment.responseRequested !== undefined) item.IsResponseRequested = appointment.responseRequested;
  invite(item.RequiredAttendees, appointment.requiredAttendees);
  invite(item.OptionalAttendees, appointment.optionalAttendees);
  invite(item.Resources, appointment.resources);
  if (recurrence !== undefined) item.Recurrence = libraryRecurrence(recurrence, start);
  if (appointment.newTimeProposalsAllowed !== undefined)
    item.AllowNewTimeProposal = appointment.newTimeProposalsAllowed;
  return item;
}

/** Our words begin with a small letter. */
function named<T extends string>(word: T): Capitalize<T> {
  return (word.charAt(0).toUpperCase() + word.slice(1)) as Capitalize<T>;
}

function instant({ epochMs }: Moment): DateTime {
  return new DateTime(new Date(epochMs).toISOString());
}

function zone({ zone: { windows } }: Moment): TimeZoneInfo {
  return TimeZoneInfo.FindSystemTimeZoneById(windows);
}

/** The library fails for some zones. */
export function knowsZones({ start, end }: Appointment): boolean {
  try {
    return [zone(start), zone(end)].length === 2;
  } catch {
    return false;
  }
}

function invite(collection: AttendeeCollection, people: readonly Attendee[] = []): void {
  for (const { name, address } of people) {
    if (name === undefined) collection.Add(address);
    else collection.Add(name, address);
  }
}

const TYPES = {
  string: MapiPropertyType.String,
  integer: MapiPropertyType.Integer,
  boolean: MapiPropertyType.Boolean,
  time: MapiPropertyType.SystemTime,
};

function setProperty(item: LibraryAppointment, { propertySetId, name, type, value }: CustomProperty): void {
  const definition = new ExtendedPropertyDefinition(new Guid(propertySetId), name, TYPES[type]);
  item.SetExtendedProperty(definition, type === 'time' ? new DateTime(value) : value);
}

function libraryRecurrence(recurrence: Recurrence, { dateTime }: Moment): LibraryRecurrence {
  // The library writes the date in the zone of the process.
  const pattern = patternOf(recurrence, new DateTime(`${dateTime}Z`));
  if (recurrence.endDate !== undefined) pattern.EndDate = new DateTime(`${recurrence.endDate}T00:00:00Z`);
  if (recurrence.numberOfOccurrences !== undefined) pattern.NumberOfOccurrences = recurrence.numberOfOccurrences;
  return pattern;
}

/** By the numbers of the enumeration DayOfWeek, which the library does not export. */
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

function patternOf(recurrence: Recurrence, start: DateTime): LibraryRecurrence {
  switch (recurrence.pattern) {
    case 'daily':
      return made(LibraryRecurrence.DailyPattern, start, recurrence.interval);
    case 'weekly': {
      const days = recurrence.daysOfWeek.map((day) => DayOfTheWeek[named(day)]);
      const weekly = made(LibraryRecurrence.WeeklyPattern, start, recurrence.interval, days);
      weekly.FirstDayOfWeek = DAYS.indexOf(recurrence.firstDayOfWeek);
      return weekly;
    }
    case 'absoluteMonthly':
      return made(LibraryRecurrence.MonthlyPattern, start, recurrence.interval, recurrence.dayOfMonth);
    case 'relativeMonthly':
      return made(LibraryRecurrence.RelativeMonthlyPattern, start, recurrence.interval, ...relative(recurrence));
    case 'absoluteYearly':
      return made(LibraryRecurrence.YearlyPattern, start, recurrence.month, recurrence.dayOfMonth);
    case 'relativeYearly':
      return made(LibraryRecurrence.RelativeYearlyPattern, start, recurrence.month, ...relative(recurrence));
  }
}

function relative({
  dayOfWeek,
  index,
}: Extract<Recurrence, { pattern: 'relativeMonthly' | 'relativeYearly' }>): readonly [DayOfTheWeek, DayOfTheWeekIndex] {
  return [DayOfTheWeek[named(dayOfWeek)], DayOfTheWeekIndex[named(index)]];
}

/** The library declares constructors without parameters. */
function made<T>(pattern: new () => T, ...parts: readonly unknown[]): T {
  return Reflect.construct(pattern, parts) as T;
}
