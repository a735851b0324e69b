import {
  type AppointmentInput,
  type DateInput,
  parseAppointment,
  parseMailbox,
  type MailboxInput,
  type SendMode,
} from '@appointed/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { answer, createItemResponse, saved } from './canned-answers.js';
import { cannedServer, type ReceivedRequest } from './canned-server.js';
import { ALFRED, call, KEY, LESSON, transportTo } from './placing.js';
import { schemaIsAtHand, validate } from './schema.js';

const TIMES = { start: new Date('2027-01-15T09:00:00Z'), end: new Date('2027-01-15T10:00:00Z') };

async function requestFor(
  input: Partial<AppointmentInput>,
  mailbox: MailboxInput = 'alfred@contoso.com',
  sendMode: SendMode = 'none',
): Promise<ReceivedRequest> {
  await using server = await cannedServer(answer(200, createItemResponse(saved('item'))));
  const transport = transportTo(server.url);
  const content = parseAppointment({ subject: 'Tennis lesson', ...TIMES, ...input });
  await transport.save({ mailbox: parseMailbox(mailbox), sendMode, items: [{ key: KEY, content }] }, call());
  await transport.close();
  const [request] = server.requests;
  if (request === undefined) throw new Error('nothing was sent');
  return request;
}

describe('a request', () => {
  let request: ReceivedRequest;
  beforeAll(async () => {
    request = await requestFor({});
  });

  it('acts as the mailbox’s owner', () => {
    expect(request.body).toContain(
      '<t:ExchangeImpersonation><t:ConnectingSID><t:SmtpAddress>alfred@contoso.com</t:SmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>',
    );
    expect(request.headers['x-anchormailbox']).toBe('alfred@contoso.com');
  });

  it('has an id of its own and signs in', () => {
    expect(request.headers['client-request-id']).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(request.headers['return-client-request-id']).toBe('true');
    expect(request.headers.authorization).toMatch(/^Basic /);
  });

  it('is sent with its length, in one piece', () => {
    expect(request.headers['content-length']).toBe(String(Buffer.byteLength(request.body)));
    expect(request.headers['transfer-encoding']).toBeUndefined();
    expect(request.headers.expect).toBeUndefined();
  });

  it('names the calendar, the send mode and the key', () => {
    expect(request.body).toContain('SendMeetingInvitations="SendToNone"');
    expect(request.body).toContain('<t:DistinguishedFolderId Id="calendar"/>');
    expect(request.body).toContain('PropertySetId="5f9c1a52-8d4e-4f0b-9a3e-6c7d21b0e8f4" PropertyName="AppointedKey"');
    expect(request.body).toContain(`<t:Value>${KEY}</t:Value>`);
    expect(request.body).toContain(`<t:UID>${KEY}@appointed</t:UID>`);
  });
});

describe('the mailbox', () => {
  it('may be a principal name', async () => {
    const { body, headers } = await requestFor({}, { upn: 'alfred@corp.contoso.com' });
    expect(body).toContain('<t:PrincipalName>alfred@corp.contoso.com</t:PrincipalName>');
    expect(headers['x-anchormailbox']).toBe('alfred@corp.contoso.com');
  });

  it('may be a SID, which is no address to anchor by', async () => {
    const { body, headers } = await requestFor({}, { sid: 'S-1-5-21-1-2-3-1001' });
    expect(body).toContain('<t:SID>S-1-5-21-1-2-3-1001</t:SID>');
    expect(headers['x-anchormailbox']).toBeUndefined();
  });

  it('may have an address that a header cannot hold', async () => {
    const { body, headers } = await requestFor({}, 'jürgen@bücher.example');
    expect(body).toContain('<t:SmtpAddress>jürgen@bücher.example</t:SmtpAddress>');
    expect(headers['x-anchormailbox']).toBeUndefined();
  });

  it('is escaped', async () => {
    const { body } = await requestFor({}, "o'hara&sons@contoso.com");
    expect(body).toContain("<t:SmtpAddress>o'hara&amp;sons@contoso.com</t:SmtpAddress>");
  });
});

describe('the send mode', () => {
  it.each<[SendMode, string]>([
    ['none', 'SendToNone'],
    ['all', 'SendOnlyToAll'],
    ['allAndSaveCopy', 'SendToAllAndSaveCopy'],
  ])('%s is %s', async (mode, name) => {
    expect((await requestFor({}, 'alfred@contoso.com', mode)).body).toContain(`SendMeetingInvitations="${name}"`);
  });
});

