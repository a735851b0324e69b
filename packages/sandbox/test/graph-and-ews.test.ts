import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../src/index.js';
import { EwsClient } from './ews-client.js';
import { GraphClient, type Json } from './graph-client.js';
import { ALFRED, KEY, at, lesson, organisation } from './graph-organisation.js';

let sandbox: Sandbox;
let graph: GraphClient;
let ews: EwsClient;

beforeAll(async () => {
  sandbox = await startSandbox(organisation);
  graph = new GraphClient(sandbox);
  ews = new EwsClient(sandbox.ewsUrl);
});

afterEach(() => sandbox.control.reset());

afterAll(() => sandbox.close());

const EVENTS = `${ALFRED}/events`;
const KEY_URI =
  '<t:ExtendedFieldURI PropertyName="AppointedKey" PropertySetId="5F9C1A52-8D4E-4F0B-9A3E-6C7D21B0E8F4" PropertyType="String"/>';
const WITH_KEY = `<t:BaseShape>AllProperties</t:BaseShape><t:AdditionalProperties>${KEY_URI}</t:AdditionalProperties>`;
const PACIFIC = '<t:StartTimeZone Id="Pacific Standard Time"/><t:EndTimeZone Id="Pacific Standard Time"/>';

const restId = (id = '') => id.replaceAll('/', '-').replaceAll('+', '_');
const ewsId = (id: string) => id.replaceAll('-', '/').replaceAll('_', '+');

