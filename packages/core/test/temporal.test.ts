import { parseAppointment } from '@appointed/core';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';

// The runtime's own, where it has one.
const RUNTIME = (globalThis as { readonly Temporal?: typeof Temporal }).Temporal;
const KINDS = [['temporal-polyfill', Temporal] as const, ...(RUNTIME ? [['the runtime', RUNTIME] as const] : [])];

describe.each(KINDS)('Temporal of %s', (_name, { ZonedDateTime, PlainDate }) => {
  it('gives moments: a ZonedDateTime is its instant, shown in its zone', () => {
    const start = ZonedDateTime.from('2027-07-01T09:00:30.9[Europe/Berlin]');
    expect(parseAppointment({ subject: 'x', start, end: start }).start).toEqual({
      epochMs: Date.UTC(2027, 6, 1, 7, 0, 30),
      dateTime: '2027-07-01T09:00:30',
      offset: '+02:00',
      zone: { iana: 'Europe/Berlin', windows: 'W. Europe Standard Time' },
    });
  });

  it('tells the second of two equal wall times from the first', () => {
    const start = ZonedDateTime.from('2027-10-31T02:30:00+02:00[Europe/Berlin]');
    const end = ZonedDateTime.from('2027-10-31T02:30:00+01:00[Europe/Berlin]');
    const parsed = parseAppointment({ subject: 'x', start, end });
    expect(parsed.end.epochMs - parsed.start.epochMs).toBe(3_600_000);
    expect([parsed.start.offset, parsed.end.offset]).toEqual(['+02:00', '+01:00']);
  });

  it('gives dates: a PlainDate is a day in the mailbox’s own zone, of any calendar', () => {
    const start = PlainDate.from('2027-12-24[u-ca=gregory]');
    const parsed = parseAppointment(
      { subject: 'x', start, end: PlainDate.from('2027-12-25') },
      { fallbackTimeZone: 'Asia/Tokyo' },
    );
    expect(parsed).toMatchObject({ isAllDay: true, start: { dateTime: '2027-12-24T00:00:00', offset: '+09:00' } });
    expect(parsed.end.dateTime).toBe('2027-12-26T00:00:00');
  });

  it('is refused where it names an offset and no zone, or no zone at all', () => {
    const start = ZonedDateTime.from('2027-07-01T09:00[+02:00]');
    expect(() => parseAppointment({ subject: 'x', start, end: start })).toThrow('[unknown_time_zone] start.timeZoneId');
    const plain = start.toPlainDateTime();
    expect(() => parseAppointment({ subject: 'x', start: plain, end: plain })).toThrow('start.dateTime is not a wall');
  });
});
