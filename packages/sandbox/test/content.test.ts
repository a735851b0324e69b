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

const uri = (type: string) =>
  `<t:ExtendedFieldURI DistinguishedPropertySetId="PublicStrings" PropertyName="${type}" PropertyType="${type}"/>`;

describe('the class of an item', () => {
  test.each(['IPM.Note', 'IPM', '', 'IPM.Task.IPM.Appointment'])('%j is no calendar item', async (itemClass) => {
    const item = `<t:ItemClass>${itemClass}</t:ItemClass>${TIMES}`;
    const reply = await client.create([item, TIMES], { as: 'fresh@contoso.com' });
    expect(reply.codes).toEqual(['ErrorObjectTypeChanged', 'NoError']);
  });

  test.each(['IPM.Appointment', 'IPM.Appointment.Lesson', 'ipm.appointment'])('%j is one', async (itemClass) => {
    const item = await create(client, `<t:ItemClass>${itemClass}</t:ItemClass>${TIMES}`);
    expect(item.text('ItemClass')).toBe(itemClass);
  });
});

describe('what is stored comes back', () => {
  test.each(['R&D <b>"x"</b>', 'emoji 🎾 and 漢字', "it's  two  spaces", '\ttab and\nline', ']]>', '&amp;lt;'])(
    'the subject %j',
    async (subject) => {
      const escaped = subject.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
      const item = await create(
        client,
        `<t:Subject>${escaped}</t:Subject><t:Body BodyType="Text">${escaped}</t:Body>${TIMES}<t:Location>${escaped}</t:Location>`,
      );
      expect([item.text('Subject'), item.text('Body'), item.text('Location')]).toEqual([subject, subject, subject]);
    },
  );

  test('CDATA and a carriage return', async () => {
    expect((await create(client, `<t:Subject><![CDATA[<a> & b]]>&#13;</t:Subject>${TIMES}`)).text('Subject')).toBe(
      '<a> & b\r',
    );
  });

  test('categories, importance, sensitivity, how it is shown, and properties of every type', async () => {
    const properties = [
      ['String', 'a'],
      ['Integer', '-7'],
      ['Boolean', 'true'],
      ['SystemTime', '2026-01-01T00:00:00Z'],
      ['Double', '1.5'],
      ['Binary', 'aGk='],
      ['CLSID', '5f9c1a52-8d4e-4f0b-9a3e-6c7d21b0e8f4'],
    ] as const;
    const xml = properties
      .map(([type, value]) => `<t:ExtendedProperty>${uri(type)}<t:Value>${value}</t:Value></t:ExtendedProperty>`)
      .join('');
    const item = await create(
      client,
      `<t:Sensitivity>Private</t:Sensitivity><t:Categories><t:String>red</t:String><t:String>b, c</t:String></t:Categories><t:Importance>High</t:Importance>${xml}${TIMES}<t:LegacyFreeBusyStatus>OOF</t:LegacyFreeBusyStatus>`,
    );
    expect(item.texts('String')).toEqual(['red', 'b, c']);
    expect([item.text('Importance'), item.text('Sensitivity'), item.text('LegacyFreeBusyStatus')]).toEqual([
      'High',
      'Private',
      'OOF',
    ]);
    const shape = `<t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>${properties.map(([type]) => uri(type)).join('')}</t:AdditionalProperties>`;
    expect((await client.get([idOf(item)], shape)).texts('Value')).toEqual(properties.map(([, value]) => value));
  });

  test('the UID if one was given; else one that looks like Exchange’s', async () => {
    expect((await create(client, `<t:UID>mine@appointed</t:UID>${TIMES}`)).text('UID')).toBe('mine@appointed');
    expect((await create(client, TIMES)).text('UID')).toMatch(/^040000008200E00074C5B7101A82E008[0-9A-F]{80}$/);
  });

  test('attendees, who make it a meeting; the organizer is the mailbox', async () => {
    const attendee =
      '<t:Attendee><t:Mailbox><t:EmailAddress>berta@contoso.com</t:EmailAddress></t:Mailbox></t:Attendee>';
    const item = await create(
      client,
      `${TIMES}<t:RequiredAttendees>${attendee}</t:RequiredAttendees><t:Resources>${attendee}</t:Resources>`,
    );
    expect(item.text('IsMeeting')).toBe('true');
    expect(item.xml).toMatch(/<t:Organizer>.*alfred@contoso.com.*<\/t:Organizer><t:RequiredAttendees>.*berta/);
    expect((await create(client, TIMES)).text('IsMeeting')).toBe('false');
  });
});

