import {
  type AppointmentField,
  type AppointmentInput,
  type CalendarDateInput,
  parseAppointment,
  parseMailbox,
  placementUid,
} from '@appointed/core';
import type { EwsTransport } from '@appointed/transport-ews';
import { beforeAll, describe, expect, it } from 'vitest';
import { address, startContoso } from '../contoso.js';
import { call, transportTo } from '../placing.js';
import { readAll, type ReadItem, withoutExchangelib } from './read-all.js';

const SET = '0f8fad5b-d9cb-469f-a165-70867728950e';
const NASTY = 'R&D <b>"x"</b> 🎾 ]]> &amp; it’s';
const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, byte) => byte);

function day(date: string, timeZone = 'Europe/Berlin'): CalendarDateInput {
  return { date, timeZone };
}

/** A field, what is put into it, and what exchangelib says of the item then. */
const MATRIX: readonly [string, Partial<AppointmentInput>, ReadItem][] = [
  ['subject', { subject: NASTY }, { subject: NASTY }],
  ['text body', { body: `${NASTY}\r\n\tsecond` }, { body: ['Body', `${NASTY}\r\n\tsecond`] }],
  ['HTML body', { body: { html: '<p>R&amp;D</p>' } }, { body: ['HTMLBody', '<p>R&amp;D</p>'] }],
  [
    'start and end',
    {
      start: { dateTime: '2027-07-01T09:00', timeZone: 'Europe/Berlin' },
      end: { dateTime: '2027-07-01T10:30', timeZone: 'Europe/Berlin' },
    },
    { start: '2027-07-01T07:00:00Z', end: '2027-07-01T08:30:00Z', zone: 'Europe/Berlin', isAllDay: false },
  ],
  [
    'all day',
    { start: day('2027-12-24'), end: day('2027-12-26') },
    { isAllDay: true, start: '2027-12-24', end: '2027-12-26', reminder: null },
  ],
  [
    'all day, east of every other',
    { start: day('2027-12-24', 'Pacific/Kiritimati'), end: day('2027-12-24', 'Pacific/Kiritimati') },
    { isAllDay: true, start: '2027-12-24', end: '2027-12-24' },
  ],
  ['location', { location: NASTY }, { location: NASTY }],
  ['several locations', { location: ['Court 1', 'Club'] }, { location: 'Court 1; Club' }],
  [
    'attendees',
    {
      requiredAttendees: ['beth@contoso.com', { address: 'carl@contoso.com', name: NASTY }],
      optionalAttendees: ['dora@contoso.com'],
      resources: ['room1@contoso.com'],
    },
    {
      required: [
        ['beth@contoso.com', 'beth@contoso.com'],
        ['carl@contoso.com', NASTY],
      ],
      optional: [['dora@contoso.com', 'dora@contoso.com']],
      resources: [['room1@contoso.com', 'room1@contoso.com']],
    },
  ],
  ['no reminder', { reminder: false }, { reminder: null }],
  ['reminder', { reminder: { minutesBefore: 45 } }, { reminder: 45 }],
  ['free', { showAs: 'free' }, { showAs: 'Free' }],
  ['tentative', { showAs: 'tentative' }, { showAs: 'Tentative' }],
  ['busy', { showAs: 'busy' }, { showAs: 'Busy' }],
  ['out of office', { showAs: 'oof' }, { showAs: 'OOF' }],
  ['working elsewhere', { showAs: 'workingElsewhere' }, { showAs: 'WorkingElsewhere' }],
  ['normal sensitivity', { sensitivity: 'normal' }, { sensitivity: 'Normal' }],
  ['personal', { sensitivity: 'personal' }, { sensitivity: 'Personal' }],
  ['private', { sensitivity: 'private' }, { sensitivity: 'Private' }],
  ['confidential', { sensitivity: 'confidential' }, { sensitivity: 'Confidential' }],
  ['low importance', { importance: 'low' }, { importance: 'Low' }],
  ['normal importance', { importance: 'normal' }, { importance: 'Normal' }],
  ['high importance', { importance: 'high' }, { importance: 'High' }],
  ['categories', { categories: ['R&D', 'Sport'] }, { categories: ['R&D', 'Sport'] }],
  ['no response requested', { responseRequested: false }, { responseRequested: false }],
  ['response requested', { responseRequested: true }, { responseRequested: true }],
  ['no new times proposed', { newTimeProposalsAllowed: false }, { newTimeProposalsAllowed: false }],
  ['new times proposed', { newTimeProposalsAllowed: true }, { newTimeProposalsAllowed: true }],
  [
    'attachments',
    {
      attachments: [
        { name: `${NASTY}.bin`, content: EVERY_BYTE },
        { name: 'logo.png', content: EVERY_BYTE.slice(0, 3), mediaType: 'image/png', contentId: 'logo@contoso.com' },
      ],
    },
    {
      attachments: [
        [`${NASTY}.bin`, 'application/octet-stream', null, false, Buffer.from(EVERY_BYTE).toString('base64')],
        ['logo.png', 'image/png', 'logo@contoso.com', true, 'AAEC'],
      ],
    },
  ],
  [
    'custom properties',
    {
      customProperties: [
        { propertySetId: SET, name: 'CostCenter', value: NASTY },
        { propertySetId: SET, name: 'Seats', value: -12 },
        { propertySetId: SET, name: 'Paid', value: false },
        { propertySetId: SET, name: 'BookedAt', value: new Date('2027-01-15T08:00:00Z') },
      ],
    },
    { properties: { CostCenter: NASTY, Seats: -12, Paid: false, BookedAt: '2027-01-15T08:00:00Z' } },
  ],
  [
    'recurrence daily without end',
    { start: day('2027-01-01'), end: day('2027-01-01'), recurrence: { pattern: 'daily', interval: 3 } },
    { recurrence: { DailyPattern: { interval: 3 }, NoEndPattern: { start: '2027-01-01' } } },
  ],
  [
    'recurrence weekly until a date',
    {
      start: { dateTime: '2027-01-04T00:30', timeZone: 'Pacific/Auckland' },
      end: { dateTime: '2027-01-04T01:30', timeZone: 'Pacific/Auckland' },
      recurrence: {
        pattern: 'weekly',
        interval: 2,
        daysOfWeek: ['friday', 'monday'],
        firstDayOfWeek: 'sunday',
        endDate: '2027-12-31',
      },
    },
    {
      recurrence: {
        WeeklyPattern: { interval: 2, weekdays: [1, 5], first_day_of_week: 7 },
        EndDatePattern: { start: '2027-01-04', end: '2027-12-31' },
      },
      start: '2027-01-03T11:30:00Z',
      zone: 'Pacific/Auckland',
    },
  ],
  [
    'recurrence by day of the month, numbered',
    {
      start: day('2027-01-31'),
      end: day('2027-01-31'),
      recurrence: { pattern: 'absoluteMonthly', dayOfMonth: 31, numberOfOccurrences: 9 },
    },
    {
      recurrence: {
        AbsoluteMonthlyPattern: { interval: 1, day_of_month: 31 },
        NumberedPattern: { start: '2027-01-31', number: 9 },
      },
    },
  ],
  [
    'recurrence by weekday of the month',
    {
      start: day('2027-01-29'),
      end: day('2027-01-29'),
      recurrence: { pattern: 'relativeMonthly', interval: 2, index: 'last', dayOfWeek: 'weekday' },
    },
    {
      recurrence: {
        RelativeMonthlyPattern: { interval: 2, weekday: 9, week_number: 5 },
        NoEndPattern: { start: '2027-01-29' },
      },
    },
  ],
  [
    'recurrence by date of the year',
    {
      start: day('2028-02-29'),
      end: day('2028-02-29'),
      recurrence: { pattern: 'absoluteYearly', month: 2, dayOfMonth: 29 },
    },
    {
      recurrence: {
        AbsoluteYearlyPattern: { day_of_month: 29, month: 2 },
        NoEndPattern: { start: '2028-02-29' },
      },
    },
  ],
  [
    'recurrence by weekday of the year',
    {
      start: day('2027-11-25'),
      end: day('2027-11-25'),
      recurrence: { pattern: 'relativeYearly', month: 11, index: 'fourth', dayOfWeek: 'thursday' },
    },
    {
      recurrence: {
        RelativeYearlyPattern: { weekday: 4, week_number: 4, month: 11 },
        NoEndPattern: { start: '2027-11-25' },
      },
    },
  ],
];

