import ICAL from 'ical.js';
import { checkTimes } from './check-times.js';
import { invalidIcs, notICalendar } from './ics-source.js';
import { IcsZones } from './ics-zones.js';
import { textOf } from './read-property.js';

/** One event of a file, with what belongs to it. */
export interface IcsEventSource {
  /** Empty where the file names none. */
  readonly uid: string;
  /** VEVENT. */
  readonly event: ICAL.Component;
  /** VEVENTs in place of single occurrences. */
  readonly overrides: readonly ICAL.Component[];
  /** VCALENDAR. */
  readonly calendar: ICAL.Component;
  /** The zones that the calendar's times name. */
  readonly zones: IcsZones;
}

/** The events of an iCalendar text, in their order. @throws AppointedError `invalid_options` */
export function eventsIn(text: string): readonly IcsEventSource[] {
  checkTimes(text);
  const calendars = calendarsIn(text);
  // Its values are encoded otherwise.
  if (calendars.some((calendar) => textOf(calendar, 'version') === '1.0')) {
    throw invalidIcs('text', 'is vCalendar 1.0, which .vcs files hold: save it as iCalendar 2.0, an .ics file');
  }
  const events = calendars.flatMap((calendar) => eventsOf(calendar));
  if (events.length === 0) throw invalidIcs('text', 'there is no VEVENT in it');
  return events;
}

function calendarsIn(text: string): readonly ICAL.Component[] {
  try {
    const parsed: unknown[] = ICAL.parse(text);
    // One is given as it is, several as a list.
    const all = (typeof parsed[0] === 'string' ? [parsed] : parsed) as unknown[][];
    return all.map((jCal) => new ICAL.Component(jCal)).filter(({ name }) => name === 'vcalendar');
  } catch (cause) {
    throw notICalendar(cause);
  }
}

function eventsOf(calendar: ICAL.Component): readonly IcsEventSource[] {
  const zones = new IcsZones(calendar);
  return [...byUid(calendar)].flatMap(([uid, events]) => {
    const masters = events.filter((event) => !event.hasProperty('recurrence-id'));
    const overrides = events.filter((event) => event.hasProperty('recurrence-id'));
    // Without its series an occurrence is an event like others.
    if (masters.length === 0) return overrides.map((event) => ({ uid, event, overrides: [], calendar, zones }));
    return masters.map((event, n) => ({ uid, event, overrides: n === 0 ? overrides : [], calendar, zones }));
  });
}

function byUid(calendar: ICAL.Component): ReadonlyMap<string, readonly ICAL.Component[]> {
  const found = new Map<string, ICAL.Component[]>();
  for (const event of calendar.getAllSubcomponents('vevent')) {
    const events = found.get(uidOf(event));
    if (events === undefined) found.set(uidOf(event), [event]);
    else events.push(event);
  }
  return found;
}

function uidOf(event: ICAL.Component): string {
  return String(event.getFirstPropertyValue('uid') ?? '');
}
