import { Calendar, type EventInput } from '@fullcalendar/core';
import english from '@fullcalendar/core/locales/en-gb';
import dayGrid from '@fullcalendar/daygrid';
import list from '@fullcalendar/list';
import timeGrid from '@fullcalendar/timegrid';
import type { Entry } from '../../src/page/page-state.js';
import type { View } from '../state/route.js';
import { longDate, longTime, now, shownZone, wallTime } from '../state/times.js';

/** What is shown, as wall times of a UTC that pretends to be local. */
export interface Period {
  readonly from: number;
  readonly until: number;
  readonly title: string;
}

interface Listeners {
  readonly onItem: (entry: Entry) => void;
  readonly onDay: (date: string) => void;
  readonly onPeriod: (period: Period) => void;
}

const VIEW_NAMES: Readonly<Record<View, string>> = {
  day: 'timeGridDay',
  week: 'timeGridWeek',
  month: 'dayGridMonth',
  list: 'listMonth',
};

const TIME = { hour: '2-digit', minute: '2-digit', hour12: false } as const;

/**
 * FullCalendar, as the page uses it. It is given wall times and told that they are UTC: the sandbox knows time zones,
 * the calendar need not.
 */
export class CalendarGrid {
  private readonly calendar: Calendar;
  private readonly entries = new Map<string, Entry>();
  /** What is drawn, by key, as text to compare with. */
  private readonly drawn = new Map<string, string>();

  constructor(host: HTMLElement, { onItem, onDay, onPeriod }: Listeners) {
    this.calendar = new Calendar(host, {
      plugins: [dayGrid, timeGrid, list],
      locale: english,
      timeZone: 'UTC',
      now: () => wallTime(now(), shownZone()),
      nowIndicator: true,
      headerToolbar: false,
      height: '100%',
      scrollTime: '07:30:00',
      slotLabelFormat: TIME,
      eventTimeFormat: TIME,
      // A grid shows by itself when something ends; a list does not.
      displayEventEnd: false,
      slotEventOverlap: false,
      eventMinHeight: 21,
      dayMaxEvents: true,
      views: {
        timeGridWeek: { dayHeaderFormat: { weekday: 'short', day: 'numeric' } },
        listMonth: { displayEventEnd: true },
      },
      navLinks: true,
      eventInteractive: true,
      noEventsText: 'Nothing in this month.',
      moreLinkContent: ({ num }) => `+${num}`,
      moreLinkClick: ({ date }) => onDay(date.toISOString().slice(0, 10)),
      navLinkDayClick: (date) => onDay(date.toISOString().slice(0, 10)),
      eventClick: ({ event }) => {
        const entry = this.entries.get(event.id);
        if (entry !== undefined) onItem(entry);
      },
      eventDidMount: ({ el, event }) => describe(el, this.entries.get(event.id), shownZone()),
      datesSet: ({ start, end, view }) => {
        onPeriod({ from: start.getTime(), until: end.getTime(), title: view.title });
        makeScrollable(host);
        takeRolesOff(host);
      },
    });
    this.calendar.render();
  }

  goTo(view: View, date: string): void {
    this.calendar.changeView(VIEW_NAMES[view], date);
  }

  /** Draws what is new or differs, takes away what is gone, and leaves the rest, which may have the focus. */
  show(entries: readonly Entry[], zone: string): void {
    const wanted = new Map(entries.map((entry) => [`${entry.id} ${entry.start}`, entry]));
    this.calendar.batchRendering(() => {
      for (const [key, text] of this.drawn) {
        const entry = wanted.get(key);
        if (entry !== undefined && textOf(entry, zone) === text) continue;
        this.calendar.getEventById(key)?.remove();
        this.drawn.delete(key);
        this.entries.delete(key);
      }
      for (const [key, entry] of wanted) {
        if (this.drawn.has(key)) continue;
        this.entries.set(key, entry);
        this.drawn.set(key, textOf(entry, zone));
        this.calendar.addEvent(eventOf(key, entry, zone));
      }
    });
  }

  destroy(): void {
    this.calendar.destroy();
  }
}

function textOf(entry: Entry, zone: string): string {
  return JSON.stringify([entry, zone]);
}

function eventOf(id: string, entry: Entry, zone: string): EventInput {
  const { days, subject, isCancelled, isMeeting, showAs } = entry;
  const times =
    days === undefined
      ? { start: wallTime(entry.start, zone), end: wallTime(entry.end, zone) }
      : { start: days.first, end: days.after, allDay: true };
  const classNames = ['item', `shows-${showAs.toLowerCase()}`];
  if (isCancelled) classNames.push('is-cancelled');
  if (isMeeting) classNames.push('is-meeting');
  return { id, title: subject === '' ? '(no subject)' : subject, classNames, ...times };
}

/** Says of an item what its place in the grid and its colours say. */
function describe(element: HTMLElement, entry: Entry | undefined, zone: string): void {
  if (entry === undefined) return;
  const { days, isCancelled, isMeeting, isSeries, showAs, location } = entry;
  const subject = entry.subject === '' ? '(no subject)' : entry.subject;
  const words = [
    days === undefined ? `${wallTime(entry.start, zone).slice(11, 16)} ${subject}` : subject,
    days === undefined ? longTime(entry.start, zone).replace(/, \S+$/, '') : 'all day',
    days === undefined
      ? `until ${longTime(entry.end, zone)}`
      : `from ${longDate(days.first)} until before ${longDate(days.after)}`,
    location,
    isMeeting ? 'meeting' : '',
    isSeries ? 'of a series' : '',
    isCancelled ? 'cancelled' : '',
    showAs === 'Busy' ? '' : `shown as ${showAs}`,
  ];
  element.title = words.filter((word) => word !== '').join(', ');
  element.ariaLabel = element.title;
}

const TABLE_ROLES = '[role=grid], [role^=row], [role$=header], [role=gridcell]';

/** The component gives the roles of a table to what makes none. Items say their dates themselves, one after another. */
function takeRolesOff(host: HTMLElement): void {
  for (const element of host.querySelectorAll(TABLE_ROLES)) {
    element.role = 'none';
    element.removeAttribute('aria-labelledby');
  }
}

/** What scrolls can be scrolled by keys, even where there is nothing in it that takes the focus. */
function makeScrollable(host: HTMLElement): void {
  for (const scroller of host.querySelectorAll<HTMLElement>('.fc-scroller')) {
    if (!['auto', 'scroll'].includes(getComputedStyle(scroller).overflowY)) continue;
    scroller.tabIndex = 0;
    scroller.role = 'group';
    scroller.ariaLabel = 'Hours';
  }
}
