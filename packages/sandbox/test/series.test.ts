import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../src/index.js';
import { contoso } from './contoso.js';
import { EwsClient } from './ews-client.js';
import {
  daily,
  monthly,
  monthlyNth,
  noEnd,
  series,
  times,
  until,
  weekly,
  yearly,
  yearlyNth,
} from './recurrence-xml.js';
import { schemasSkipped } from './schemas.js';

let sandbox: Sandbox;
let client: EwsClient;

beforeAll(async () => {
  sandbox = await startSandbox(contoso);
  client = new EwsClient(sandbox.ewsUrl);
});

afterAll(() => sandbox.close());

/** Creates a series in a calendar of its own. @returns its id, and how to view it */
async function make(item: string) {
  const mailboxes = [{ address: 'alfred@contoso.com' }];
  const own = await startSandbox({ ...contoso, mailboxes });
  const ownClient = new EwsClient(own.ewsUrl);
  const created = await ownClient.create([item]);
  expect(created.codes).toEqual(['NoError']);
  const id = created.attributes('ItemId', 'Id')[0] ?? '';
  return {
    id,
    client: ownClient,
    async [Symbol.asyncDispose]() {
      client.envelopes.push(...ownClient.envelopes);
      await own.close();
    },
  };
}

const remove = (id: string) =>
  `<m:DeleteItem DeleteType="HardDelete" SendMeetingCancellations="SendToNone"><m:ItemIds>${id}</m:ItemIds></m:DeleteItem>`;
const set = (name: string, value: string) =>
  `<t:SetItemField><t:FieldURI FieldURI="calendar:${name}"/><t:CalendarItem><t:${name}>${value}</t:${name}></t:CalendarItem></t:SetItemField>`;