const SET = '0f8fad5b-d9cb-469f-a165-70867728950e';
const EVERYTHING: AppointmentInput = {
  subject: 'R&D <b>"x"</b> 🎾',
  body: { html: '<p>R&amp;D</p>\r\n' },
  start: { dateTime: '2027-07-01T09:00', timeZone: 'Europe/Berlin' },
  end: { dateTime: '2027-07-01T10:30:00', timeZone: 'W. Europe Standard Time' },
  location: '</t:Location></t:CalendarItem><t:CalendarItem><t:Subject>crafted',
  requiredAttendees: ['beth@contoso.com', { address: 'carl@contoso.com', name: 'Carl "C" <Carlsen>' }],
  optionalAttendees: [{ address: 'dora@contoso.com', name: 'Dora\u0007\uD800' }],
  resources: ['room1@contoso.com'],
  reminder: { minutesBefore: 15 },
  showAs: 'workingElsewhere',
  sensitivity: 'private',
  importance: 'high',
  categories: ['R&D', 'Sport'],
  responseRequested: false,
  newTimeProposalsAllowed: false,
  attachments: [
    { name: 'R&D.txt', content: new TextEncoder().encode('R&D'), mediaType: 'text/plain; charset="utf-8"' },
    { name: 'logo.png', content: Uint8Array.of(0, 255), mediaType: 'image/png', contentId: 'logo@contoso.com' },
  ],
  customProperties: [
    { propertySetId: SET, name: 'R&D', value: '<b>' },
    { propertySetId: SET, name: 'Seats', value: -1 },
    { propertySetId: SET, name: 'Paid', value: true },
    { propertySetId: SET, name: 'At', value: TIMES.start },
  ],
  recurrence: { pattern: 'weekly', daysOfWeek: ['thursday', 'monday'], numberOfOccurrences: 8 },
};

