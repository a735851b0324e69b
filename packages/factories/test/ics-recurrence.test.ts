import { createRequire } from 'node:module';
import type { AppointmentInput } from '@appointed/core';
import { fromIcs } from '@appointed/factories/from-ics';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { icsText, lost, made } from './ics-text.js';
import { ruleOf } from './rule-of.js';

// The package says that it is an ES module, and is none.
const { rrulestr } = createRequire(import.meta.url)('rrule') as typeof import('rrule');

/** Friday, the third of its month. */
const BERLIN = { 'DTSTART;TZID=Europe/Berlin': '20270115T090000', 'DTEND;TZID=Europe/Berlin': '20270115T100000' };

async function recurrence(rule: string, lines: Readonly<Record<string, string>> = BERLIN): Promise<unknown> {
  return (await made({ ...lines, RRULE: rule })).recurrence;
}

/** A part of a rule, or none. */
function part(name: string, values: fc.Arbitrary<string | number>, most = 3): fc.Arbitrary<string> {
  const list = fc.uniqueArray(values, { minLength: 1, maxLength: most });
  const said = list.map((some) => `;${name}=${some.join(',')}`);
  return fc.oneof({ weight: 2, arbitrary: fc.constant('') }, { weight: 1, arbitrary: said });
}

describe('the recurrence of an .ics file', () => {
  it.each([
    ['FREQ=DAILY;INTERVAL=3', { pattern: 'daily', interval: 3 }],
    ['FREQ=WEEKLY', { pattern: 'weekly', interval: 1, daysOfWeek: ['friday'] }],
    ['FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=FR,MO', { daysOfWeek: ['friday', 'monday'], firstDayOfWeek: 'sunday' }],
    ['FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR', { pattern: 'weekly', interval: 1 }],
    ['FREQ=MONTHLY', { pattern: 'absoluteMonthly', interval: 1, dayOfMonth: 15 }],
    ['FREQ=MONTHLY;BYMONTHDAY=15', { pattern: 'absoluteMonthly', dayOfMonth: 15 }],
    ['FREQ=MONTHLY;BYDAY=3FR', { pattern: 'relativeMonthly', index: 'third', dayOfWeek: 'friday' }],
    ['FREQ=MONTHLY;BYDAY=+3FR', { pattern: 'relativeMonthly', index: 'third', dayOfWeek: 'friday' }],
    ['FREQ=MONTHLY;BYDAY=FR;BYSETPOS=3', { pattern: 'relativeMonthly', index: 'third', dayOfWeek: 'friday' }],
    ['FREQ=YEARLY', { pattern: 'absoluteYearly', month: 1, dayOfMonth: 15 }],
    ['FREQ=YEARLY;BYMONTH=1;BYDAY=3FR', { pattern: 'relativeYearly', month: 1, index: 'third' }],
    ['FREQ=YEARLY;INTERVAL=2', { pattern: 'absoluteMonthly', interval: 24, dayOfMonth: 15 }],
    ['FREQ=YEARLY;BYMONTHDAY=15', { pattern: 'absoluteMonthly', interval: 1, dayOfMonth: 15 }],
    ['FREQ=MONTHLY;BYMONTH=1', { pattern: 'absoluteYearly', month: 1 }],
    ['FREQ=DAILY;COUNT=3', { numberOfOccurrences: 3 }],
    ['FREQ=DAILY;BYHOUR=9;BYMINUTE=0', { pattern: 'daily' }],
  ])('is what %s says', async (rule, expected) => {
    expect(await recurrence(rule)).toMatchObject(expected);
    expect(lost({ ...BERLIN, RRULE: rule })).toEqual([]);
  });

  it.each([
    ['20270129', 'FREQ=MONTHLY;BYDAY=-1FR', { index: 'last', dayOfWeek: 'friday' }],
    ['20270129', 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', { index: 'last', dayOfWeek: 'weekday' }],
    ['20270131', 'FREQ=MONTHLY;BYMONTHDAY=-1', { index: 'last', dayOfWeek: 'day' }],
    ['20270102', 'FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1', { index: 'first', dayOfWeek: 'weekendDay' }],
    ['20270101', 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=1', { index: 'first', dayOfWeek: 'day' }],
  ])('begins on %s: %s', async (date, rule, expected) => {
    expect(await recurrence(rule, { 'DTSTART;VALUE=DATE': date, DTEND: '' })).toMatchObject(expected);
  });

  it.each([
    ['UNTIL=20270120T080000Z', '2027-01-20'],
    ['UNTIL=20270120T075959Z', '2027-01-19'],
    ['UNTIL=20270119T235959Z', '2027-01-19'],
    ['UNTIL=20270120', '2027-01-20'],
    ['UNTIL=20270120T090000', '2027-01-20'],
    ['UNTIL=20270101T000000Z', '2027-01-15'],
  ])('ends with %s on %s, in the zone of the start', async (until, endDate) => {
    expect(await recurrence(`FREQ=DAILY;${until}`)).toMatchObject({ endDate });
  });

  it('ends on the day that UNTIL names for whole days, and in whatever zone for times without one', async () => {
    const days = { 'DTSTART;VALUE=DATE': '20270115', DTEND: '' };
    expect(await recurrence('FREQ=DAILY;UNTIL=20270120', days)).toMatchObject({ endDate: '2027-01-20' });
    const zone = 'TZID=Europe/Berlin';
    const marked = { [`DTSTART;${zone}`]: '20270115T000000', [`DTEND;${zone}`]: '20270116T000000' };
    const outlook = { ...marked, 'X-MICROSOFT-CDO-ALLDAYEVENT': 'TRUE' };
    expect(await recurrence('FREQ=DAILY;UNTIL=20270119T230000Z', outlook)).toMatchObject({ endDate: '2027-01-20' });
    const floating = { DTSTART: '20270115T090000', DTEND: '' };
    expect(await recurrence('FREQ=DAILY;UNTIL=20270120T090000', floating)).toMatchObject({ endDate: '2027-01-20' });
  });

  it.each([
    'FREQ=HOURLY',
    'FREQ=DAILY;BYHOUR=9,15',
    'FREQ=DAILY;BYMONTH=1',
    'FREQ=DAILY;INTERVAL=2;BYDAY=FR',
    'FREQ=WEEKLY;BYDAY=FR;BYMONTH=1,2',
    'FREQ=MONTHLY;BYDAY=FR',
    'FREQ=MONTHLY;BYDAY=5FR',
    'FREQ=MONTHLY;BYDAY=-2FR',
    'FREQ=MONTHLY;BYDAY=1FR,3FR',
    'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13',
    'FREQ=MONTHLY;BYMONTHDAY=1,15',
    'FREQ=MONTHLY;BYMONTHDAY=-2',
    'FREQ=YEARLY;BYDAY=3FR',
    'FREQ=YEARLY;BYMONTH=1,7',
    'FREQ=YEARLY;BYYEARDAY=15',
    'FREQ=YEARLY;BYWEEKNO=2',
    'FREQ=YEARLY;INTERVAL=9',
  ])('is lost where Exchange has no pattern for it: %s', async (rule) => {
    expect(lost({ ...BERLIN, RRULE: rule })).toEqual(['RRULE']);
    expect(await recurrence(rule)).toBeUndefined();
  });

  it('loses the difference between months that are left out and the last day of shorter ones', async () => {
    const lines = { 'DTSTART;VALUE=DATE': '20270131', DTEND: '', RRULE: 'FREQ=MONTHLY;BYMONTHDAY=31' };
    expect(lost(lines)).toEqual(['RRULE']);
    expect(await made(lines)).toMatchObject({ recurrence: { pattern: 'absoluteMonthly', dayOfMonth: 31 } });
  });

  it('falls on the same days, whatever the rule, or is lost', () => {
    const day = fc.constantFrom('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU');
    const ordinal = fc
      .tuple(fc.constantFrom('', '', '1', '2', '3', '4', '5', '-1', '-2'), day)
      .map((both) => both.join(''));
    const rule = fc
      .tuple(
        fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
        fc.constantFrom('', ';INTERVAL=2', ';INTERVAL=3'),
        fc.oneof(part('BYDAY', day, 7), part('BYDAY', ordinal)),
        part('BYMONTHDAY', fc.constantFrom(1, 15, 28, 29, 31, -1)),
        part('BYMONTH', fc.constantFrom(1, 2, 7), 2),
        part('BYSETPOS', fc.constantFrom(1, 2, -1), 1),
        fc.constantFrom('', ';WKST=SU', ';WKST=TH'),
      )
      .map(([freq, ...parts]) => `FREQ=${freq}${parts.join('')}`);
    const from = fc.constantFrom('20270101', '20270115', '20270129', '20270131', '20270228', '20280229', '20270703');
    let compared = 0;
    fc.assert(
      fc.property(rule, from, (text, date) => {
        // Also those that never come true, which would be looked for to the end of the calendar.
        if (lost({ 'DTSTART;VALUE=DATE': date, DTEND: '', RRULE: text }).length > 0) return;
        // A start that is none of the rule's days is left undefined by RFC 5545.
        const [start = ''] = daysOf(text, date);
        const lines = { 'DTSTART;VALUE=DATE': start, DTEND: '', RRULE: text };
        if (lost(lines).length > 0) return;
        expect(daysOf(ruleOf(appointmentOf(icsText(lines)).recurrence!), start)).toEqual(daysOf(text, start));
        compared += 1;
      }),
      { numRuns: 1000, seed: 5 },
    );
    expect(compared).toBeGreaterThan(100);
  });
});

function appointmentOf(text: string): AppointmentInput {
  return fromIcs({ text }).getAppointment({} as never) as AppointmentInput;
}

/** The first days of a rule from a day on. */
function daysOf(rule: string, start: string): readonly string[] {
  return rrulestr(`DTSTART:${start}T000000Z\nRRULE:${rule};COUNT=8`)
    .all()
    .map((date) => date.toISOString().slice(0, 10).replaceAll('-', ''));
}