describe('a series is expanded in the calendar view', () => {
  test.each<[name: string, item: string, from: string, until: string, starts: string[]]>([
    [
      'every day',
      series(daily(), noEnd()),
      '2026-02-01',
      '2026-02-04',
      ['2026-02-01T09', '2026-02-02T09', '2026-02-03T09'],
    ],
    [
      'every other day, four times',
      series(daily(2), times(4)),
      '2026-01-01',
      '2026-12-31',
      ['2026-01-05T09', '2026-01-07T09', '2026-01-09T09', '2026-01-11T09'],
    ],
    [
      'until a day, which counts',
      series(daily(), until('2026-01-07')),
      '2026-01-01',
      '2026-12-31',
      ['2026-01-05T09', '2026-01-06T09', '2026-01-07T09'],
    ],
    [
      'over the change to summer time',
      series(weekly('Monday'), noEnd()),
      '2026-03-22',
      '2026-04-07',
      ['2026-03-23T09', '2026-03-30T08', '2026-04-06T08'],
    ],
    [
      'over the change to winter time',
      series(daily(), noEnd()),
      '2026-10-24',
      '2026-10-27',
      ['2026-10-24T08', '2026-10-25T09', '2026-10-26T09'],
    ],
    [
      'every other week on two days',
      series(weekly('Monday Thursday', 2), noEnd()),
      '2026-01-01',
      '2026-01-31',
      ['2026-01-05T09', '2026-01-08T09', '2026-01-19T09', '2026-01-22T09'],
    ],
    [
      'a week that begins on Sunday',
      series(weekly('Sunday Monday', 2, 'Sunday'), times(4)),
      '2026-01-01',
      '2026-12-31',
      ['2026-01-05T09', '2026-01-18T09', '2026-01-19T09', '2026-02-01T09'],
    ],
    [
      'the 15th of every other month',
      series(monthly(15, 2), times(3)),
      '2026-01-01',
      '2026-12-31',
      ['2026-01-15T09', '2026-03-15T09', '2026-05-15T08'],
    ],
    [
      'the 31st, or the last day of shorter months',
      series(monthly(31), times(4)),
      '2026-01-01',
      '2026-12-31',
      ['2026-01-31T09', '2026-02-28T09', '2026-03-31T08', '2026-04-30T08'],
    ],
    [
      'the second Tuesday',
      series(monthlyNth('Tuesday', 'Second'), times(3)),
      '2026-01-01',
      '2026-12-31',
      ['2026-01-13T09', '2026-02-10T09', '2026-03-10T09'],
    ],
    [
      'the last weekday',
      series(monthlyNth('Weekday', 'Last'), times(3)),
      '2026-01-01',
      '2026-12-31',
      ['2026-01-30T09', '2026-02-27T09', '2026-03-31T08'],
    ],
    [
      'the first day of the weekend',
      series(monthlyNth('WeekendDay', 'First'), times(2)),
      '2026-01-06',
      '2026-12-31',
      ['2026-02-01T09', '2026-03-01T09'],
    ],
    [
      'the fourth day',
      series(monthlyNth('Day', 'Fourth'), times(2)),
      '2026-01-01',
      '2026-12-31',
      ['2026-02-04T09', '2026-03-04T09'],
    ],
    [
      '24 December',
      series(yearly(24, 'December'), noEnd()),
      '2027-01-01',
      '2028-12-31',
      ['2027-12-24T09', '2028-12-24T09'],
    ],
    [
      '29 February, or the 28th',
      series(yearly(29, 'February'), noEnd()),
      '2027-01-01',
      '2028-12-31',
      ['2027-02-28T09', '2028-02-29T09'],
    ],
    [
      'the third Thursday of November',
      series(yearlyNth('Thursday', 'Third', 'November'), noEnd()),
      '2026-01-01',
      '2027-12-31',
      ['2026-11-19T09', '2027-11-18T09'],
    ],
  ])('%s', async (_, item, from, to, starts) => {
    await using made = await make(item);
    const reply = await made.client.view(`${from}T00:00:00Z`, `${to}T00:00:00Z`);
    expect(reply.texts('Start')).toEqual(starts.map((start) => `${start}:00:00Z`));
    expect(new Set(reply.texts('CalendarItemType'))).toEqual(new Set(['Occurrence']));
  });

  test('an all-day series stays on its days when the clocks change', async () => {
    const zone = '<t:StartTimeZone Id="W. Europe Standard Time"/>';
    const item = series(weekly('Sunday'), noEnd('2026-03-22'), {
      start: '2026-03-22T00:00:00',
      end: '2026-03-23T00:00:00',
      zone,
    });
    await using made = await make(
      item.replace('<t:Recurrence>', '<t:IsAllDayEvent>true</t:IsAllDayEvent><t:Recurrence>'),
    );
    const reply = await made.client.view('2026-03-20T00:00:00Z', '2026-04-06T00:00:00Z');
    expect(reply.texts('Start')).toEqual(['2026-03-21T23:00:00Z', '2026-03-28T23:00:00Z', '2026-04-04T22:00:00Z']);
    expect(reply.texts('End')).toEqual(['2026-03-22T23:00:00Z', '2026-03-29T22:00:00Z', '2026-04-05T22:00:00Z']);
  });

  test('without an offset or a zone of its own, a series is in the request’s TimeZoneContext', async () => {
    const header = '<t:TimeZoneContext><t:TimeZoneDefinition Id="Eastern Standard Time"/></t:TimeZoneContext>';
    const reply = await client.create([series(daily(), times(1, '2026-07-01'), { zone: '' })], { header });
    const item = await client.get(reply.attributes('ItemId', 'Id'));
    expect(item.texts('Start')[0]).toBe('2026-07-01T14:00:00Z');
    expect(item.attributes('StartTimeZone', 'Id')).toEqual(['Eastern Standard Time']);
  });
});