describe('the CalendarItem', () => {
  it('holds every field, in the schema’s order, escaped', async () => {
    const { body } = await requestFor(EVERYTHING, 'alfred@contoso.com', 'allAndSaveCopy');
    expect(body.slice(body.indexOf('<t:CalendarItem>'), body.indexOf('</t:CalendarItem>'))).toMatchInlineSnapshot(
      `"<t:CalendarItem><t:Subject>R&amp;D &lt;b&gt;&quot;x&quot;&lt;/b&gt; 🎾</t:Subject><t:Sensitivity>Private</t:Sensitivity><t:Body BodyType="HTML">&lt;p&gt;R&amp;amp;D&lt;/p&gt;&#xD;&#xA;</t:Body><t:Attachments><t:FileAttachment><t:Name>R&amp;D.txt</t:Name><t:ContentType>text/plain; charset=&quot;utf-8&quot;</t:ContentType><t:IsInline>false</t:IsInline><t:Content>UiZE</t:Content></t:FileAttachment><t:FileAttachment><t:Name>logo.png</t:Name><t:ContentType>image/png</t:ContentType><t:ContentId>logo@contoso.com</t:ContentId><t:IsInline>true</t:IsInline><t:Content>AP8=</t:Content></t:FileAttachment></t:Attachments><t:Categories><t:String>R&amp;D</t:String><t:String>Sport</t:String></t:Categories><t:Importance>High</t:Importance><t:ReminderIsSet>true</t:ReminderIsSet><t:ReminderMinutesBeforeStart>15</t:ReminderMinutesBeforeStart><t:ExtendedProperty><t:ExtendedFieldURI PropertySetId="5f9c1a52-8d4e-4f0b-9a3e-6c7d21b0e8f4" PropertyName="AppointedKey" PropertyType="String"/><t:Value>0123456789abcdef0123456789abcdef</t:Value></t:ExtendedProperty><t:ExtendedProperty><t:ExtendedFieldURI PropertySetId="0f8fad5b-d9cb-469f-a165-70867728950e" PropertyName="R&amp;D" PropertyType="String"/><t:Value>&lt;b&gt;</t:Value></t:ExtendedProperty><t:ExtendedProperty><t:ExtendedFieldURI PropertySetId="0f8fad5b-d9cb-469f-a165-70867728950e" PropertyName="Seats" PropertyType="Integer"/><t:Value>-1</t:Value></t:ExtendedProperty><t:ExtendedProperty><t:ExtendedFieldURI PropertySetId="0f8fad5b-d9cb-469f-a165-70867728950e" PropertyName="Paid" PropertyType="Boolean"/><t:Value>true</t:Value></t:ExtendedProperty><t:ExtendedProperty><t:ExtendedFieldURI PropertySetId="0f8fad5b-d9cb-469f-a165-70867728950e" PropertyName="At" PropertyType="SystemTime"/><t:Value>2027-01-15T09:00:00Z</t:Value></t:ExtendedProperty><t:ExtendedProperty><t:ExtendedFieldURI PropertySetId="5f9c1a52-8d4e-4f0b-9a3e-6c7d21b0e8f4" PropertyName="AppointedProperties" PropertyType="StringArray"/><t:Values><t:Value>String {0f8fad5b-d9cb-469f-a165-70867728950e} Name R&amp;D</t:Value><t:Value>Integer {0f8fad5b-d9cb-469f-a165-70867728950e} Name Seats</t:Value><t:Value>Boolean {0f8fad5b-d9cb-469f-a165-70867728950e} Name Paid</t:Value><t:Value>SystemTime {0f8fad5b-d9cb-469f-a165-70867728950e} Name At</t:Value></t:Values></t:ExtendedProperty><t:UID>0123456789abcdef0123456789abcdef@appointed</t:UID><t:Start>2027-07-01T09:00:00+02:00</t:Start><t:End>2027-07-01T10:30:00+02:00</t:End><t:LegacyFreeBusyStatus>WorkingElsewhere</t:LegacyFreeBusyStatus><t:Location>&lt;/t:Location&gt;&lt;/t:CalendarItem&gt;&lt;t:CalendarItem&gt;&lt;t:Subject&gt;crafted</t:Location><t:IsResponseRequested>false</t:IsResponseRequested><t:RequiredAttendees><t:Attendee><t:Mailbox><t:EmailAddress>beth@contoso.com</t:EmailAddress></t:Mailbox></t:Attendee><t:Attendee><t:Mailbox><t:Name>Carl &quot;C&quot; &lt;Carlsen&gt;</t:Name><t:EmailAddress>carl@contoso.com</t:EmailAddress></t:Mailbox></t:Attendee></t:RequiredAttendees><t:OptionalAttendees><t:Attendee><t:Mailbox><t:Name>Dora</t:Name><t:EmailAddress>dora@contoso.com</t:EmailAddress></t:Mailbox></t:Attendee></t:OptionalAttendees><t:Resources><t:Attendee><t:Mailbox><t:EmailAddress>room1@contoso.com</t:EmailAddress></t:Mailbox></t:Attendee></t:Resources><t:Recurrence><t:WeeklyRecurrence><t:Interval>1</t:Interval><t:DaysOfWeek>Monday Thursday</t:DaysOfWeek><t:FirstDayOfWeek>Monday</t:FirstDayOfWeek></t:WeeklyRecurrence><t:NumberedRecurrence><t:StartDate>2027-07-01</t:StartDate><t:NumberOfOccurrences>8</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence><t:StartTimeZone Id="W. Europe Standard Time"/><t:EndTimeZone Id="W. Europe Standard Time"/><t:AllowNewTimeProposal>false</t:AllowNewTimeProposal>"`,
    );
  });

  it.each<[string, AppointmentInput['recurrence'], string, string]>([
    [
      '2027-01-01',
      { pattern: 'daily', interval: 3 },
      '<t:DailyRecurrence><t:Interval>3</t:Interval></t:DailyRecurrence>',
      'NoEndRecurrence',
    ],
    [
      '2027-01-04',
      {
        pattern: 'weekly',
        interval: 2,
        daysOfWeek: ['friday', 'monday'],
        firstDayOfWeek: 'sunday',
        endDate: '2027-12-31',
      },
      '<t:WeeklyRecurrence><t:Interval>2</t:Interval><t:DaysOfWeek>Monday Friday</t:DaysOfWeek><t:FirstDayOfWeek>Sunday</t:FirstDayOfWeek></t:WeeklyRecurrence>',
      'EndDateRecurrence',
    ],
    [
      '2027-01-31',
      { pattern: 'absoluteMonthly', dayOfMonth: 31, numberOfOccurrences: 9 },
      '<t:AbsoluteMonthlyRecurrence><t:Interval>1</t:Interval><t:DayOfMonth>31</t:DayOfMonth></t:AbsoluteMonthlyRecurrence>',
      'NumberedRecurrence',
    ],
    [
      '2027-01-29',
      { pattern: 'relativeMonthly', index: 'last', dayOfWeek: 'weekday' },
      '<t:RelativeMonthlyRecurrence><t:Interval>1</t:Interval><t:DaysOfWeek>Weekday</t:DaysOfWeek><t:DayOfWeekIndex>Last</t:DayOfWeekIndex></t:RelativeMonthlyRecurrence>',
      'NoEndRecurrence',
    ],
    [
      '2028-02-29',
      { pattern: 'absoluteYearly', month: 2, dayOfMonth: 29 },
      '<t:AbsoluteYearlyRecurrence><t:DayOfMonth>29</t:DayOfMonth><t:Month>February</t:Month></t:AbsoluteYearlyRecurrence>',
      'NoEndRecurrence',
    ],
    [
      '2027-11-25',
      { pattern: 'relativeYearly', month: 11, index: 'fourth', dayOfWeek: 'thursday' },
      '<t:RelativeYearlyRecurrence><t:DaysOfWeek>Thursday</t:DaysOfWeek><t:DayOfWeekIndex>Fourth</t:DayOfWeekIndex><t:Month>November</t:Month></t:RelativeYearlyRecurrence>',
      'NoEndRecurrence',
    ],
  ])('recurs from %s as %j says', async (date, recurrence, pattern, range) => {
    const day = { date, timeZone: 'Pacific/Auckland' };
    const { body } = await requestFor({ start: day, end: day, ...(recurrence && { recurrence }) });
    expect(body).toContain(`<t:Recurrence>${pattern}<t:${range}><t:StartDate>${date}</t:StartDate>`);
    if (schemaIsAtHand) validate(body);
  });

  it('for all day ends where its last day does, also where the clocks skip the midnight after it', async () => {
    const [first, second] = ['2027-04-29', '2027-04-30'].map((date) => ({ date, timeZone: 'Africa/Cairo' })) as [
      DateInput,
      DateInput,
    ];
    const usual = await requestFor({ start: second, end: second });
    expect(usual.body).toContain(
      '<t:Start>2027-04-30T01:00:00+03:00</t:Start><t:End>2027-05-01T00:00:00+03:00</t:End>',
    );
    expect(usual.body).toContain('<t:IsAllDayEvent>true</t:IsAllDayEvent>');
    expect(usual.body).toContain('<t:ReminderIsSet>false</t:ReminderIsSet>');
    const before = await requestFor({ start: first, end: first });
    expect(before.body).toContain('<t:Start>2027-04-29T00:00:00+02:00</t:Start><t:End>2027-04-29T21:59:00Z</t:End>');
  });

  it('has no reminder where none is wanted', async () => {
    expect((await requestFor({ reminder: false })).body).toContain('<t:ReminderIsSet>false</t:ReminderIsSet>');
  });

  it.skipIf(!schemaIsAtHand)('is valid by Microsoft’s schemas', async () => {
    validate((await requestFor({})).body);
    validate((await requestFor(EVERYTHING, 'alfred@contoso.com', 'all')).body);
    validate((await requestFor({ reminder: false }, { upn: 'alfred@corp.contoso.com' })).body);
    validate((await requestFor({}, { sid: 'S-1-5-21-1-2-3-1001' })).body);
  });
});

async function requestsOf(action: (transport: ReturnType<typeof transportTo>) => Promise<unknown>): Promise<string[]> {
  await using server = await cannedServer(answer(500, ''));
  const transport = transportTo(server.url);
  await action(transport);
  await transport.close();
  return server.requests.map(({ body }) => body);
}

describe('removing', () => {
  it.skipIf(!schemaIsAtHand)('sends what is valid by Microsoft’s schemas', async () => {
    const removal = { itemId: 'A&A=', sendMode: 'none' } as const;
    const bodies = await requestsOf((transport) => transport.remove(ALFRED, removal, call()));
    expect(bodies).toHaveLength(1);
    bodies.forEach(validate);
  });
});

describe('connections', () => {
  it('are kept', async () => {
    await using server = await cannedServer(answer(200, createItemResponse(saved('item'))));
    const transport = transportTo(server.url);
    for (let n = 0; n < 20; n += 1) {
      await transport.save({ mailbox: ALFRED, sendMode: 'none', items: [{ key: KEY, content: LESSON }] }, call());
    }
    await transport.close();
    // undici waits a turn of the event loop before it reuses one, and may open a second meanwhile.
    expect(server.connections).toBeLessThanOrEqual(2);
  });
});