describe('what EWS writes, Graph reads', () => {
  test('an appointment with a zone, a body, places and the key', async () => {
    const created = await ews.create([
      '<t:Subject>Yoga &amp; tea</t:Subject><t:Sensitivity>Private</t:Sensitivity>' +
        '<t:Body BodyType="Text">Bring a mat</t:Body><t:Categories><t:String>Sport</t:String></t:Categories>' +
        '<t:Importance>High</t:Importance><t:ReminderIsSet>true</t:ReminderIsSet>' +
        '<t:ReminderMinutesBeforeStart>45</t:ReminderMinutesBeforeStart>' +
        `<t:ExtendedProperty>${KEY_URI}<t:Value>a-key</t:Value></t:ExtendedProperty><t:UID>uid-1@appointed</t:UID>` +
        '<t:Start>2026-12-01T09:00:00</t:Start><t:End>2026-12-01T10:00:00</t:End>' +
        `<t:LegacyFreeBusyStatus>OOF</t:LegacyFreeBusyStatus><t:Location>Gym</t:Location>${PACIFIC}`,
    ]);
    expect(created.codes).toEqual(['NoError']);
    const $filter = `singleValueExtendedProperties/any(ep: ep/id eq '${KEY}' and ep/value eq 'a-key')`;
    const query = new URLSearchParams({
      $filter,
      $expand: `singleValueExtendedProperties($filter=id eq '${KEY.toUpperCase().replace('STRING', 'String').replace('NAME APPOINTEDKEY', 'Name AppointedKey')}')`,
    });
    const { value } = (await graph.get(`${EVENTS}?${query.toString()}`)).json;
    expect(value).toMatchObject([
      {
        id: restId(created.attributes('ItemId', 'Id')[0]),
        changeKey: created.attributes('ItemId', 'ChangeKey')[0],
        iCalUId: 'uid-1@appointed',
        subject: 'Yoga & tea',
        bodyPreview: 'Bring a mat',
        categories: ['Sport'],
        importance: 'high',
        sensitivity: 'private',
        showAs: 'oof',
        isReminderOn: true,
        reminderMinutesBeforeStart: 45,
        originalStartTimeZone: 'Pacific Standard Time',
        start: { dateTime: '2026-12-01T17:00:00.0000000', timeZone: 'UTC' },
        location: { displayName: 'Gym' },
        singleValueExtendedProperties: [{ id: KEY, value: 'a-key' }],
      },
    ]);
  });

  test('a series, and the occurrences that differ', async () => {
    const created = await ews.create([
      '<t:Subject>Standup</t:Subject><t:Start>2026-10-19T09:00:00</t:Start><t:End>2026-10-19T09:15:00</t:End>' +
        '<t:Recurrence><t:WeeklyRecurrence><t:Interval>1</t:Interval><t:DaysOfWeek>Monday Friday</t:DaysOfWeek>' +
        '<t:FirstDayOfWeek>Monday</t:FirstDayOfWeek></t:WeeklyRecurrence><t:EndDateRecurrence>' +
        '<t:StartDate>2026-10-19</t:StartDate><t:EndDate>2026-11-06</t:EndDate></t:EndDateRecurrence></t:Recurrence>' +
        PACIFIC,
    ]);
    const master = created.attributes('ItemId', 'Id')[0] ?? '';
    const deleted = await ews.call(
      '<m:DeleteItem DeleteType="MoveToDeletedItems" SendMeetingCancellations="SendToNone"><m:ItemIds>' +
        `<t:OccurrenceItemId RecurringMasterId="${master}" InstanceIndex="2"/></m:ItemIds></m:DeleteItem>`,
    );
    expect(deleted.codes).toEqual(['NoError']);
    const { json } = await graph.get(`${EVENTS}/${restId(master)}`);
    expect(json.recurrence).toEqual({
      pattern: {
        type: 'weekly',
        interval: 1,
        month: 0,
        dayOfMonth: 0,
        daysOfWeek: ['monday', 'friday'],
        firstDayOfWeek: 'monday',
        index: 'first',
      },
      range: {
        type: 'endDate',
        startDate: '2026-10-19',
        endDate: '2026-11-06',
        recurrenceTimeZone: 'Pacific Standard Time',
        numberOfOccurrences: 0,
      },
    });
    const window = 'startDateTime=2026-10-01T00:00:00Z&endDateTime=2026-12-01T00:00:00Z';
    const { value } = (await graph.get(`${EVENTS}/${json.id}/instances?${window}`)).json;
    // The clocks go back on 1 November, in California.
    expect(value.map(({ start }: Json) => start.dateTime.slice(0, 16))).toEqual([
      '2026-10-19T16:00',
      '2026-10-26T16:00',
      '2026-10-30T16:00',
      '2026-11-02T17:00',
      '2026-11-06T17:00',
    ]);
  });

  test('a zone that is described by its rules alone', async () => {
    const zone =
      '<t:StartTimeZone Id="Ours" Name="Ours"><t:Periods><t:Period Bias="-PT3H" Name="Standard" Id="s"/></t:Periods>' +
      '<t:TransitionsGroups><t:TransitionsGroup Id="0"><t:Transition><t:To Kind="Period">s</t:To></t:Transition>' +
      '</t:TransitionsGroup></t:TransitionsGroups><t:Transitions><t:Transition><t:To Kind="Group">0</t:To>' +
      '</t:Transition></t:Transitions></t:StartTimeZone>';
    await ews.create([`<t:Start>2026-12-01T09:00:00</t:Start><t:End>2026-12-01T10:00:00</t:End>${zone}`]);
    expect((await graph.get(EVENTS)).json.value).toMatchObject([
      { originalStartTimeZone: 'tzone://Microsoft/Custom', start: { dateTime: '2026-12-01T06:00:00.0000000' } },
    ]);
  });

  test('a UID through the GlobalObjectId that is made of it', async () => {
    await ews.create(['<t:Subject>Yoga</t:Subject><t:UID>uid-1@appointed</t:UID>', '<t:Subject>Tea</t:Subject>']);
    const item = await ews.find('<m:IndexedPageItemView MaxEntriesReturned="10" Offset="0" BasePoint="Beginning"/>', {
      shape:
        '<t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="item:Subject"/>' +
        '<t:ExtendedFieldURI DistinguishedPropertySetId="Meeting" PropertyId="3" PropertyType="Binary"/></t:AdditionalProperties>',
    });
    const id = 'Binary {6ED8DA90-450B-101B-98DA-00AA003F1305} Id 0x3';
    const $filter = `singleValueExtendedProperties/any(ep: ep/id eq '${id}' and ep/value eq '${item.texts('Value')[0]}')`;
    const { value } = (await graph.get(`${EVENTS}?${new URLSearchParams({ $filter }).toString()}`)).json;
    expect(value.map(({ subject }: Json) => subject)).toEqual(['Yoga']);
  });
});