describe('a series that began long ago is where counting from its beginning would put it', () => {
  const old = '2000-01-31';
  test.each<[name: string, pattern: string, starts: string[]]>([
    [
      'every third week',
      weekly('Monday Wednesday', 3),
      ['2026-01-05', '2026-01-07', '2026-01-26', '2026-01-28', '2026-02-16', '2026-02-18'],
    ],
    ['every hundredth day', daily(100), ['2026-02-03']],
    ['every fourth month', monthly(31, 4), ['2026-01-31']],
    ['every thirteenth month', monthlyNth('Sunday', 'Last', 13), ['2026-01-25']],
    ['every year', yearlyNth('Monday', 'First', 'January'), ['2026-01-05']],
  ])('%s', async (_, pattern, starts) => {
    const zone = '<t:StartTimeZone Id="UTC"/>';
    const item = series(pattern, noEnd(old), { start: `${old}T10:00:00`, end: `${old}T11:00:00`, zone });
    await using made = await make(item);
    const reply = await made.client.view('2026-01-01T00:00:00Z', '2026-03-01T00:00:00Z');
    expect(reply.texts('Start')).toEqual(starts.map((start) => `${start}T10:00:00Z`));
  });
});

describe('the series itself', () => {
  test('is the recurring master, with its pattern as it was sent, its first and its last occurrence', async () => {
    await using made = await make(series(weekly('Monday Wednesday'), times(4)));
    const item = await made.client.get([made.id]);
    expect(item.text('CalendarItemType')).toBe('RecurringMaster');
    expect(item.xml).toContain(`<t:Recurrence>${weekly('Monday Wednesday')}${times(4)}</t:Recurrence>`);
    expect(item.xml).toMatch(/<t:FirstOccurrence>.*<t:Start>2026-01-05T09:00:00Z</);
    expect(item.xml).toMatch(/<t:LastOccurrence>.*<t:Start>2026-01-14T09:00:00Z</);
  });

  test('begins with the first day that fits the pattern', async () => {
    await using made = await make(series(weekly('Friday'), noEnd()));
    expect((await made.client.get([made.id])).texts('Start')[0]).toBe('2026-01-09T09:00:00Z');
  });

  test('is one item for an indexed view', async () => {
    await using made = await make(series(daily(), noEnd()));
    const found = await made.client.find(
      '<m:IndexedPageItemView MaxEntriesReturned="10" Offset="0" BasePoint="Beginning"/>',
    );
    expect(found.texts('CalendarItemType')).toEqual(['RecurringMaster']);
  });
});