describe('CreateItem', () => {
  test('needs to be told what to do about invitations', async () => {
    const reply = await client.call(
      `<m:CreateItem><m:Items><t:CalendarItem>${TIMES}</t:CalendarItem></m:Items></m:CreateItem>`,
    );
    expect(reply.codes).toEqual(['ErrorSendMeetingInvitationsRequired']);
  });

  test('stores calendar items in calendars alone', async () => {
    const inbox = { folder: '<t:DistinguishedFolderId Id="inbox"/>' };
    expect((await client.create([TIMES], inbox)).codes).toEqual(['ErrorCannotCreateCalendarItemInNonCalendarFolder']);
    const message =
      '<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:Message><t:Subject>x</t:Subject></t:Message></m:Items></m:CreateItem>';
    expect((await client.call(message)).codes).toEqual(['ErrorInvalidItemForOperationCreateItem']);
  });

  test('takes half an hour, from the next half hour on, for what has no times', async () => {
    const item = await create(client, '<t:Subject>soon</t:Subject>');
    expect([item.text('Start'), item.text('End')]).toEqual(['2026-11-22T10:00:00Z', '2026-11-22T10:30:00Z']);
  });

  test.each<[name: string, uri: string, value: string, code: string]>([
    [
      'a tag and a name',
      'PropertyTag="0x37" PropertyName="x" PropertyType="String"',
      '<t:Value>v</t:Value>',
      'ErrorInvalidExtendedProperty',
    ],
    [
      'a set alone',
      'DistinguishedPropertySetId="Common" PropertyType="String"',
      '<t:Value>v</t:Value>',
      'ErrorInvalidExtendedProperty',
    ],
    [
      'a name without a set',
      'PropertyName="x" PropertyType="String"',
      '<t:Value>v</t:Value>',
      'ErrorInvalidExtendedProperty',
    ],
    [
      'a number in words',
      'PropertyTag="0x37" PropertyType="Integer"',
      '<t:Value>seven</t:Value>',
      'ErrorInvalidExtendedPropertyValue',
    ],
    [
      'a number that is too big for its type',
      'PropertyTag="0x37" PropertyType="Short"',
      '<t:Value>32768</t:Value>',
      'ErrorInvalidExtendedPropertyValue',
    ],
    [
      'one value for an array',
      'PropertyTag="0x37" PropertyType="StringArray"',
      '<t:Value>v</t:Value>',
      'ErrorInvalidExtendedPropertyValue',
    ],
    [
      'a type that is no type',
      'PropertyTag="0x37" PropertyType="Object"',
      '<t:Value>v</t:Value>',
      'ErrorUnsupportedMapiPropertyType',
    ],
  ])('refuses a custom property with %s', async (_, uri, value, code) => {
    const property = `<t:ExtendedProperty><t:ExtendedFieldURI ${uri}/>${value}</t:ExtendedProperty>`;
    expect((await client.create([property + TIMES])).codes).toEqual([code]);
  });
});

describe('shapes', () => {
  test('IdOnly is the id; what is asked for comes with it, in the schema’s order', async () => {
    const item = await create(client, `<t:Subject>s</t:Subject>${TIMES}`);
    const idOnly = await client.get([idOf(item)], '<t:BaseShape>IdOnly</t:BaseShape>');
    expect(idOnly.xml).toMatch(/<t:CalendarItem><t:ItemId [^>]*\/><\/t:CalendarItem>/);
    const more =
      '<t:AdditionalProperties><t:FieldURI FieldURI="calendar:Location"/><t:FieldURI FieldURI="calendar:UID"/><t:FieldURI FieldURI="item:Subject"/></t:AdditionalProperties>';
    const asked = await client.get([idOf(item)], `<t:BaseShape>IdOnly</t:BaseShape>${more}`);
    expect(asked.xml).toMatch(
      /<t:CalendarItem><t:ItemId [^>]*\/><t:Subject>s<\/t:Subject><t:UID>[^<]*<\/t:UID><\/t:CalendarItem>/,
    );
  });

  test('a body comes as it is wanted', async () => {
    const item = await create(client, `<t:Body BodyType="HTML">&lt;p&gt;a &amp;amp; b&lt;/p&gt;</t:Body>${TIMES}`);
    const text = await client.get([idOf(item)], '<t:BaseShape>Default</t:BaseShape><t:BodyType>Text</t:BodyType>');
    expect(text.text('Body')).toBe('a & b');
    const html = await client.get([idOf(item)], '<t:BaseShape>Default</t:BaseShape>');
    expect(html.text('Body')).toBe('<p>a &amp; b</p>');
  });
});

test.skipIf(schemasSkipped !== '')(`accepted requests and all responses keep the schemas${schemasSkipped}`, () => {
  expect(client.schemaViolations()).toBe('');
});