describe('what Graph writes, EWS reads', () => {
  test.each(['Europe/Kyiv', 'Europe/Kiev'])(
    'a zone under its Windows name, also of a city that was renamed: %s',
    async (name) => {
      const { json } = await graph.post(EVENTS, lesson({ start: at('2026-12-01T09:00:00', name) }));
      expect((await ews.get([ewsId(json.id)])).attributes('StartTimeZone', 'Id')).toEqual(['FLE Standard Time']);
    },
  );

  test('an event with a zone, a body, places and the key', async () => {
    const { json } = await graph.post(
      EVENTS,
      lesson({
        body: { contentType: 'html', content: '<b>Racket</b>' },
        location: { displayName: 'Court <1>' },
        categories: ['Sport'],
        sensitivity: 'confidential',
        showAs: 'workingElsewhere',
        attendees: [{ emailAddress: { name: 'Zoe', address: 'zoe@fabrikam.com' }, type: 'optional' }],
        singleValueExtendedProperties: [{ id: KEY, value: 'a-key' }],
      }),
    );
    const seen = await ews.get([ewsId(json.id)], WITH_KEY);
    expect(seen.codes).toEqual(['NoError']);
    const texts = [
      'Subject',
      'Body',
      'Location',
      'Sensitivity',
      'LegacyFreeBusyStatus',
      'Start',
      'Value',
      'UID',
      'TimeZone',
    ];
    expect(texts.map((name) => seen.text(name))).toEqual([
      'Tennis lesson',
      '<b>Racket</b>',
      'Court <1>',
      'Confidential',
      'WorkingElsewhere',
      '2026-12-01T08:00:00Z',
      'a-key',
      json.iCalUId,
      'W. Europe Standard Time',
    ]);
    expect(seen.attributes('Body', 'BodyType')).toEqual(['HTML']);
    expect(seen.attributes('ItemId', 'ChangeKey')[0]).toBe(json.changeKey);
    expect(seen.xml).toMatch(/<t:OptionalAttendees>.*zoe@fabrikam.com/);
    expect(ews.schemaViolations()).toBe('');
    const restriction =
      '<m:IndexedPageItemView MaxEntriesReturned="10" Offset="0" BasePoint="Beginning"/><m:Restriction><t:IsEqualTo>' +
      `${KEY_URI}<t:FieldURIOrConstant><t:Constant Value="a-key"/></t:FieldURIOrConstant></t:IsEqualTo></m:Restriction>`;
    expect((await ews.find(restriction)).attributes('ItemId', 'Id')).toEqual([ewsId(json.id)]);
  });

  test('a series with an occurrence of its own', async () => {
    const { json } = await graph.post(
      EVENTS,
      lesson({
        recurrence: {
          pattern: { type: 'relativeMonthly', interval: 2, daysOfWeek: ['tuesday'], index: 'first' },
          range: { type: 'numbered', startDate: '2026-12-01', numberOfOccurrences: 2 },
        },
      }),
    );
    const window = 'startDateTime=2026-11-01T00:00:00Z&endDateTime=2027-12-01T00:00:00Z';
    const [, second] = (await graph.get(`${EVENTS}/${json.id}/instances?${window}`)).json.value;
    await graph.patch(`${EVENTS}/${second.id}`, { subject: 'Final' });
    const seen = await ews.get([ewsId(json.id)]);
    expect(seen.xml).toContain(
      '<t:RelativeMonthlyRecurrence><t:Interval>2</t:Interval><t:DaysOfWeek>Tuesday</t:DaysOfWeek>' +
        '<t:DayOfWeekIndex>First</t:DayOfWeekIndex></t:RelativeMonthlyRecurrence>',
    );
    const view = await ews.view('2026-11-01T00:00:00Z', '2027-12-01T00:00:00Z');
    expect(view.texts('Subject')).toEqual(['Tennis lesson', 'Final']);
    expect(view.texts('CalendarItemType')).toEqual(['Occurrence', 'Exception']);
    expect(view.attributes('ItemId', 'Id')[1]).toBe(ewsId(second.id));
  });

  test('whole days, and a file', async () => {
    const { json } = await graph.post(
      EVENTS,
      lesson({ isAllDay: true, start: at('2026-12-01T00:00:00'), end: at('2026-12-02T00:00:00') }),
    );
    const file = { '@odata.type': '#microsoft.graph.fileAttachment', name: 'a.txt', contentBytes: 'SGVsbG8=' };
    const attached = await graph.post(`${EVENTS}/${json.id}/attachments`, file);
    const seen = await ews.get([ewsId(json.id)]);
    expect([seen.text('IsAllDayEvent'), seen.text('Start')]).toEqual(['true', '2026-11-30T23:00:00Z']);
    const content = await ews.call(
      `<m:GetAttachment><m:AttachmentIds><t:AttachmentId Id="${ewsId(attached.json.id)}"/></m:AttachmentIds></m:GetAttachment>`,
    );
    expect(content.text('Content')).toBe('SGVsbG8=');
  });
});

