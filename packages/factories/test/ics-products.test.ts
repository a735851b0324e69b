import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fromIcs, type FromIcsOptions, listIcs, slotsFromIcs } from '@appointed/factories/from-ics';
import { factorySuite, previewAppointment } from '@appointed/testkit';
import { describe, expect, it } from 'vitest';
import { icsText } from './ics-text.js';

function sample(name: string): URL {
  return new URL(`ics/${name}.ics`, import.meta.url);
}

async function shown(options: FromIcsOptions): Promise<readonly string[]> {
  const [, ...lines] = (await previewAppointment(fromIcs(options), 'anna@contoso.com')).split('\n');
  return lines.map((line) => line.trim());
}

describe('fromIcs, with a file as Outlook writes it,', () => {
  it('reads a meeting: people, room, HTML, how it is shown, a zone of Windows', async () => {
    expect(await shown({ file: sample('outlook-meeting') })).toEqual([
      'subject: Quarterly review',
      'start: 2027-03-29T09:30:00+02:00 (Europe/Berlin)',
      'end: 2027-03-29T10:30:00+02:00 (Europe/Berlin)',
      'location: Room 12, second floor; Munich',
      'requiredAttendees: Doe, Jane <jane@contoso.com>',
      'optionalAttendees: ben@contoso.com',
      'resources: Room 12 (8 seats) <room-12@contoso.com>',
      'responseRequested: yes',
      'newTimeProposalsAllowed: yes',
      'reminder: 15 minutes before',
      'showAs: oof',
      'sensitivity: private',
      'importance: high',
      'categories: Sales, Quarter, fourth',
      'body: (html) <html><body><p>Agenda:</p>',
      '<ol><li>Numbers; what they mean</li><li>Next steps, who does what</li></ol></body></html>',
    ]);
  });

  it('reads a series in a zone that is named by its cities', async () => {
    expect(await shown({ file: sample('outlook-series') })).toEqual([
      'subject: Budget round',
      'start: 2027-01-12T16:00:00+01:00 (Europe/Amsterdam)',
      'end: 2027-01-12T16:45:00+01:00 (Europe/Amsterdam)',
      'recurrence: relativeMonthly, interval 2, index second, dayOfWeek tuesday, numberOfOccurrences 6',
      'reminder: none',
      'showAs: tentative',
      'sensitivity: normal',
    ]);
  });
});

