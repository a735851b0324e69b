import type { AppointmentInput, IAppointmentFactory } from '@appointed/core';
import { createRunner } from '@appointed/core';
import { fromIcs, listIcs, slotsFromIcs } from '@appointed/factories/from-ics';
import { factorySuite, fakeTransport } from '@appointed/testkit';
import { describe, expect, it } from 'vitest';
import { codeOf } from './code-of.js';
import { icsText } from './ics-text.js';
import { madeBy } from './made-by.js';
import { ruleOf } from './rule-of.js';

type Lines = Readonly<Record<string, string>>;

/** Friday. */
const BERLIN: Lines = {
  'DTSTART;TZID=Europe/Berlin': '20270115T090000',
  'DTEND;TZID=Europe/Berlin': '20270115T100000',
};
const UTC_DAILY: Lines = { RRULE: 'FREQ=DAILY' };
const DAYS: Lines = { 'DTSTART;VALUE=DATE': '20270115', 'DTEND;VALUE=DATE': '20270116' };

/** A calendar of a series and what takes the place of its occurrences. */
function calendar(series: Lines, ...overrides: readonly Lines[]): string {
  const text = icsText(series);
  const events = overrides.map((lines) => /BEGIN:VEVENT[^]*END:VEVENT/.exec(icsText(lines))?.[0]);
  return text.replace('END:VCALENDAR', [...events, 'END:VCALENDAR'].join('\n'));
}

/** Start and rule of each slot. */
function slotsOf(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(slotsFromIcs({ text })).map(([slot, factory]) => [slot, shown(factory)]));
}

function shown(factory: IAppointmentFactory): string {
  const { recurrence, start } = factory.getAppointment({} as never) as AppointmentInput;
  const { date, dateTime } = start as { readonly date?: string; readonly dateTime?: string };
  return [dateTime ?? date, ...(recurrence === undefined ? [] : [ruleOf(recurrence)])].join(' ');
}

/** In place of the third occurrence. */
function moved(hour: number, SEQUENCE: string): Lines {
  return { 'RECURRENCE-ID': '20270117T090000Z', SEQUENCE, DTSTART: `20270117T${hour}0000Z`, DTEND: '' };
}

/** The slots of a daily series without some days. */
function namesWithout(...days: readonly string[]): readonly string[] {
  return Object.keys(slotsOf(icsText({ ...UTC_DAILY, EXDATE: days.map((day) => `${day}T090000Z`).join(',') })));
}

