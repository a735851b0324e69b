import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../src/index.js';
import { contoso } from './contoso.js';
import { EwsClient } from './ews-client.js';
import { TIMES, create, idOf } from './one-item.js';
import { schemasSkipped } from './schemas.js';

let sandbox: Sandbox;
let client: EwsClient;

beforeAll(async () => {
  sandbox = await startSandbox(contoso);
  client = new EwsClient(sandbox.ewsUrl);
});

afterAll(() => sandbox.close());

const context = (id: string) => `<t:TimeZoneContext><t:TimeZoneDefinition Id="${id}"/></t:TimeZoneContext>`;

const local = (zones = '') => `<t:Start>2026-07-01T10:00:00</t:Start><t:End>2026-07-01T11:00:00</t:End>${zones}`;

function ruled(name: string, offset: string, index: string, month: string, day = 'Sunday'): string {
  const pattern = `<t:DaysOfWeek>${day}</t:DaysOfWeek><t:DayOfWeekIndex>${index}</t:DayOfWeekIndex><t:Month>${month}</t:Month>`;
  return `<t:${name}><t:Offset>${offset}</t:Offset><t:RelativeYearlyRecurrence>${pattern}</t:RelativeYearlyRecurrence><t:Time>02:00:00</t:Time></t:${name}>`;
}

describe('times', () => {
  test.each<
    [name: string, content: string, options: { header?: string; version?: string }, start: string, zone: string]
  >([
    [
      'with an offset are literal',
      '<t:Start>2026-07-01T10:00:00+02:00</t:Start><t:End>2026-07-01T11:00:00+02:00</t:End><t:StartTimeZone Id="Tokyo Standard Time"/>',
      {},
      '2026-07-01T08:00:00Z',
      'Tokyo Standard Time',
    ],
    [
      'without one are in StartTimeZone',
      local('<t:StartTimeZone Id="Tokyo Standard Time"/>'),
      { header: context('Eastern Standard Time') },
      '2026-07-01T01:00:00Z',
      'Tokyo Standard Time',
    ],
    [
      'else in TimeZoneContext',
      local(),
      { header: context('Eastern Standard Time') },
      '2026-07-01T14:00:00Z',
      'Eastern Standard Time',
    ],
    ['else in UTC', local(), {}, '2026-07-01T10:00:00Z', 'UTC'],
    [
      'not in MeetingTimeZone, which is Exchange 2007’s',
      local('<t:MeetingTimeZone TimeZoneName="Tokyo Standard Time"/>'),
      {},
      '2026-07-01T10:00:00Z',
      'UTC',
    ],
    [
      'in MeetingTimeZone for Exchange 2007',
      local('<t:MeetingTimeZone TimeZoneName="Tokyo Standard Time"/>'),
      { version: 'Exchange2007_SP1' },
      '2026-07-01T01:00:00Z',
      'Tokyo Standard Time',
    ],
  ])('%s', async (_, content, options, start, zone) => {
    const item = await create(client, content, options);
    expect(item.text('Start')).toBe(start);
    expect(item.attributes('StartTimeZone', 'Id')).toEqual([zone]);
  });

  test.each([
    ['that the clock skips move on', '2026-03-29T02:30:00', '2026-03-29T01:30:00Z'],
    ['that come twice are the first', '2026-10-25T02:30:00', '2026-10-25T00:30:00Z'],
  ])('%s', async (_, wall, instant) => {
    const item = await create(
      client,
      `<t:Start>${wall}</t:Start><t:End>${wall}</t:End><t:StartTimeZone Id="W. Europe Standard Time"/>`,
    );
    expect(item.text('Start')).toBe(instant);
  });

  test('an end in another zone than the start', async () => {
    const item = await create(
      client,
      '<t:Start>2026-07-01T10:00:00</t:Start><t:End>2026-07-01T10:00:00</t:End><t:StartTimeZone Id="W. Europe Standard Time"/><t:EndTimeZone Id="GMT Standard Time"/>',
    );
    expect(item.text('End')).toBe('2026-07-01T09:00:00Z');
    expect(item.text('Duration')).toBe('PT1H');
  });

  test.each<[wall: string, instant: string]>([
    ['2026-07-01T10:00:00', '2026-07-01T14:00:00Z'],
    ['2026-12-01T10:00:00', '2026-12-01T15:00:00Z'],
    ['2026-03-08T10:00:00', '2026-03-08T14:00:00Z'],
    ['2026-03-07T10:00:00', '2026-03-07T15:00:00Z'],
  ])('in a MeetingTimeZone that is described by its rules: %s', async (wall, instant) => {
    const zone = `<t:MeetingTimeZone><t:BaseOffset>PT5H</t:BaseOffset>${ruled('Standard', 'PT0H', 'First', 'November')}${ruled('Daylight', '-PT1H', 'Second', 'March')}</t:MeetingTimeZone>`;
    const item = await create(client, `<t:Start>${wall}</t:Start><t:End>${wall}</t:End>${zone}`, {
      version: 'Exchange2007_SP1',
    });
    expect(item.text('Start')).toBe(instant);
  });

  test('clocks change on a day of the week', async () => {
    const zone = `<t:MeetingTimeZone><t:BaseOffset>PT5H</t:BaseOffset>${ruled('Standard', 'PT0H', 'First', 'November', 'Weekday')}${ruled('Daylight', '-PT1H', 'Second', 'March')}</t:MeetingTimeZone>`;
    expect((await client.create([local(zone)])).codes).toEqual(['ErrorCalendarInvalidDayForTimeChangePattern']);
  });

  test('unknown zones are refused', async () => {
    expect((await client.create([local('<t:StartTimeZone Id="Europe/Berlin"/>')])).codes).toEqual(['ErrorTimeZone']);
    const reply = await client.create([local()], { header: context('Middle-earth Standard Time') });
    expect([reply.status, reply.codes]).toEqual([500, ['ErrorTimeZone']]);
    const meeting = local('<t:MeetingTimeZone TimeZoneName="Middle-earth"/>');
    expect((await client.create([meeting])).codes).toEqual(['ErrorCalendarInvalidTimeZone']);
  });

  test.each<[name: string, start: string, end: string, zone: string, spans: string]>([
    [
      'of one day',
      '2026-07-01T00:00:00',
      '2026-07-02T00:00:00',
      'W. Europe Standard Time',
      '2026-06-30T22:00:00Z/2026-07-01T22:00:00Z',
    ],
    [
      'with hours snap to midnights around them',
      '2026-07-01T09:00:00',
      '2026-07-02T15:00:00',
      'W. Europe Standard Time',
      '2026-06-30T22:00:00Z/2026-07-02T22:00:00Z',
    ],
    [
      'that end when they begin are one day',
      '2026-07-01T00:00:00',
      '2026-07-01T00:00:00',
      'W. Europe Standard Time',
      '2026-06-30T22:00:00Z/2026-07-01T22:00:00Z',
    ],
    [
      'made in the wrong zone span a day too many',
      '2026-06-30T22:00:00Z',
      '2026-07-01T22:00:00Z',
      'UTC',
      '2026-06-30T00:00:00Z/2026-07-02T00:00:00Z',
    ],
    [
      'have 23 hours when summer begins',
      '2026-03-29T00:00:00',
      '2026-03-30T00:00:00',
      'W. Europe Standard Time',
      '2026-03-28T23:00:00Z/2026-03-29T22:00:00Z',
    ],
  ])('all-day events %s', async (_, start, end, zone, spans) => {
    const item = await create(
      client,
      `<t:Start>${start}</t:Start><t:End>${end}</t:End><t:IsAllDayEvent>true</t:IsAllDayEvent><t:StartTimeZone Id="${zone}"/>`,
    );
    expect(`${item.text('Start')}/${item.text('End')}`).toBe(spans);
  });

  test.each<[code: string, content: string]>([
    [
      'ErrorCalendarEndDateIsEarlierThanStartDate',
      '<t:Start>2026-07-01T10:00:00Z</t:Start><t:End>2026-07-01T09:00:00Z</t:End>',
    ],
    ['ErrorCalendarDurationIsTooLong', '<t:Start>2026-07-01T10:00:00Z</t:Start><t:End>2031-07-01T10:00:01Z</t:End>'],
    ...['0001-01-01', '0026-07-01', '0099-12-31', '1500-07-01', '1600-12-31', '4501-01-01'].map(
      (date): [string, string] => [
        'ErrorCalendarOutOfRange',
        `<t:Start>${date}T10:00:00Z</t:Start><t:End>${date}T11:00:00Z</t:End>`,
      ],
    ),
    ['ErrorCalendarOutOfRange', '<t:Start>0026-07-01T10:00:00</t:Start><t:StartTimeZone Id="Pacific Standard Time"/>'],
  ])('%s: %s', async (code, content) => {
    expect((await client.create([content], { as: 'fresh@contoso.com' })).codes).toEqual([code]);
    const folder = await client.call(
      '<m:GetFolder><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id="calendar"/></m:FolderIds></m:GetFolder>',
      { as: 'fresh@contoso.com' },
    );
    expect(folder.text('TotalCount')).toBe('0');
  });
});

