import { slotsFromIcs } from '@appointed/factories/from-ics';
import { describe, expect, it } from 'vitest';
import { icsText } from './ics-text.js';

const DAY_MS = 86_400_000;

/** So many days, as EXDATE lists them. */
function days(count: number): string {
  const all = Array.from({ length: count }, (_, n) => new Date(Date.UTC(2027, 0, 16) + n * DAY_MS).toISOString());
  return all.map((day) => `${day.slice(0, 10).replaceAll('-', '')}T090000Z`).join(',');
}

function zone(freq: string): string {
  const observance = `DTSTART:16010101T000000\nRRULE:FREQ=${freq}\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100`;
  return `BEGIN:VTIMEZONE\nTZID:Own\nBEGIN:STANDARD\n${observance}\nEND:STANDARD\nEND:VTIMEZONE`;
}

describe('an iCalendar file that would take for ever', () => {
  it('is refused where more occurrences are taken out of a series than anybody lists', () => {
    const series = { RRULE: 'FREQ=DAILY' };
    expect(Object.keys(slotsFromIcs({ text: icsText({ ...series, EXDATE: days(1000) }) }))).toHaveLength(2);
    expect(() => slotsFromIcs({ text: icsText({ ...series, EXDATE: days(50_000) }) })).toThrow(
      '[invalid_options] one (Lesson): text: 50000 occurrences are taken out, moved or added by EXDATE, RDATE and ' +
        'RECURRENCE-ID: at most 1000 of one series',
    );
  });

  it('is refused where the clocks of its zone change all the time', () => {
    const lines = { 'DTSTART;TZID=Own': '20270115T090000', 'DTEND;TZID=Own': '20270115T100000' };
    expect(Object.keys(slotsFromIcs({ text: icsText(lines, zone('YEARLY')) }))).toEqual(['one']);
    expect(() => slotsFromIcs({ text: icsText(lines, zone('SECONDLY')) })).toThrow(
      '[unknown_time_zone] one (Lesson): TZID "Own": its clocks change more often than once a month',
    );
  });

  it('is refused in few words, however long its lines are', () => {
    const broken = icsText({ [`X-OPEN;NAME="${'x'.repeat(100_000)}`]: 'x' });
    expect(() => slotsFromIcs({ text: broken })).toThrow(/^\[invalid_options\] text: is not iCalendar: .{200}$/);
  });
});