describe('slotsFromIcs', () => {
  it('has a slot for each event of a file, or for the one that is meant', async () => {
    const text = calendar({}, { UID: 'two', SUMMARY: 'Other' });
    expect(Object.keys(slotsFromIcs({ text }))).toEqual(['one', 'two']);
    expect(await madeBy(slotsFromIcs({ text, uid: 'two' })['two']!)).toMatchObject({ subject: 'Other' });
    expect(await codeOf(() => slotsFromIcs({ text, uid: 'three' }))).toBe('invalid_options uid');
  });

  it('makes what fromIcs makes of an event that is one appointment', () => {
    const text = icsText({ ...BERLIN, RRULE: 'FREQ=WEEKLY;COUNT=5' });
    expect(slotsFromIcs({ text })['one']?.version).toBe(fromIcs({ text }).version);
  });

  it('splits a series where an occurrence is excluded, and keeps the phase of its interval', () => {
    const RRULE = 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;WKST=MO';
    expect(slotsOf(icsText({ ...BERLIN, RRULE, 'EXDATE;TZID=Europe/Berlin': '20270212T090000' }))).toEqual({
      one: '2027-01-15T09:00:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;WKST=MO;UNTIL=20270208T235959Z',
      'one 2027-02-22': '2027-02-22T09:00:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;WKST=MO',
    });
  });

  it('counts on, and makes single appointments of single occurrences', () => {
    const RRULE = 'FREQ=DAILY;COUNT=8';
    const EXDATE = '20270116T090000Z,20270118T090000Z,20270119T090000Z';
    expect(slotsOf(icsText({ RRULE, EXDATE }))).toEqual({
      one: '2027-01-15T09:00:00',
      'one 2027-01-17': '2027-01-17T09:00:00',
      'one 2027-01-20': '2027-01-20T09:00:00 FREQ=DAILY;INTERVAL=1;COUNT=3',
    });
  });

  it.each([
    ['of its own zone', { 'EXDATE;TZID=Europe/Berlin': '20270402T090000' }],
    ['in UTC, across a change of the clocks', { EXDATE: '20270402T070000Z' }],
    ['in another zone', { 'EXDATE;TZID=America/New_York': '20270402T030000' }],
    ['without a zone', { EXDATE: '20270402T090000' }],
    ['by its day', { 'EXDATE;VALUE=DATE': '20270402' }],
  ])('knows an excluded time %s', (_how, exdate) => {
    expect(slotsOf(icsText({ ...BERLIN, RRULE: 'FREQ=WEEKLY', ...(exdate as Lines) }))).toEqual({
      one: '2027-01-15T09:00:00 FREQ=WEEKLY;INTERVAL=1;BYDAY=FR;WKST=MO;UNTIL=20270326T235959Z',
      'one 2027-04-09': '2027-04-09T09:00:00 FREQ=WEEKLY;INTERVAL=1;BYDAY=FR;WKST=MO',
    });
  });

  it.each([
    ['days', { 'EXDATE;VALUE=DATE': '20270117' }],
    ['midnights in UTC', { EXDATE: '20270117T000000Z' }],
    ['times of that day', { 'EXDATE;TZID=Europe/Berlin': '20270117T000000' }],
  ])('splits whole days by %s', (_how, exdate) => {
    expect(slotsOf(icsText({ ...DAYS, RRULE: 'FREQ=DAILY', ...(exdate as Lines) }))).toEqual({
      one: '2027-01-15 FREQ=DAILY;INTERVAL=1;UNTIL=20270116T235959Z',
      'one 2027-01-18': '2027-01-18 FREQ=DAILY;INTERVAL=1',
    });
  });

  it('places what takes the place of an occurrence, and what takes place besides', async () => {
    const text = calendar(
      { ...UTC_DAILY, SUMMARY: 'Lesson', RDATE: '20270116T150000Z,20270117T090000Z' },
      {
        SUMMARY: 'Match',
        LOCATION: 'Court 1',
        'RECURRENCE-ID': '20270118T090000Z',
        DTSTART: '20270120T110000Z',
        DTEND: '20270120T120000Z',
      },
    );
    expect(slotsOf(text)).toEqual({
      one: '2027-01-15T09:00:00 FREQ=DAILY;INTERVAL=1;UNTIL=20270117T235959Z',
      'one 2027-01-19': '2027-01-19T09:00:00 FREQ=DAILY;INTERVAL=1',
      'one 2027-01-18': '2027-01-20T11:00:00',
      'one 2027-01-16T15:00:00': '2027-01-16T15:00:00',
    });
    expect(await madeBy(slotsFromIcs({ text })['one 2027-01-18']!)).toMatchObject({
      subject: 'Match',
      location: 'Court 1',
    });
  });

  it('leaves out an occurrence that was cancelled, and takes the newest of what is in its place', () => {
    const RRULE = 'FREQ=DAILY;COUNT=3';
    const cancelled = { 'RECURRENCE-ID': '20270116T090000Z', STATUS: 'CANCELLED' };
    expect(Object.keys(slotsOf(calendar({ RRULE }, cancelled)))).toEqual(['one', 'one 2027-01-17']);
    expect(slotsOf(calendar({ RRULE }, moved(12, '3'), moved(11, '2')))).toMatchObject({
      'one 2027-01-17': '2027-01-17T12:00:00',
    });
  });

  it('gives what is added its own length, where it has one', async () => {
    const lines = {
      ...BERLIN,
      RDATE: '',
      'RDATE;VALUE=PERIOD': '20270120T080000Z/PT3H,20270121T080000Z/20270121T083000Z',
    };
    const factories = slotsFromIcs({ text: icsText(lines) });
    const lengths = Object.values(factories).map(async (factory) => {
      const { end, start } = await madeBy(factory);
      return (end.epochMs - start.epochMs) / 60_000;
    });
    expect(await Promise.all(lengths)).toEqual([60, 180, 30]);
  });

  it('begins no series in an hour that the clock passes over: that one is an appointment of its own', async () => {
    const early = { 'DTSTART;TZID=Europe/Berlin': '20270326T023000', DTEND: '', DURATION: 'PT1H' };
    const text = icsText({ ...early, RRULE: 'FREQ=DAILY', 'EXDATE;TZID=Europe/Berlin': '20270327T023000' });
    expect(slotsOf(text)).toEqual({
      one: '2027-03-26T02:30:00',
      'one 2027-03-28': '2027-03-28T02:30:00',
      'one 2027-03-29': '2027-03-29T02:30:00 FREQ=DAILY;INTERVAL=1',
    });
    const { end, start } = await madeBy(slotsFromIcs({ text })['one 2027-03-28']!);
    expect([start.dateTime, end.dateTime]).toEqual(['2027-03-28T03:30:00', '2027-03-28T04:30:00']);
  });

  it('begins one where every occurrence is in such an hour', () => {
    const sundays = { 'DTSTART;TZID=Europe/Berlin': '20270328T023000', DTEND: '', DURATION: 'PT1H' };
    const RRULE = 'FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU';
    expect(slotsOf(icsText({ ...sundays, RRULE, 'EXDATE;VALUE=DATE': '20290325' }))).toEqual({
      one: '2027-03-28T02:30:00',
      'one 2028-03-26': '2028-03-26T02:30:00',
      'one 2030-03-31': '2030-03-31T02:30:00',
      'one 2031-03-30': '2031-03-30T02:30:00 FREQ=YEARLY;BYMONTH=3;BYDAY=SU;BYSETPOS=-1',
    });
  });

  it('knows an occurrence in such an hour by its moment', () => {
    const early = { 'DTSTART;TZID=Europe/Berlin': '20270326T023000', DTEND: '', RRULE: 'FREQ=DAILY' };
    expect(Object.keys(slotsOf(icsText({ ...early, EXDATE: '20270328T013000Z' })))).toEqual(['one', 'one 2027-03-29']);
  });

  it('keeps the name of each part whatever else is excluded', () => {
    expect(namesWithout('20270120')).toEqual(['one', 'one 2027-01-21']);
    expect(namesWithout('20270120', '20270210')).toEqual(['one', 'one 2027-01-21', 'one 2027-02-11']);
  });

  it.each([
    ['a long UID', 'x'.repeat(250)],
    ['one with control characters', 'a\tb'],
    ['none', ''],
  ])('names slots as a run takes them, with %s', async (_what, UID) => {
    const text = icsText({ ...UTC_DAILY, UID, EXDATE: '20270116T090000Z' });
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const { counts } = await runner.run({ mailboxes: ['anna@contoso.com'], factories: slotsFromIcs({ text }) });
    expect(counts).toMatchObject({ done: 2, rejected: 0 });
  });

  it('names two events of one UID apart', () => {
    expect(Object.keys(slotsFromIcs({ text: calendar({}, { SUMMARY: 'Twin' }) }))).toEqual(['one', 'one-2']);
  });

  it.each([
    [
      'a change of all that follow',
      { RRULE: 'FREQ=DAILY' },
      { 'RECURRENCE-ID;RANGE=THISANDFUTURE': '20270118T090000Z' },
      'RANGE',
    ],
    [
      'a moment, of a series without a zone',
      { DTSTART: '20270115T090000', DTEND: '', RRULE: 'FREQ=DAILY', EXDATE: '20270116T090000Z' },
      undefined,
      'EXDATE',
    ],
    ['what is a lifetime away', { RRULE: 'FREQ=DAILY', EXDATE: '20990116T090000Z' }, undefined, 'EXDATE'],
    [
      'a link of an occurrence',
      { RRULE: 'FREQ=DAILY' },
      { 'RECURRENCE-ID': '20270118T090000Z', URL: 'https://contoso.com' },
      'URL',
    ],
  ])('names %s, and places the rest where that is accepted', async (_what, series, override, named) => {
    const text = calendar(
      series as unknown as Lines,
      ...(override === undefined ? [] : [override as unknown as Lines]),
    );
    expect(() => slotsFromIcs({ text })).toThrow(`[unsupported] Lesson: no appointment can carry`);
    expect(() => slotsFromIcs({ text })).toThrow(named);
    expect(await codeOf(() => slotsFromIcs({ text, leaveOut: 'accept' }))).toBe('no error');
  });

  it('names the event that is wrong', () => {
    const text = calendar({}, { UID: 'two', SUMMARY: 'Backwards', DTEND: '20270114T100000Z' });
    expect(() => slotsFromIcs({ text })).toThrow('[end_before_start] two (Backwards): ');
    const unheard = calendar({}, { UID: 'two', 'DTSTART;TZID=Nowhere': '20270115T090000', DTEND: '' });
    expect(() => slotsFromIcs({ text: unheard })).toThrow('[unknown_time_zone] two (Lesson): ');
    const begins = icsText({ ...BERLIN, RRULE: 'FREQ=WEEKLY;BYDAY=MO', EXDATE: '20270115T080000Z' });
    expect(() => slotsFromIcs({ text: begins })).toThrow('[invalid_appointment] one (Lesson): ');
    const nothing = icsText({ RRULE: 'FREQ=DAILY;COUNT=1', EXDATE: '20270115T090000Z' });
    expect(() => slotsFromIcs({ text: nothing })).toThrow('[invalid_options] text: none of the occurrences');
  });
});

