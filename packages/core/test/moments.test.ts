import { type Moment, type MomentInput, parseAppointment } from '@appointed/core';
import { afterEach, describe, expect, it } from 'vitest';

function momentOf(start: MomentInput): Moment {
  return parseAppointment({ subject: 'x', start, end: new Date('4500-01-01T00:00:00Z') }).start;
}

function shown(dateTime: string, timeZone: string): string {
  const moment = momentOf({ dateTime, timeZone });
  return `${moment.dateTime}${moment.offset} = ${new Date(moment.epochMs).toISOString()}`;
}

describe('a moment', () => {
  it('given as a Date is shown in UTC', () => {
    expect(momentOf(new Date('2027-07-15T09:00:00Z'))).toEqual({
      epochMs: Date.UTC(2027, 6, 15, 9),
      dateTime: '2027-07-15T09:00:00',
      offset: 'Z',
      zone: { iana: 'Etc/UTC', windows: 'UTC' },
    });
  });

  it.each([
    ['Europe/Berlin', '2027-01-15T09:00:00+01:00 = 2027-01-15T08:00:00.000Z', 'W. Europe Standard Time'],
    ['W. Europe Standard Time', '2027-01-15T09:00:00+01:00 = 2027-01-15T08:00:00.000Z', 'W. Europe Standard Time'],
    ['Eastern Standard Time', '2027-01-15T09:00:00-05:00 = 2027-01-15T14:00:00.000Z', 'Eastern Standard Time'],
    ['Asia/Kolkata', '2027-01-15T09:00:00+05:30 = 2027-01-15T03:30:00.000Z', 'India Standard Time'],
    ['Asia/Calcutta', '2027-01-15T09:00:00+05:30 = 2027-01-15T03:30:00.000Z', 'India Standard Time'],
    ['Pacific/Apia', '2027-01-15T09:00:00+13:00 = 2027-01-14T20:00:00.000Z', 'Samoa Standard Time'],
    ['US/Pacific', '2027-01-15T09:00:00-08:00 = 2027-01-15T17:00:00.000Z', 'Pacific Standard Time'],
    ['UTC', '2027-01-15T09:00:00Z = 2027-01-15T09:00:00.000Z', 'UTC'],
    ['Etc/UTC', '2027-01-15T09:00:00Z = 2027-01-15T09:00:00.000Z', 'UTC'],
  ])('in the zone %s is %s', (timeZone, expected, windows) => {
    expect(shown('2027-01-15T09:00', timeZone)).toBe(expected);
    expect(momentOf({ dateTime: '2027-01-15T09:00', timeZone }).zone.windows).toBe(windows);
  });

  it('that a change to daylight saving skips is moved on by the length of the gap (RFC 5545, 3.3.5)', () => {
    expect(shown('2027-03-14T02:30:00', 'America/New_York')).toBe(
      '2027-03-14T03:30:00-04:00 = 2027-03-14T07:30:00.000Z',
    );
    expect(shown('2027-03-28T02:00:00', 'Europe/Berlin')).toBe('2027-03-28T03:00:00+02:00 = 2027-03-28T01:00:00.000Z');
    expect(shown('2027-10-03T02:15:00', 'Australia/Lord_Howe')).toBe(
      '2027-10-03T02:45:00+11:00 = 2027-10-02T15:45:00.000Z',
    );
  });

  it('that occurs twice is the first of the two (RFC 5545, 3.3.5)', () => {
    expect(shown('2027-11-07T01:30:00', 'America/New_York')).toBe(
      '2027-11-07T01:30:00-04:00 = 2027-11-07T05:30:00.000Z',
    );
    expect(shown('2027-10-31T02:30:00', 'Europe/Berlin')).toBe('2027-10-31T02:30:00+02:00 = 2027-10-31T00:30:00.000Z');
  });

  it('on a day that a zone left out is moved on by that day', () => {
    expect(shown('2011-12-30T12:00:00', 'Pacific/Apia')).toBe('2011-12-31T12:00:00+14:00 = 2011-12-30T22:00:00.000Z');
  });

  it('loses its fraction of a second', () => {
    expect(momentOf(new Date('2027-01-15T09:00:00.999Z')).epochMs).toBe(Date.UTC(2027, 0, 15, 9));
    expect(momentOf(new Date(-1)).dateTime).toBe('1969-12-31T23:59:59');
    const moment = momentOf({ dateTime: '2027-01-15T09:00:00.9999999', timeZone: 'Europe/Berlin' });
    expect(moment).toMatchObject({ epochMs: Date.UTC(2027, 0, 15, 8), dateTime: '2027-01-15T09:00:00' });
  });

  it.each([new Date(Date.UTC(10_000, 0)), new Date(-62_167_219_200_001)])(
    'outside the years 1601 to 4500 is refused (%j)',
    (date) => {
      expect(() => momentOf(date)).toThrow('[invalid_appointment] start is outside the years 1601 to 4500');
    },
  );

  it('may be on 29 February', () => {
    expect(shown('2028-02-29T09:00', 'Asia/Tokyo')).toBe('2028-02-29T09:00:00+09:00 = 2028-02-29T00:00:00.000Z');
  });

  it.each(['', 'Berlin', '+01:00', 'Europe/Berlin ', 'CET+1', '__proto__', 'constructor'])(
    'in the zone %j is refused',
    (timeZone) => {
      expect(() => momentOf({ dateTime: '2027-01-15T09:00', timeZone })).toThrow('[unknown_time_zone]');
    },
  );
});

describe('in whatever zone the process runs', () => {
  const processZone = process.env['TZ'];
  afterEach(() => {
    // Assigning undefined would set the zone "undefined".
    if (processZone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = processZone;
  });

  it.each([
    ['UTC', 0],
    ['America/New_York', 300],
    ['Asia/Kolkata', -330],
    ['Pacific/Apia', -780],
  ])('%s: a moment is the same', (zone, minutesBehind) => {
    process.env['TZ'] = zone;
    expect(new Date('2027-01-15T09:00:00Z').getTimezoneOffset()).toBe(minutesBehind);
    // Seconds that differ by zone, so that no result comes from an earlier test.
    const second = String(10 + Math.abs(minutesBehind / 30)).padStart(2, '0');
    expect(momentOf(new Date(`2027-01-15T09:00:${second}Z`)).dateTime).toBe(`2027-01-15T09:00:${second}`);
    expect(shown(`2027-01-15T09:00:${second}`, 'Europe/Berlin')).toBe(
      `2027-01-15T09:00:${second}+01:00 = 2027-01-15T08:00:${second}.000Z`,
    );
    expect(shown(`2027-03-14T02:30:${second}`, 'America/New_York')).toBe(
      `2027-03-14T03:30:${second}-04:00 = 2027-03-14T07:30:${second}.000Z`,
    );
  });
});
