import { type AppointmentInput, inMailboxZone, parseAppointment } from '@appointed/core';
import { describe, expect, it } from 'vitest';

function spanOf(start: unknown, end: unknown, fallbackTimeZone?: string): string {
  const context = fallbackTimeZone === undefined ? {} : { fallbackTimeZone };
  const appointment = parseAppointment({ subject: 'x', start, end }, context);
  return `${text(appointment.start)} to ${text(appointment.end)}`;
}

function text({ dateTime, offset }: { readonly dateTime: string; readonly offset: string }): string {
  return dateTime + offset;
}

const BERLIN = 'Europe/Berlin';

describe('an appointment for all day', () => {
  it('goes from the beginning of its first day to the end of its last, which is that of the end', () => {
    const days = { start: { date: '2027-12-24', timeZone: BERLIN }, end: { date: '2027-12-26' } };
    expect(spanOf(days.start, days.end)).toBe('2027-12-24T00:00:00+01:00 to 2027-12-27T00:00:00+01:00');
    expect(parseAppointment({ subject: 'x', ...days })).toMatchObject({ isAllDay: true });
  });

  it('may be one day', () => {
    const day = { date: '2028-02-29', timeZone: BERLIN };
    expect(spanOf(day, day)).toBe('2028-02-29T00:00:00+01:00 to 2028-03-01T00:00:00+01:00');
  });

  it('may be longer or shorter than so many times 24 hours', () => {
    const start = { date: '2027-03-28', timeZone: BERLIN };
    expect(spanOf(start, start)).toBe('2027-03-28T00:00:00+01:00 to 2027-03-29T00:00:00+02:00');
  });

  it('begins when the day does, where the clocks skip midnight', () => {
    const start = { date: '2027-04-30', timeZone: 'Africa/Cairo' };
    expect(spanOf(start, start)).toBe('2027-04-30T01:00:00+03:00 to 2027-05-01T00:00:00+03:00');
  });

  it('has no reminder unless one is asked for', () => {
    const day = { date: '2027-12-24', timeZone: BERLIN };
    const whole: AppointmentInput = { subject: 'x', start: day, end: day };
    expect(parseAppointment(whole).reminder).toBe(false);
    const reminder = { minutesBefore: 900 };
    expect(parseAppointment({ ...whole, reminder }).reminder).toEqual(reminder);
  });

  it.each([
    [{ date: '2027-12-24', timeZone: BERLIN }, { date: '2027-12-23' }, '[end_before_start] end (2027-12-23)'],
    [{ date: '2027-12-24', timeZone: BERLIN }, new Date(), '[invalid_appointment] end is no date'],
    [new Date(), { date: '2027-12-24' }, '[invalid_appointment] end is a date'],
    [{ date: '2027-02-30', timeZone: BERLIN }, { date: '2027-03-01' }, 'start.date is not in the calendar'],
    [{ date: '24.12.2027', timeZone: BERLIN }, { date: '2027-12-24' }, 'start.date is not a date of the form'],
    [{ date: '1600-12-24', timeZone: BERLIN }, { date: '2027-12-24' }, 'start.date is outside the years'],
    [{ date: '2027-12-24', timeZone: 'Berlin' }, { date: '2027-12-24' }, '[unknown_time_zone] start.timeZone'],
    [{ date: '2027-12-24', timezone: BERLIN }, { date: '2027-12-24' }, 'start.timezone is not known'],
    [{ date: '2027-12-24', timeZone: BERLIN }, { date: '2027-12-24', timeZone: 'UTC' }, 'end.timeZone is another'],
  ])('of %j and %j is refused', (start, end, message) => {
    expect(() => spanOf(start, end)).toThrow(message);
  });
});

describe('what is meant in the mailbox’s own zone', () => {
  const holiday = { subject: 'x', start: { date: '2027-12-24' }, end: { date: '2027-12-24' } };

  it('are dates that name no zone; they need one for mailboxes that have none', () => {
    expect(() => parseAppointment(holiday)).toThrow('[unknown_time_zone] start.fallback is missing');
    expect(parseAppointment(holiday, { fallbackTimeZone: BERLIN }).start).toMatchObject({
      dateTime: '2027-12-24T00:00:00',
      offset: '+01:00',
      floating: '2027-12-24T00:00:00',
    });
  });

  it('names that zone itself, and counts before the run’s', () => {
    const start = { date: '2027-12-24', timeZone: 'mailbox', fallback: 'Asia/Tokyo' };
    expect(spanOf(start, { date: '2027-12-24' }, BERLIN)).toBe(
      '2027-12-24T00:00:00+09:00 to 2027-12-25T00:00:00+09:00',
    );
  });

  it('is the same wall time in the zone that the mailbox has, or in the fallback', () => {
    const timed = {
      subject: 'x',
      start: { dateTime: '2027-07-01T09:00', timeZone: 'mailbox', fallback: BERLIN },
      end: { dateTime: '2027-07-01T10:00', timeZone: 'mailbox' },
    };
    const parsed = parseAppointment(timed);
    const there = inMailboxZone(parsed, 'Eastern Standard Time');
    expect([text(there.start), text(there.end)]).toEqual(['2027-07-01T09:00:00-04:00', '2027-07-01T10:00:00-04:00']);
    expect(there.start).not.toHaveProperty('floating');
    expect(text(inMailboxZone(parsed, undefined).start)).toBe('2027-07-01T09:00:00+02:00');
    expect(text(inMailboxZone(parseAppointment(holiday, { fallbackTimeZone: BERLIN }), 'Asia/Tokyo').end)).toBe(
      '2027-12-25T00:00:00+09:00',
    );
  });

  it('keeps the wall time that only the clocks of the fallback zone skip', () => {
    const start = { dateTime: '2027-03-28T02:30', timeZone: 'mailbox', fallback: BERLIN };
    const parsed = parseAppointment({ subject: 'x', start, end: { ...start, dateTime: '2027-03-28T05:00' } });
    expect(text(parsed.start)).toBe('2027-03-28T03:30:00+02:00');
    expect(text(inMailboxZone(parsed, 'Asia/Tokyo').start)).toBe('2027-03-28T02:30:00+09:00');
  });

  it('is refused where the start is moved behind the end by a change of the clocks', () => {
    const start = { dateTime: '2027-03-28T02:30', timeZone: 'mailbox', fallback: 'UTC' };
    const parsed = parseAppointment({ subject: 'x', start, end: { ...start, dateTime: '2027-03-28T03:00' } });
    expect(() => inMailboxZone(parsed, BERLIN)).toThrow('[end_before_start]');
  });

  it('is not the start alone', () => {
    const start = { dateTime: '2027-03-28T02:30', timeZone: 'mailbox', fallback: BERLIN };
    expect(() => spanOf(start, new Date())).toThrow('[invalid_appointment] end and start must both');
    expect(() => spanOf(start, { dateTime: '2027-03-28T02:30', timeZone: BERLIN })).toThrow('must both');
  });

  it('leaves others as they are', () => {
    const fixed = parseAppointment({ subject: 'x', start: new Date(0), end: new Date(0) });
    expect(inMailboxZone(fixed, BERLIN)).toBe(fixed);
  });
});