describe('fromIcs, with a file as Google writes it,', () => {
  it('reads a series, and names what it cannot carry', async () => {
    const file = sample('google-series');
    expect(() => fromIcs({ file })).toThrow(
      '[unsupported] Stand-up: one appointment cannot carry VALARM (an alarm by email), ' +
        'RECURRENCE-ID (another appointment in place of the occurrence of 2027-02-11T09:30:00), ' +
        'EXDATE (occurrences that do not take place: 2027-01-25T09:30:00)',
    );
    expect(await shown({ file, leaveOut: 'accept' })).toEqual([
      'subject: Stand-up',
      'start: 2027-01-11T09:30:00+01:00 (Europe/Berlin)',
      'end: 2027-01-11T10:00:00+01:00 (Europe/Berlin)',
      'recurrence: weekly, interval 2, daysOfWeek monday thursday, firstDayOfWeek sunday, endDate 2027-06-28',
      'requiredAttendees: Jane Doe <jane@contoso.com>',
      'reminder: 10 minutes before',
      'showAs: busy',
      'body: (text) Join with Google Meet: https://meet.google.com/abc-defg-hij',
    ]);
  });

  it('reads the same series as what it takes: parts between the occurrences that are no more, and what is in their place', async () => {
    const file = sample('google-series');
    const parts = Object.entries(slotsFromIcs({ file, leaveOut: 'accept' })).map(async ([slot, factory]) => {
      const shown = (await previewAppointment(factory, 'anna@contoso.com')).split('\n').map((line) => line.trim());
      return [slot, ...shown.filter((line) => /^(subject|start|recurrence|requiredAttendees):/.test(line))];
    });
    const weekly = 'recurrence: weekly, interval 2, daysOfWeek monday thursday, firstDayOfWeek sunday';
    const jane = 'requiredAttendees: Jane Doe <jane@contoso.com>';
    const series = 'subject: Stand-up';
    expect(await Promise.all(parts)).toEqual([
      [
        '3k2j1h0g@google.com',
        series,
        'start: 2027-01-11T09:30:00+01:00 (Europe/Berlin)',
        `${weekly}, endDate 2027-01-14`,
        jane,
      ],
      [
        '3k2j1h0g@google.com 2027-01-28',
        series,
        'start: 2027-01-28T09:30:00+01:00 (Europe/Berlin)',
        `${weekly}, endDate 2027-02-08`,
        jane,
      ],
      [
        '3k2j1h0g@google.com 2027-02-22',
        series,
        'start: 2027-02-22T09:30:00+01:00 (Europe/Berlin)',
        `${weekly}, endDate 2027-06-28`,
        jane,
      ],
      ['3k2j1h0g@google.com 2027-02-11', `${series}, later today`, 'start: 2027-02-11T11:00:00+01:00 (Europe/Berlin)'],
    ]);
  });

  it('reads one event of many: in UTC, recurring in UTC, all day', async () => {
    const file = sample('google-calendar');
    expect(await shown({ file, uid: 'single@google.com' })).toEqual([
      'subject: Coffee ☕ with the whole team, somewhere that is far enough away from the office to talk',
      'start: 2027-01-15T14:00:00Z (Etc/UTC)',
      'end: 2027-01-15T15:00:00Z (Etc/UTC)',
      'location: Café “Größenwahn”',
      'reminder: none',
      'showAs: free',
    ]);
    expect(await shown({ file, uid: 'daily@google.com' })).toContain(
      'recurrence: daily, interval 1, numberOfOccurrences 5',
    );
    expect(await shown({ file, uid: 'days@google.com' })).toEqual([
      'subject: Away',
      "start: 2027-12-24 (the mailbox's own zone; Etc/UTC where it has none)",
      "end: 2027-12-26 (the mailbox's own zone; Etc/UTC where it has none), that day included",
      'isAllDay: yes',
      'reminder: none',
      'showAs: free',
    ]);
  });

  it('names the events where none, or more than one, is meant', () => {
    const file = sample('google-calendar');
    expect(() => fromIcs({ file })).toThrow(/3 events.*single@google\.com \(Coffee.*daily@google\.com \(Call home\)/);
    expect(() => fromIcs({ file, uid: 'other' })).toThrow(/no event of that name/);
  });
});

describe('fromIcs, with a file as Apple writes it,', () => {
  it('reads a yearly event with a file, and people by the address beside their own', async () => {
    expect(await shown({ file: sample('apple-event'), leaveOut: 'accept' })).toEqual([
      'subject: Spring outing',
      'start: 2027-03-15T09:00:00-04:00 (America/New_York)',
      'end: 2027-03-15T10:00:00-04:00 (America/New_York)',
      'recurrence: relativeYearly, month 3, index third, dayOfWeek monday',
      'location: Pier 39, San Francisco',
      'requiredAttendees: Ben Li <ben@contoso.com>',
      'responseRequested: no',
      'reminder: 60 minutes before',
      'showAs: busy',
      'attachments: plan.txt (text/plain, 12 bytes)',
    ]);
  });

  it('reads times without a zone as those of each mailbox, a duration, and an alarm before the end', async () => {
    expect(await shown({ file: sample('apple-floating') })).toEqual([
      'subject: Call grandma',
      "start: 2027-01-15T20:00:00 (the mailbox's own zone; Etc/UTC where it has none)",
      "end: 2027-01-15T21:30:00 (the mailbox's own zone; Etc/UTC where it has none)",
      'recurrence: weekly, interval 1, daysOfWeek friday, firstDayOfWeek monday, endDate 2027-03-26',
      'reminder: 30 minutes before',
      'showAs: busy',
    ]);
  });

  it('lists what is not carried: what is lost, and what belongs to the item that was saved', () => {
    expect(listIcs({ file: sample('apple-event') })).toEqual([
      {
        uid: '9B7A3C1E-0000-4000-8000-123456789ABC',
        subject: 'Spring outing',
        slots: ['9B7A3C1E-0000-4000-8000-123456789ABC'],
        isMeeting: true,
        splitBy: [],
        leftOut: [{ property: 'URL', why: 'https://intranet.contoso.com/outing' }],
        ignored: [
          'CREATED',
          'DTSTAMP',
          'LAST-MODIFIED',
          'SEQUENCE',
          'UID',
          'X-APPLE-CREATOR-IDENTITY',
          'X-APPLE-STRUCTURED-LOCATION',
          'X-APPLE-TRAVEL-ADVISORY-BEHAVIOR',
        ],
      },
    ]);
  });
});

describe('fromIcs', () => {
  it('reads the same with any line ends, a byte order mark, and lines folded anywhere', async () => {
    const text = readFileSync(sample('outlook-meeting'), 'utf8');
    const { version } = fromIcs({ text });
    const whole = text.replaceAll(/\n /g, '');
    const folded = whole.replaceAll(/(.{60})(?=.)/gu, '$1\n\t');
    const texts = [
      text.replaceAll('\n', '\r\n'),
      text.replaceAll('\n', '\r'),
      `\uFEFF${text}`,
      `${text}\n\n\u001A`,
      folded,
    ];
    for (const other of texts) expect(fromIcs({ text: other }).version).toBe(version);
    expect(fromIcs({ file: sample('outlook-meeting') }).version).toBe(version);
  });

  it('says of a file in another encoding, or another format, how to save it', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'appointed-ics-')), 'umlauts.ics');
    writeFileSync(file, icsText({ SUMMARY: 'Größe' }), 'latin1');
    expect(() => fromIcs({ file })).toThrow(/umlauts\.ics is not in UTF-8: save it so, or give its text$/);
    rmSync(dirname(file), { recursive: true });
    const vCalendar = icsText({ 'SUMMARY;ENCODING=QUOTED-PRINTABLE': 'Gr=C3=B6=C3=9Fe' }, 'VERSION:1.0');
    expect(() => listIcs({ text: vCalendar })).toThrow(/^\[invalid_options\] text: is vCalendar 1\.0/);
  });

  it('has a version of what is placed, and not of when the file was saved', () => {
    const text = readFileSync(sample('outlook-meeting'), 'utf8');
    const { version } = fromIcs({ text });
    expect(fromIcs({ text: text.replaceAll('20261120T101500Z', '20261121T101500Z') }).version).toBe(version);
    expect(fromIcs({ text: text.replace('Quarterly', 'Yearly') }).version).not.toBe(version);
  });
});

for (const name of ['outlook-meeting', 'outlook-series', 'apple-floating']) {
  factorySuite({ describe, it }, { name: `${name}.ics`, make: () => fromIcs({ file: sample(name) }) });
}