describe('a change', () => {
  test('by one is seen by the other, and a change key of before is one of before for both', async () => {
    const { json } = await graph.post(
      EVENTS,
      lesson({ location: { displayName: 'Court 1', locationUri: 'https://a.b' } }),
    );
    const changed = await ews.call(
      '<m:UpdateItem ConflictResolution="AlwaysOverwrite" SendMeetingInvitationsOrCancellations="SendToNone">' +
        `<m:ItemChanges><t:ItemChange><t:ItemId Id="${ewsId(json.id)}"/><t:Updates><t:SetItemField>` +
        '<t:FieldURI FieldURI="calendar:Location"/><t:CalendarItem><t:Location>Court 2</t:Location></t:CalendarItem>' +
        '</t:SetItemField></t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>',
    );
    expect(changed.codes).toEqual(['NoError']);
    const stale = { 'if-match': json['@odata.etag'] as string };
    expect((await graph.patch(`${EVENTS}/${json.id}`, { subject: 'x' }, stale)).status).toBe(412);
    const now = (await graph.get(`${EVENTS}/${json.id}`)).json;
    expect(now.location).toMatchObject({ displayName: 'Court 2' });
    // The address was the other court's.
    expect(now.location).not.toHaveProperty('locationUri');
  });

  test('of folder gives another id; the immutable one finds it again', async () => {
    const immutable = { prefer: 'IdType="ImmutableId"' };
    const { json } = await graph.post(EVENTS, lesson(), immutable);
    const before = (await graph.get(EVENTS)).json.value[0].id;
    const moved = await ews.call(
      '<m:MoveItem><m:ToFolderId><t:DistinguishedFolderId Id="deleteditems"/></m:ToFolderId><m:ItemIds>' +
        `<t:ItemId Id="${ewsId(before)}"/></m:ItemIds></m:MoveItem>`,
    );
    expect((await graph.get(`${EVENTS}/${before}`)).inShort).toBe('404 ErrorItemNotFound');
    const after = (await graph.get(`${EVENTS}/${json.id}`)).json.id;
    expect(after).toBe(restId(moved.attributes('ItemId', 'Id')[0]));
  });
});

test('Graph’s invitation is in the attendee’s calendar and inbox, for EWS too', async () => {
  const attendees = [{ emailAddress: { address: 'berta@contoso.com' } }];
  const { json } = await graph.post(EVENTS, lesson({ attendees }));
  await sandbox.control.quiet();
  const berta = { as: 'berta@contoso.com' };
  const view = await ews.view('2026-12-01T00:00:00Z', '2026-12-02T00:00:00Z', berta);
  expect(view.texts('Subject')).toEqual(['Tennis lesson']);
  const [mail] = sandbox.control.meetingMails('berta@contoso.com');
  expect((await graph.get(`/users/berta@corp.contoso.com/events/${restId(mail?.id)}`)).inShort).toBe(
    '404 ErrorItemNotFound',
  );
  await graph.delete(`${EVENTS}/${json.id}`);
  await sandbox.control.quiet();
  const [copy] = (await graph.get('/users/berta@corp.contoso.com/events')).json.value;
  expect(copy).toMatchObject({ iCalUId: json.iCalUId, isCancelled: true, isOrganizer: false });
});
