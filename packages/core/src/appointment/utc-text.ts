import { dateText, type DayNumber } from './calendar-date.js';

const DAY_MS = 86_400_000;

/** The day that was written last: appointments of a run are on the same few. */
let lastDay: DayNumber | undefined;
let lastDate = '';

/** What clocks show in UTC: `2027-01-15T09:00:00`. Of its own, since a Date takes ten times as long to write that. */
export function utcText(epochMs: number): string {
  const day = Math.floor(epochMs / DAY_MS);
  if (day !== lastDay) {
    lastDay = day;
    lastDate = dateText(day);
  }
  const seconds = Math.floor((epochMs - day * DAY_MS) / 1000);
  const minutes = Math.floor(seconds / 60);
  return `${lastDate}T${PAIRS[Math.floor(minutes / 60)]}:${PAIRS[minutes % 60]}:${PAIRS[seconds % 60]}`;
}

/** `00` to `59`. */
const PAIRS: readonly string[] = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));
