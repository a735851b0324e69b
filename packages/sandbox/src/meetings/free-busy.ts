import type { CalendarItem, ShowAs } from '../calendar/item.js';
import type { MailboxCalendar } from '../calendar/mailbox-calendar.js';
import { isMessage } from '../calendar/meeting.js';
import type { Occurrence } from '../calendar/occurrence.js';
import { isSeries, occurrencesBetween, overlaid } from '../calendar/series.js';

/** A stretch of somebody's time. */
export interface BusyTime {
  readonly start: number;
  readonly end: number;
  readonly showAs: ShowAs;
  /** What it is taken up by; for an occurrence, the series with the occurrence's own content laid over it. */
  readonly item: CalendarItem;
  readonly occurrence: Occurrence | undefined;
}

/** What is in a mailbox's own calendar in a stretch of time, series by their occurrences; in order. */
export function busyTimes(calendar: MailboxCalendar, from: number, until: number): BusyTime[] {
  const times: BusyTime[] = [];
  for (const item of calendar.all()) {
    if (item.folder.wellKnown !== 'calendar' || isMessage(item)) continue;
    if (isSeries(item)) {
      for (const occurrence of occurrencesBetween(item, from, until)) {
        times.push(timeOf(overlaid(item, occurrence), occurrence));
      }
    } else if (item.start < until && item.end > from) times.push(timeOf(item, undefined));
  }
  return times.sort((a, b) => a.start - b.start || a.end - b.end);
}

function timeOf(item: CalendarItem, occurrence: Occurrence | undefined): BusyTime {
  return { start: item.start, end: item.end, showAs: item.showAs, item, occurrence };
}

/** From the least to the most that a time is taken. */
const RANKS: readonly ShowAs[] = ['Free', 'WorkingElsewhere', 'Tentative', 'Busy', 'OOF', 'NoData'];

/** What time is shown as in each interval of a stretch: what takes up most of anybody's time there. */
export function mergedTimes(times: readonly BusyTime[], from: number, until: number, intervalMs: number): ShowAs[] {
  const ranks = Array.from({ length: Math.ceil((until - from) / intervalMs) }, () => 0);
  for (const { start, end, showAs } of times) {
    const rank = RANKS.indexOf(showAs);
    const last = Math.min(ranks.length, Math.ceil((end - from) / intervalMs));
    for (let at = Math.max(0, Math.floor((start - from) / intervalMs)); at < last; at += 1) {
      ranks[at] = Math.max(ranks[at] ?? 0, rank);
    }
  }
  return ranks.map((rank) => RANKS[rank] ?? 'Free');
}
