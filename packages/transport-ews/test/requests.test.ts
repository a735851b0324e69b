import {
  type AppointmentInput,
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
};

describe('the CalendarItem', () => {
  it('holds every field, in the schema’s order, escaped', async () => {
    const { body } = await requestFor(EVERYTHING, 'alfred@contoso.com', 'allAndSaveCopy');
    expect(body.slice(body.indexOf('<t:CalendarItem>'), body.indexOf('</t:CalendarItem>'))).toMatchInlineSnapshot(
      `"<t:CalendarItem><t:Subject>R&amp;D &lt;b&gt;&quot;x&quot;&lt;/b&gt; 🎾</t:Subject><t:Sensitivity>Private</t:Sensitivity><t:Body BodyType="HTML">&lt;p&gt;R&amp;amp;D&lt;/p&gt;&#xD;&#xA;</t:Body><t:Categories><t:String>R&amp;D</t:String><t:String>Sport</t:String></t:Categories><t:Importance>High</t:Importance><t:ReminderIsSet>true</t:ReminderIsSet><t:ReminderMinutesBeforeStart>15</t:ReminderMinutesBeforeStart><t:ExtendedProperty><t:ExtendedFieldURI PropertySetId="5f9c1a52-8d4e-4f0b-9a3e-6c7d21b0e8f4" PropertyName="AppointedKey" PropertyType="String"/><t:Value>0123456789abcdef0123456789abcdef</t:Value></t:ExtendedProperty><t:UID>0123456789abcdef0123456789abcdef@appointed</t:UID><t:Start>2027-07-01T09:00:00+02:00</t:Start><t:End>2027-07-01T10:30:00+02:00</t:End><t:LegacyFreeBusyStatus>WorkingElsewhere</t:LegacyFreeBusyStatus><t:Location>&lt;/t:Location&gt;&lt;/t:CalendarItem&gt;&lt;t:CalendarItem&gt;&lt;t:Subject&gt;crafted</t:Location><t:RequiredAttendees><t:Attendee><t:Mailbox><t:EmailAddress>beth@contoso.com</t:EmailAddress></t:Mailbox></t:Attendee><t:Attendee><t:Mailbox><t:Name>Carl &quot;C&quot; &lt;Carlsen&gt;</t:Name><t:EmailAddress>carl@contoso.com</t:EmailAddress></t:Mailbox></t:Attendee></t:RequiredAttendees><t:OptionalAttendees><t:Attendee><t:Mailbox><t:Name>Dora</t:Name><t:EmailAddress>dora@contoso.com</t:EmailAddress></t:Mailbox></t:Attendee></t:OptionalAttendees><t:Resources><t:Attendee><t:Mailbox><t:EmailAddress>room1@contoso.com</t:EmailAddress></t:Mailbox></t:Attendee></t:Resources><t:StartTimeZone Id="W. Europe Standard Time"/><t:EndTimeZone Id="W. Europe Standard Time"/>"`,
    );
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
