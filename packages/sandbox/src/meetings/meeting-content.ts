import { unanswered } from '../calendar/answers.js';
import type { CalendarItem, ShowAs } from '../calendar/item.js';
import type { Draft } from '../calendar/mailbox-calendar.js';
import type { OccurrenceContent } from '../calendar/series.js';

/**
 * What of a meeting travels to those invited. Categories are the organizer's own. Custom properties stay behind too:
 * iTIP carries those that Outlook knows, and nobody else's.
 */
export function sharedContent(item: CalendarItem): Draft {
  return {
    subject: item.subject,
    body: item.body,
    location: item.location,
    start: item.start,
    end: item.end,
    startZone: item.startZone,
    endZone: item.endZone,
    isAllDay: item.isAllDay,
    sensitivity: item.sensitivity,
    importance: item.importance,
    recurrence: item.recurrence,
    isResponseRequested: item.isResponseRequested,
    allowNewTimeProposal: item.allowNewTimeProposal,
    uid: item.uid,
    culture: item.culture,
    others: meetingsOwn(item.others),
    hasReminder: item.hasReminder,
    reminderMinutes: item.reminderMinutes,
    ...unanswered(item),
  };
}

const PEOPLE = ['requiredAttendees', 'optionalAttendees', 'resources'] as const;

/** What travels of the occurrences that differ: as with the series, nothing of the organizer's own, and no answers. */
export function sharedExceptions({ exceptions }: CalendarItem): CalendarItem['exceptions'] {
  if (exceptions === undefined) return undefined;
  return new Map([...exceptions].map(([day, own]) => [day, own === 'deleted' ? own : sharedOccurrence(own)]));
}

function sharedOccurrence(own: OccurrenceContent): OccurrenceContent {
  const { categories: _categories, properties: _properties, myResponse: _myResponse, showAs, ...content } = own;
  const nobodyAnswered = unanswered(own);
  for (const list of PEOPLE) if (list in own) content[list] = nobodyAnswered[list];
  if ('others' in own) content.others = meetingsOwn(own.others);
  // Any other time of it is shown as that of the series, which depends on the answer.
  return showAs === 'Free' ? { ...content, showAs } : content;
}

/** Of the values that mean nothing to the calendar, those that belong to the meeting and not to the one item. */
function meetingsOwn(others: CalendarItem['others']): CalendarItem['others'] {
  const own = [...(others ?? [])].filter(([uri]) => uri.startsWith('calendar:'));
  return own.length > 0 ? new Map(own) : undefined;
}

/** How the time of a meeting is shown until somebody has accepted it: a free one stays free. */
export function shownUntilAnswered(intended: ShowAs): ShowAs {
  return intended === 'Free' ? 'Free' : 'Tentative';
}

const SIGNIFICANT = ['start', 'end', 'isAllDay', 'recurrence'] as const;
const SHARED = [
  ...SIGNIFICANT,
  ...(['subject', 'body', 'location', 'startZone', 'endZone', 'showAs', 'sensitivity', 'importance'] as const),
  ...(['isResponseRequested', 'allowNewTimeProposal', 'others'] as const),
];

/** Whether another time makes it another meeting, so that earlier answers count no longer. */
export function isSignificant(before: CalendarItem, after: CalendarItem): boolean {
  return SIGNIFICANT.some((field) => differs(before, after, field));
}

/** Whether anything changed that those invited see, who is invited apart. */
export function concernsEverybody(before: CalendarItem, after: CalendarItem): boolean {
  return SHARED.some((field) => differs(before, after, field));
}

function differs(before: CalendarItem, after: CalendarItem, field: (typeof SHARED)[number]): boolean {
  const [old, now] = [before[field], after[field]];
  if (old === now) return false;
  if (old instanceof Map || now instanceof Map) return String([...entries(old)]) !== String([...entries(now)]);
  // Zones are compared by name, since one that was described by its rules is made anew each time.
  if (field === 'startZone' || field === 'endZone') return before[field].id !== after[field].id;
  return JSON.stringify(old) !== JSON.stringify(now);
}

function entries(map: unknown): Iterable<unknown> {
  return map instanceof Map ? map : [];
}
