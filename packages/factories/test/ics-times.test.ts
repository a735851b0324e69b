import { fromIcs } from '@appointed/factories/from-ics';
import { describe, expect, it } from 'vitest';
import { codeOf } from './code-of.js';
import { icsText, made } from './ics-text.js';
import { madeBy } from './made-by.js';

/** A VTIMEZONE without summer time, or with that of the rules. */
function zone(tzid: string, offset: string, lines = ''): string {
  const standard = `BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:${offset}\nTZOFFSETTO:${offset}\nEND:STANDARD`;
  return `BEGIN:VTIMEZONE\nTZID:${tzid}\n${lines}${standard}\nEND:VTIMEZONE`;
}

/** Half of a VTIMEZONE with summer time, as Outlook writes it. */
function rules(name: string, from: string, to: string, rule: string): string {
  return `BEGIN:${name}\nDTSTART:16010101T020000\nTZOFFSETFROM:${from}\nTZOFFSETTO:${to}\nRRULE:FREQ=YEARLY;${rule}\nEND:${name}`;
}

describe('the times of an .ics file', () => {
  it.each([
    ['an IANA name', 'Europe/Berlin', 'Europe/Berlin'],
    ['a Windows name', 'W. Europe Standard Time', 'W. Europe Standard Time'],
    ['a quoted Windows name', '"Eastern Standard Time"', 'Eastern Standard Time'],
    ['Mozilla’s own', '/mozilla.org/20050126_1/Europe/Berlin', 'Europe/Berlin'],
    ['Evolution’s own', '/freeassociation.sourceforge.net/America/Argentina/Salta', 'America/Argentina/Salta'],
    ['Outlook’s for UTC', '"tzone://Microsoft/Utc"', 'Utc'],
  ])('are in a zone by %s', async (_kind, tzid, timeZone) => {
    const event = { [`DTSTART;TZID=${tzid}`]: '20270115T090000', [`DTEND;TZID=${tzid}`]: '20270115T100000' };
    expect(await made(event)).toMatchObject({
      start: { dateTime: '2027-01-15T09:00:00', timeZone },
      end: { dateTime: '2027-01-15T10:00:00', timeZone },
    });
  });

  it.each([
    ['that says where it is', zone('Mine', '+0100', 'X-LIC-LOCATION:Asia/Kolkata\n'), 'Asia/Kolkata'],
    ['whose rules are those of a place', zone('Mine', '+0545'), 'Asia/Katmandu'],
    ['in the middle of the ocean', zone('Mine', '-0930'), 'Pacific/Marquesas'],
  ])('are in a zone of the file %s', async (_kind, vtimezone, iana) => {
    const text = icsText({ 'DTSTART;TZID=Mine': '20270715T090000', 'DTEND;TZID=Mine': '20270715T100000' }, vtimezone);
    const { start } = await madeBy(fromIcs({ text }));
    expect(start.dateTime).toBe('2027-07-15T09:00:00');
    expect(new Intl.DateTimeFormat('en', { timeZone: iana }).resolvedOptions().timeZone).toBe(
      new Intl.DateTimeFormat('en', { timeZone: start.zone.iana }).resolvedOptions().timeZone,
    );
  });

  it('are in the zone that most places have, of those that go as the file says', async () => {
    const winter = rules('STANDARD', '-0400', '-0500', 'BYDAY=1SU;BYMONTH=11');
    const summer = rules('DAYLIGHT', '-0500', '-0400', 'BYDAY=2SU;BYMONTH=3');
    const customized = `BEGIN:VTIMEZONE\nTZID:Customized Time Zone\n${winter}\n${summer}\nEND:VTIMEZONE`;
    const lines = { 'DTSTART;TZID=Customized Time Zone': '20270315T090000', DTEND: '', RRULE: 'FREQ=DAILY' };
    expect(await made(lines, customized)).toMatchObject({ start: { timeZone: 'America/New_York' } });
  });

  it('are the moments that are meant where no zone goes like that of the file; a series there is refused', async () => {
    const event = { 'DTSTART;TZID=Mine': '20270115T090000', 'DTEND;TZID=Mine': '20270115T100000' };
    const { start, end } = await madeBy(fromIcs({ text: icsText(event, zone('Mine', '+0117')) }));
    expect([start, end]).toMatchObject([{ dateTime: '2027-01-15T07:43:00' }, { dateTime: '2027-01-15T08:43:00' }]);
    const recurring = icsText({ ...event, RRULE: 'FREQ=DAILY' }, zone('Mine', '+0117'));
    expect(await codeOf(() => fromIcs({ text: recurring }))).toBe('unknown_time_zone TZID');
  });

  it('are refused in a zone that nobody knows', async () => {
    const event = { 'DTSTART;TZID=Mine': '20270115T090000', 'DTEND;TZID=Mine': '20270115T100000' };
    expect(await codeOf(() => fromIcs({ text: icsText(event) }))).toBe('unknown_time_zone TZID');
    const mailbox = { 'DTSTART;TZID=mailbox': '20270115T090000', DTEND: '' };
    expect(await codeOf(() => fromIcs({ text: icsText(mailbox) }))).toBe('unknown_time_zone TZID');
  });

  it.each([
    ['PT1H', '20270115T090000', '2027-01-15T10:00:00'],
    ['P1DT30M', '20270115T090000', '2027-01-16T09:30:00'],
    ['P1W', '20270115T090000', '2027-01-22T09:00:00'],
    ['P1D', '20270327T090000', '2027-03-28T09:00:00'],
    ['PT24H', '20270327T090000', '2027-03-28T10:00:00'],
  ])('last %s: days of the calendar, and hours that pass', async (duration, start, dateTime) => {
    const event = { 'DTSTART;TZID=Europe/Berlin': start, DTEND: '', DURATION: duration };
    expect(await made(event)).toMatchObject({ end: { dateTime, timeZone: 'Europe/Berlin' } });
  });

  it('last as long in an hour that the clock shows twice', async () => {
    const event = { 'DTSTART;TZID=Europe/Berlin': '20271031T023000', DTEND: '', DURATION: 'PT1H' };
    const { end, start } = await madeBy(fromIcs({ text: icsText(event) }));
    expect((end.epochMs - start.epochMs) / 60_000).toBe(60);
  });

  it('may end in another zone than they begin in', async () => {
    const flight = {
      'DTSTART;TZID=Europe/Berlin': '20270115T100000',
      'DTEND;TZID=America/New_York': '20270115T130000',
    };
    const { start, end } = await madeBy(fromIcs({ text: icsText(flight) }));
    expect((end.epochMs - start.epochMs) / 3_600_000).toBe(9);
  });

  it.each([
    ['with the day after it', { 'DTSTART;VALUE=DATE': '20270115', 'DTEND;VALUE=DATE': '20270116' }, '2027-01-15'],
    ['without an end', { 'DTSTART;VALUE=DATE': '20270115', DTEND: '' }, '2027-01-15'],
    ['with its own day as the end', { 'DTSTART;VALUE=DATE': '20270115', 'DTEND;VALUE=DATE': '20270115' }, '2027-01-15'],
    ['by its length', { 'DTSTART;VALUE=DATE': '20270115', DTEND: '', DURATION: 'P3D' }, '2027-01-17'],
    ['without saying so', { DTSTART: '20270115', DTEND: '20270117' }, '2027-01-16'],
  ])('are whole days %s', async (_how, event, date) => {
    expect(await made(event)).toMatchObject({
      start: { date: '2027-01-15', timeZone: 'mailbox' },
      end: { date, timeZone: 'mailbox' },
    });
  });

  it('are whole days where Outlook marks them, in the zone of the file', async () => {
    const day = {
      'DTSTART;TZID=W. Europe Standard Time': '20270115T000000',
      'DTEND;TZID=W. Europe Standard Time': '20270117T000000',
      'X-MICROSOFT-CDO-ALLDAYEVENT': 'TRUE',
    };
    const timeZone = 'W. Europe Standard Time';
    expect(await made(day)).toMatchObject({
      start: { date: '2027-01-15', timeZone },
      end: { date: '2027-01-16', timeZone },
    });
    expect(await made({ ...day, 'X-MICROSOFT-CDO-ALLDAYEVENT': 'FALSE' })).toMatchObject({
      start: { dateTime: '2027-01-15T00:00:00' },
    });
  });

  it.each([
    ['no start', { DTSTART: '' }, 'invalid_options DTSTART'],
    ['a start that is none', { DTSTART: 'tomorrow' }, 'invalid_options DTSTART'],
    ['a day and a time', { 'DTSTART;VALUE=DATE': '20270115' }, 'invalid_options DTEND'],
    ['an end before the start', { DTEND: '20270114T090000Z' }, 'end_before_start end'],
    ['no subject', { SUMMARY: '' }, 'invalid_appointment subject'],
    ['a rule that is none', { RRULE: 'FREQ=FORTNIGHTLY' }, 'invalid_options text'],
    ['a length that is none', { DTEND: '', DURATION: 'an hour' }, 'invalid_options text'],
    ['a file that cannot be decoded', { ATTACH: 'data:text/plain,%E0%A4%A' }, 'invalid_options text'],
  ])('are refused with %s', async (_what, event, code) => {
    expect(await codeOf(() => fromIcs({ text: icsText(event) }))).toBe(code);
  });
});