describe('one occurrence', () => {
  test('has an id of its own, by which it is read; an index names it too, and it names its series', async () => {
    await using made = await make(series(daily(), times(5)));
    const view = await made.client.view('2026-01-07T00:00:00Z', '2026-01-08T00:00:00Z');
    const [id = ''] = view.attributes('ItemId', 'Id');
    const byIndex = `<t:OccurrenceItemId RecurringMasterId="${made.id}" InstanceIndex="3"/>`;
    const read = await made.client.get([id, byIndex, `<t:RecurringMasterItemId OccurrenceId="${id}"/>`]);
    expect(read.codes).toEqual(['NoError', 'NoError', 'NoError']);
    expect(read.texts('CalendarItemType')).toEqual(['Occurrence', 'Occurrence', 'RecurringMaster']);
    expect(read.texts('RecurrenceId')).toEqual(['2026-01-07T09:00:00Z', '2026-01-07T09:00:00Z']);
    expect(read.attributes('ItemId', 'Id').slice(0, 2)).toEqual([id, id]);
    const outside = await made.client.get([
      `<t:OccurrenceItemId RecurringMasterId="${made.id}" InstanceIndex="6"/>`,
      `<t:RecurringMasterItemId OccurrenceId="${made.id}"/>`,
      `<t:OccurrenceItemId RecurringMasterId="${id}" InstanceIndex="9"/>`,
    ]);
    expect(outside.codes).toEqual([
      'ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange',
      'ErrorCalendarCannotUseIdForRecurringMasterId',
      'ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange',
    ]);
  });

  test('can be deleted, and is then missing from the view and known to the series', async () => {
    await using made = await make(series(daily(), times(3)));
    const view = await made.client.view('2026-01-06T00:00:00Z', '2026-01-07T00:00:00Z');
    const [id = ''] = view.attributes('ItemId', 'Id');
    expect((await made.client.call(remove(`<t:ItemId Id="${id}"/>`))).codes).toEqual(['NoError']);
    const rest = await made.client.view('2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z');
    expect(rest.texts('Start')).toEqual(['2026-01-05T09:00:00Z', '2026-01-07T09:00:00Z']);
    expect((await made.client.get([id])).codes).toEqual(['ErrorCalendarOccurrenceIsDeletedFromRecurrence']);
    expect((await made.client.get([made.id])).xml).toContain('<t:DeletedOccurrence><t:Start>2026-01-06T09:00:00Z<');
  });

  test('can be moved, and is then an exception', async () => {
    await using made = await make(series(daily(), times(3)));
    const view = await made.client.view('2026-01-06T00:00:00Z', '2026-01-07T00:00:00Z');
    const [id = ''] = view.attributes('ItemId', 'Id');
    const update = await made.client.call(
      `<m:UpdateItem ConflictResolution="AlwaysOverwrite" SendMeetingInvitationsOrCancellations="SendToNone"><m:ItemChanges><t:ItemChange>` +
        `<t:ItemId Id="${id}"/><t:Updates>${set('Start', '2026-02-01T08:00:00Z')}${set('End', '2026-02-01T09:00:00Z')}</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`,
    );
    expect(update.codes).toEqual(['NoError']);
    const all = await made.client.view('2026-01-01T00:00:00Z', '2026-03-01T00:00:00Z');
    expect(all.texts('Start')).toEqual(['2026-01-05T09:00:00Z', '2026-01-07T09:00:00Z', '2026-02-01T08:00:00Z']);
    expect(all.texts('CalendarItemType')).toEqual(['Occurrence', 'Occurrence', 'Exception']);
    expect((await made.client.get([id])).text('OriginalStart')).toBe('2026-01-06T09:00:00Z');
    expect((await made.client.get([made.id])).xml).toContain('<t:ModifiedOccurrences><t:Occurrence>');
  });
});

describe('an impossible series is refused, and stores nothing', () => {
  test.each<[code: string, item: string]>([
    ['ErrorCalendarInvalidRecurrence', series(daily(0), noEnd())],
    ['ErrorCalendarInvalidRecurrence', series(daily(1000), noEnd())],
    ['ErrorCalendarInvalidRecurrence', series(monthly(32), noEnd())],
    ['ErrorCalendarInvalidRecurrence', series(yearly(30, 'February'), noEnd())],
    ['ErrorCalendarInvalidRecurrence', series(daily(), times(0))],
    ['ErrorCalendarInvalidDayForWeeklyRecurrence', series(weekly('Weekday'), noEnd())],
    ['ErrorCalendarEndDateIsEarlierThanStartDate', series(daily(), until('2026-01-04'))],
    ['ErrorRecurrenceHasNoOccurrence', series(weekly('Sunday'), until('2026-01-06'))],
    ['ErrorOccurrenceTimeSpanTooBig', series(daily(), noEnd(), { end: '2026-01-06T12:00:00' })],
  ])('%s', async (code, item) => {
    expect((await client.create([item], { as: 'berta@contoso.com' })).codes).toEqual([code]);
    const view = await client.view('2026-01-01T00:00:00Z', '2026-12-31T00:00:00Z', { as: 'berta@contoso.com' });
    expect(view.texts('Subject')).toEqual([]);
  });
});

test.skipIf(schemasSkipped !== '')(`accepted requests and all responses keep the schemas${schemasSkipped}`, () => {
  expect(client.schemaViolations()).toBe('');
});