test.each(['0001-01-01T00:00:00Z', '0026-07-01T00:00:00', '1600-12-31T23:59:59Z'])(
  'a view from %s is out of range',
  async (from) => {
    const reply = await client.view(from, '2027-01-01T00:00:00Z');
    expect(reply.codes).toEqual(['ErrorCalendarOutOfRange']);
  },
);

test('a series cannot begin before the calendar', async () => {
  const range =
    '<t:NumberedRecurrence><t:StartDate>0026-07-01</t:StartDate><t:NumberOfOccurrences>2</t:NumberOfOccurrences>';
  const daily = '<t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence>';
  const series = `${TIMES}<t:Recurrence>${daily}${range}</t:NumberedRecurrence></t:Recurrence>`;
  expect((await client.create([series])).codes).toEqual(['ErrorCalendarOutOfRange']);
});

describe('reminders', () => {
  test('are fifteen minutes before by default, and follow the start whatever ReminderDueBy said', async () => {
    const item = await create(client, `<t:ReminderDueBy>2020-01-01T00:00:00Z</t:ReminderDueBy>${TIMES}`);
    expect([item.text('ReminderIsSet'), item.text('ReminderMinutesBeforeStart'), item.text('ReminderDueBy')]).toEqual([
      'true',
      '15',
      '2026-12-01T10:00:00Z',
    ]);
  });

  test('of all-day events are the evening before', async () => {
    const item = await create(
      client,
      '<t:Start>2026-07-01T00:00:00Z</t:Start><t:End>2026-07-02T00:00:00Z</t:End><t:IsAllDayEvent>true</t:IsAllDayEvent>',
    );
    const shape =
      '<t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="item:ReminderNextTime"/></t:AdditionalProperties>';
    expect((await client.get([idOf(item)], shape)).text('ReminderNextTime')).toBe('2026-06-30T23:45:00Z');
  });

  test('can be switched off', async () => {
    const item = await create(client, `<t:ReminderIsSet>false</t:ReminderIsSet>${TIMES}`);
    expect(item.text('ReminderIsSet')).toBe('false');
    expect(item.texts('ReminderDueBy')).toEqual([]);
  });
});

test.skipIf(schemasSkipped !== '')(`accepted requests and all responses keep the schemas${schemasSkipped}`, () => {
  expect(client.schemaViolations()).toBe('');
});