describe('fromIcs', () => {
  it('refuses what takes several appointments, and says which function makes them', async () => {
    const text = icsText({ ...UTC_DAILY, EXDATE: '20270117T090000Z' });
    expect(await codeOf(() => fromIcs({ text }))).toBe('unsupported leaveOut');
    expect(() => fromIcs({ text })).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(
          'one appointment cannot carry EXDATE (occurrences that do not take place: 2027-01-17T09:00:00)',
        ),
        hint: expect.stringContaining('slotsFromIcs'),
      }),
    );
    expect(shown(fromIcs({ text, leaveOut: 'accept' }))).toBe('2027-01-15T09:00:00 FREQ=DAILY;INTERVAL=1');
  });

  it.each([
    ['the first', '20270115T090000Z', '2027-01-16T09:00:00 FREQ=DAILY;INTERVAL=1;COUNT=3'],
    ['the last', '20270118T090000Z', '2027-01-15T09:00:00 FREQ=DAILY;INTERVAL=1;UNTIL=20270117T235959Z'],
    ['none that there is', '20270118T100000Z', '2027-01-15T09:00:00 FREQ=DAILY;INTERVAL=1;COUNT=4'],
  ])('is one shorter series where %s is excluded', (_which, EXDATE, expected) => {
    expect(shown(fromIcs({ text: icsText({ RRULE: 'FREQ=DAILY;COUNT=4', EXDATE }) }))).toBe(expected);
  });
});

describe('listIcs', () => {
  it('says into how many appointments an event is split, why, and what of its exceptions means nothing', () => {
    const series = { ...UTC_DAILY, EXDATE: '20270117T090000Z,20270117T100000Z', ATTENDEE: 'mailto:ann@contoso.com' };
    expect(listIcs({ text: icsText(series) })).toEqual([
      {
        uid: 'one',
        subject: 'Lesson',
        slots: ['one', 'one 2027-01-18'],
        isMeeting: true,
        splitBy: [{ property: 'EXDATE', why: 'occurrences that do not take place: 2027-01-17T09:00:00' }],
        leftOut: [],
        ignored: ['EXDATE', 'UID'],
      },
    ]);
  });
});

factorySuite(
  { describe, it },
  {
    name: 'a part of a series',
    make: () =>
      slotsFromIcs({ text: icsText({ ...BERLIN, RRULE: 'FREQ=DAILY', 'EXDATE;VALUE=DATE': '20270117' }) })[
        'one 2027-01-18'
      ]!,
  },
);
