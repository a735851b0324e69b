import type ICAL from 'ical.js';
import type { IcsEventSource } from './ics-calendar.js';
import type { Lose } from './ics-loss.js';
import { propertyText, textOf } from './read-property.js';

/** What becomes a field of the appointment, or an appointment of its own. */
const CARRIED: ReadonlySet<string> = new Set([
  'attach',
  'attendee',
  'categories',
  'class',
  'description',
  'dtend',
  'dtstart',
  'duration',
  'exdate',
  'location',
  'priority',
  'rdate',
  'rrule',
  'status',
  'summary',
  'transp',
  'x-alt-desc',
  'x-microsoft-cdo-alldayevent',
  'x-microsoft-cdo-busystatus',
  'x-microsoft-cdo-importance',
  'x-microsoft-disallow-counter',
]);

/** What belongs to the item that the file was made of, and not to a new one; the owner of each mailbox is the organizer. */
const IGNORED: ReadonlySet<string> = new Set([
  'created',
  'dtstamp',
  'last-modified',
  'organizer',
  'recurrence-id',
  'request-status',
  'sequence',
  'uid',
  // Where Teams is told of changes: nobody can open it.
  'x-microsoft-schedulingserviceupdateurl',
]);

/** Links that are worth a word, unless the text says them anyway. */
const LINK = /^(?:url|conference|x-google-(?:conference|hangout)|x-microsoft-.*(?:url|link))$/;

const WHY: Readonly<Record<string, string>> = {
  exrule: 'occurrences that do not take place',
  'x-apple-travel-duration': 'the way there',
};

/** Reports what no field can carry. @returns the names of properties that are of no meaning for a new appointment */
export function leftoversOf({ calendar, event }: IcsEventSource, lose: Lose): readonly string[] {
  for (const [holder, name] of [
    [event, 'status'],
    [calendar, 'method'],
  ] as const) {
    if (/^CANCEL/i.test(textOf(holder, name))) lose(name.toUpperCase(), 'the event was cancelled');
  }
  const ignored = new Set<string>();
  for (const property of event.getAllProperties()) {
    const { name } = property;
    if (CARRIED.has(name)) continue;
    const why = lossOf(property, event);
    if (why === undefined) ignored.add(name.toUpperCase());
    else lose(name.toUpperCase(), why);
  }
  return [...ignored].toSorted();
}

/** @returns undefined where nothing is lost */
function lossOf(property: ICAL.Property, event: ICAL.Component): string | undefined {
  const { name } = property;
  const text = property.getValues().map(String).join(', ');
  if (text.trim() === '' || IGNORED.has(name)) return undefined;
  if (LINK.test(name)) return isSaid(propertyText(property), event) ? undefined : text.slice(0, 200);
  const why = WHY[name];
  if (why !== undefined) return `${why}: ${text.slice(0, 200)}`;
  return name.startsWith('x-') ? undefined : text.slice(0, 200);
}

function isSaid(link: string, event: ICAL.Component): boolean {
  return ['description', 'location', 'x-alt-desc'].some((name) => textOf(event, name).includes(link));
}