const READ = {
  propertySetId: SET,
  types: { CostCenter: 'String', Seats: 'Integer', Paid: 'Boolean', BookedAt: 'SystemTime' },
};

const MAILBOXES = { saved: parseMailbox(address(0)), revised: parseMailbox(address(2)) };
const BASE = { subject: 'x', start: new Date('2027-03-15T09:00:00Z'), end: new Date('2027-03-15T10:00:00Z') };

/** Saves each row of the matrix. */
async function saveAll(transport: EwsTransport): Promise<void> {
  const items = MATRIX.map(([, fields], n) => ({ key: String(n), content: parseAppointment({ ...BASE, ...fields }) }));
  for (let n = 0; n < items.length; n += 10) {
    const request = { mailbox: MAILBOXES.saved, sendMode: 'none' as const, items: items.slice(n, n + 10) };
    const outcomes = await transport.save(request, call());
    expect(outcomes.filter(({ kind }) => kind !== 'done')).toEqual([]);
  }
}

/** Saves something else first, and makes of it what each row of the matrix says. */
async function reviseAll(transport: EwsTransport): Promise<void> {
  const mailbox = MAILBOXES.revised;
  const before = parseAppointment(BASE);
  for (const [n, [, fields]] of MATRIX.entries()) {
    const item = { key: String(n), content: before };
    const [saved] = await transport.save({ mailbox, sendMode: 'none', items: [item] }, call());
    const { attachments: _unchangeable, ...wanted } = parseAppointment({ ...BASE, ...fields });
    const set = Object.fromEntries(
      Object.entries(wanted).filter(([field, value]) => before[field as AppointmentField] !== value),
    );
    const itemId = saved?.kind === 'done' ? saved.value.itemId : '';
    const outcome = await transport.update(mailbox, { itemId, set, clear: [], sendMode: 'none' }, call());
    expect(outcome).toMatchObject({ kind: 'done' });
  }
}

const found: Partial<Record<keyof typeof MAILBOXES, Readonly<Record<string, ReadItem>>>> = {};

describe.skipIf(withoutExchangelib !== '')(`exchangelib reads${withoutExchangelib}`, () => {
  beforeAll(async () => {
    await using exchange = await startContoso(3);
    const transport = transportTo(exchange.ewsUrl);
    await saveAll(transport);
    await reviseAll(transport);
    found.saved = await readAll(exchange, MAILBOXES.saved.id, READ);
    found.revised = await readAll(exchange, MAILBOXES.revised.id, READ);
    await transport.close();
  }, 60_000);

  it.each(MATRIX.map(([name, , expected], n) => [name, n, expected] as const))('%s as saved', (_name, n, expected) => {
    expect(found.saved?.[placementUid(String(n))]).toMatchObject(expected);
  });

  const changeable = MATRIX.map(([name, , expected], n) => [name, n, expected] as const).filter(
    ([name]) => name !== 'attachments',
  );
  it.each(changeable)('%s as revised', (_name, n, expected) => {
    expect(found.revised?.[placementUid(String(n))]).toMatchObject(expected);
  });
});