describe('a time with something behind it', () => {
  it.each([
    ['an offset', { DTSTART: '20270115T090000+0100' }, 'DTSTART: 20270115T090000+0100 is no time of iCalendar'],
    ['a small z', { 'DTEND;X-A=b': '20270115T100000z' }, 'DTEND: 20270115T100000z is no time of iCalendar'],
    [
      'an offset, in a list',
      { RRULE: 'FREQ=DAILY', EXDATE: '20270116T090000Z,20270117T090000-08:00' },
      'EXDATE: 20270117T090000-08:00 is no time of iCalendar',
    ],
  ])('is refused, and not read without: %s', (_what, lines, message) => {
    expect(() => fromIcs({ text: icsText(lines as unknown as Record<string, string>) })).toThrow(message);
  });

  it('is looked for in long lines, too', () => {
    const lines = { [`DTSTART;X-A="${':'.repeat(200_000)}"`]: '20270115T090000+0100' };
    expect(() => fromIcs({ text: icsText(lines) })).toThrow('DTSTART: 20270115T090000+0100 is no time');
  });
});

describe('the source of an .ics file', () => {
  it.each([
    ['no file', { file: '/nowhere/lesson.ics' }, 'invalid_options file'],
    ['neither file nor text', {} as never, 'invalid_options file'],
    ['both', { file: 'a', text: 'b' } as never, 'invalid_options file'],
    ['no iCalendar', { text: 'Dear all,' }, 'invalid_options text'],
    ['nothing', { text: '' }, 'invalid_options text'],
    ['no event', { text: 'BEGIN:VCALENDAR\nBEGIN:VTODO\nEND:VTODO\nEND:VCALENDAR' }, 'invalid_options text'],
  ])('is refused with %s', async (_what, options, code) => {
    expect(await codeOf(() => fromIcs(options))).toBe(code);
  });

  it('may hold several calendars', async () => {
    const text = [icsText(), icsText({ UID: 'two', SUMMARY: 'Other' })].join('\n');
    expect(await madeBy(fromIcs({ text, uid: 'two' }))).toMatchObject({ subject: 'Other' });
  });

  it('may be one occurrence of a series, without the series', async () => {
    expect(await madeBy(fromIcs({ text: icsText({ 'RECURRENCE-ID': '20270115T080000Z' }) }))).toMatchObject({
      subject: 'Lesson',
    });
  });
});
