import { createRequire } from 'node:module';
import type { AppointmentInput, IAppointmentFactory, WallTimeInput } from '@appointed/core';
import { slotsFromIcs } from '@appointed/factories/from-ics';
import * as fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { icsText } from './ics-text.js';
import { ruleOf } from './rule-of.js';

// The package says that it is an ES module, and is none.
const { rrulestr } = createRequire(import.meta.url)('rrule') as typeof import('rrule');

const LOOKED_AT = 40; // occurrences
const COMPARED = 35; // as some may be there twice
const day = fc.constantFrom('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU');
const days = fc.uniqueArray(day, { minLength: 1, maxLength: 3 }).map((some) => some.join(','));
const every = fc.constantFrom(1, 2, 3, 5);
const rule = fc.oneof(
  every.map((interval) => `FREQ=DAILY;INTERVAL=${interval}`),
  fc.tuple(every, days, day).map(([interval, on, wkst]) => `FREQ=WEEKLY;INTERVAL=${interval};BYDAY=${on};WKST=${wkst}`),
  fc.tuple(every, fc.constantFrom(1, 15, 28, -1)).map(([n, on]) => `FREQ=MONTHLY;INTERVAL=${n};BYMONTHDAY=${on}`),
  fc
    .tuple(every, fc.constantFrom(1, 2, 4, -1), day)
    .map(([n, nth, on]) => `FREQ=MONTHLY;INTERVAL=${n};BYDAY=${nth}${on}`),
  fc
    .tuple(fc.constantFrom(1, 3, 10), fc.constantFrom(1, -1), day)
    .map(([m, n, on]) => `FREQ=YEARLY;BYMONTH=${m};BYDAY=${n}${on}`),
);
const end = fc.oneof(
  fc.constant({}),
  fc.integer({ min: 2, max: 30 }).map((count) => ({ count })),
  fc.integer({ min: 1, max: 29 }).map((until) => ({ until })),
);
/** Which of the first occurrences are excluded, and how many hours after which of them another one is added. */
const exceptions = fc.record({
  excluded: fc.uniqueArray(fc.nat({ max: 32 }), { maxLength: 12 }),
  added: fc.uniqueArray(fc.tuple(fc.nat({ max: 25 }), fc.constantFrom(0, 2, 30)), { maxLength: 2 }),
});

/** Wall times of an event by the library's own iterator, which knows exclusions and additions. */
function reference(text: string): readonly string[] {
  const component = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent')!;
  const expansion = new ICAL.Event(component).iterator();
  const times = Array.from({ length: LOOKED_AT }, () =>
    (expansion.next() as ICAL.Time | null)?.toString().slice(0, 19),
  );
  return [...new Set(times.filter((time) => time !== undefined))].slice(0, COMPARED);
}

/** Wall times of the appointments that it becomes, by another library. */
function placed(factories: readonly IAppointmentFactory[]): readonly string[] {
  const times = factories.flatMap((factory) => {
    const { recurrence, start } = factory.getAppointment({} as never) as AppointmentInput;
    const { dateTime } = start as WallTimeInput;
    return recurrence === undefined ? [dateTime] : expanded(ruleOf(recurrence), dateTime);
  });
  return times.toSorted().slice(0, COMPARED);
}

function expanded(text: string, from: string): readonly string[] {
  const rule = rrulestr(`DTSTART:${compact(from)}Z\nRRULE:${text}`);
  return rule.all((_date, n) => n < LOOKED_AT).map((date) => date.toISOString().slice(0, 19));
}

function compact(wallTime: string): string {
  return wallTime.replaceAll(/[-:]/g, '');
}

function hoursLater(wallTime: string, hours: number): string {
  return new Date(Date.parse(`${wallTime}Z`) + hours * 3_600_000).toISOString().slice(0, 19);
}

describe('the appointments of a series with exclusions and additions', () => {
  it('are on the days and times on which the series is', () => {
    let split = 0;
    const some = fc.record({ rule, end, exceptions, from: fc.nat({ max: 364 }) });
    fc.assert(
      fc.property(some, ({ rule, end, exceptions: { added, excluded }, from }) => {
        const [start = ''] = expanded(rule, hoursLater('2027-01-01T09:00:00', from * 24));
        const all = expanded(rule, start);
        const range =
          'count' in end ? `;COUNT=${end.count}` : 'until' in end ? `;UNTIL=${compact(all[end.until]!)}Z` : '';
        // The library excludes what is there twice only once; RFC 5545 says that it does not take place.
        const meant = added.filter(([n, hours]) => hours > 0 || !excluded.includes(n));
        const texts = {
          EXDATE: excluded.map((n) => `${compact(all[n]!)}Z`).join(','),
          RDATE: meant.map(([n, hours]) => `${compact(hoursLater(all[n]!, hours))}Z`).join(','),
        };
        const lines = { DTSTART: `${compact(start)}Z`, DTEND: '', RRULE: `${rule}${range}`, ...texts };
        const expected = reference(icsText(lines));
        fc.pre(expected.length > 0);
        const factories = Object.values(slotsFromIcs({ text: icsText(lines) }));
        expect(placed(factories)).toEqual(expected);
        split += factories.length > 1 ? 1 : 0;
      }),
      { numRuns: 60, seed: 7 },
    );
    expect(split).toBeGreaterThan(35);
  });
});
