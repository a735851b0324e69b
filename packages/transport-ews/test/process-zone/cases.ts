// Run under some TZ: prints what each case is parsed to, stored as, and read back as.
import {
  type AppointmentInput,
  digestFields,
  inMailboxZone,
  parseAppointment,
  parseMailbox,
  type PlainDateInput,
  type ZonedDateTimeInput,
} from '@appointed/core';
import { startContoso } from '../contoso.js';
import { call, transportTo } from '../placing.js';

type Span = Pick<AppointmentInput, 'start' | 'end' | 'recurrence'>;

function wall(timeZone: string, start: string, end: string): Span {
  return { start: { dateTime: start, timeZone }, end: { dateTime: end, timeZone } };
}

function days(start: string, end: string, timeZone: string, fallback?: string): Span {
  return { start: { date: start, timeZone, ...(fallback && { fallback }) }, end: { date: end } };
}

/** As much of a Temporal.ZonedDateTime, of which not every runtime has one. */
function zoned(epochMilliseconds: number): ZonedDateTimeInput {
  return { [Symbol.toStringTag]: 'Temporal.ZonedDateTime', epochMilliseconds, timeZoneId: 'Europe/Berlin' };
}

/** As much of a Temporal.PlainDate. */
function plain(date: string): PlainDateInput {
  return { [Symbol.toStringTag]: 'Temporal.PlainDate', toString: () => date };
}

const CASES: readonly Span[] = [
  { start: new Date('2027-01-15T09:00:00Z'), end: new Date(Date.UTC(2027, 0, 15, 10)) },
  wall('Europe/Berlin', '2027-07-01T09:00', '2027-07-01T10:00'),
  wall('America/New_York', '2027-03-14T02:30', '2027-03-14T04:00'), // skipped
  wall('America/New_York', '2027-11-07T01:30', '2027-11-07T03:00'), // twice
  wall('Samoa Standard Time', '2027-01-15T00:30', '2027-01-15T23:30'),
  wall('India Standard Time', '2027-03-28T02:30', '2027-03-28T03:30'),
  days('2027-12-24', '2027-12-26', 'Pacific/Apia'),
  days('2027-04-29', '2027-04-29', 'Africa/Cairo'), // ends where the clocks skip midnight
  days('2027-07-01', '2027-07-01', 'mailbox', 'Asia/Kolkata'),
  { start: zoned(Date.UTC(2027, 9, 31, 1, 30)), end: zoned(Date.UTC(2027, 9, 31, 3)) }, // the second of two
  { start: plain('2027-07-01'), end: plain('2027-07-02') },
  {
    ...wall('Asia/Kolkata', '2027-01-04T00:15', '2027-01-04T01:00'),
    recurrence: { pattern: 'weekly', daysOfWeek: ['monday'], endDate: '2027-12-31' },
  },
];

await using exchange = await startContoso(1);
const transport = transportTo(exchange.ewsUrl);
const mailbox = parseMailbox('user0@contoso.com'); // in New York
const results: unknown[] = [];
for (const [n, span] of CASES.entries()) {
  const parsed = parseAppointment({ subject: String(n), ...span }, { fallbackTimeZone: 'Europe/Berlin' });
  const zone = await transport.zone(mailbox, call());
  const content = inMailboxZone(parsed, zone.kind === 'done' ? zone.value : 'UTC');
  const [outcome] = await transport.save({ mailbox, sendMode: 'none', items: [{ key: String(n), content }] }, call());
  const itemId = outcome?.kind === 'done' ? outcome.value.itemId : '';
  const read = await transport.read(mailbox, [itemId], call());
  const [item] = read.kind === 'done' ? read.value : [];
  const fields = item === undefined || item === 'gone' ? {} : item.fields;
  const { start, end, startTimeZone, isAllDay } = exchange.items(mailbox.id).find(({ id }) => id === itemId) ?? {};
  const isEqual = JSON.stringify(digestFields('k', content).start) === JSON.stringify(digestFields('k', fields).start);
  results.push({ parsed, stored: { start, end, startTimeZone, isAllDay }, isEqual, recurrence: fields.recurrence });
}
await transport.close();
const { TZ } = process.env;
console.log(JSON.stringify({ TZ, offset: new Date(2027, 0, 15).getTimezoneOffset(), results }));
