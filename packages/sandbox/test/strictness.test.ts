import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../src/index.js';
import { contoso } from './contoso.js';
import { EwsClient } from './ews-client.js';
import { schemasSkipped } from './schemas.js';

let sandbox: Sandbox;
let client: EwsClient;

beforeAll(async () => {
  sandbox = await startSandbox(contoso);
  client = new EwsClient(sandbox.ewsUrl);
});

afterAll(() => sandbox.close());

const NS_M = 'http://schemas.microsoft.com/exchange/services/2006/messages';
const NS_T = 'http://schemas.microsoft.com/exchange/services/2006/types';
const TIMES = '<t:Start>2026-12-01T10:00:00Z</t:Start><t:End>2026-12-01T11:00:00Z</t:End>';

function createItem(inside: string, attributes = 'SendMeetingInvitations="SendToNone"'): string {
  return `<m:CreateItem ${attributes}><m:Items><t:CalendarItem>${inside}</t:CalendarItem></m:Items></m:CreateItem>`;
}

function envelope(body: string, namespace = 'http://schemas.xmlsoap.org/soap/envelope/'): string {
  return `<s:Envelope xmlns:s="${namespace}" xmlns:m="${NS_M}" xmlns:t="${NS_T}"><s:Body>${body}</s:Body></s:Envelope>`;
}

const SHAPE = '<m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>';

describe('a request that breaks the schema is refused with ErrorSchemaValidation and the violation', () => {
  test.each<[name: string, body: string, violation: string]>([
    [
      'an unknown element',
      createItem('<t:Topic>x</t:Topic>'),
      `The element 'CalendarItem' in namespace '${NS_T}' has invalid child element 'Topic' in namespace '${NS_T}'. List of possible elements expected: 'MimeContent, ItemId`,
    ],
    [
      'elements in another order',
      createItem(`${TIMES}<t:Subject>late</t:Subject>`),
      `has invalid child element 'Subject'`,
    ],
    [
      'an element twice',
      createItem('<t:Subject>a</t:Subject><t:Subject>b</t:Subject>'),
      `has invalid child element 'Subject'`,
    ],
    [
      'an element of the wrong namespace',
      createItem('<m:Subject>a</m:Subject>'),
      `has invalid child element 'Subject' in namespace '${NS_M}'`,
    ],
    [
      'a value outside its enumeration',
      createItem('<t:Sensitivity>Secret</t:Sensitivity>'),
      `The '${NS_T}:Sensitivity' element is invalid - The value 'Secret' is invalid according to its datatype '${NS_T}:SensitivityChoicesType' - The Enumeration constraint failed.`,
    ],
    [
      'a date that does not exist',
      createItem('<t:Start>2026-02-30T10:00:00Z</t:Start>'),
      `The '${NS_T}:Start' element is invalid - The value '2026-02-30T10:00:00Z' is invalid according to its datatype 'http://www.w3.org/2001/XMLSchema:dateTime'`,
    ],
    ['a date without a time', createItem('<t:Start>2026-02-03</t:Start>'), `The '${NS_T}:Start' element is invalid`],
    ['a boolean in words', createItem('<t:IsAllDayEvent>yes</t:IsAllDayEvent>'), 'is not a valid Boolean value.'],
    ['a missing attribute', createItem('<t:Body>x</t:Body>'), `The required attribute 'BodyType' is missing.`],
    [
      'an unknown attribute',
      createItem('<t:Body BodyType="Text" Colour="red">x</t:Body>'),
      `The 'Colour' attribute is not declared.`,
    ],
    [
      'an attribute outside its enumeration',
      createItem('', 'SendMeetingInvitations="SendToSome"'),
      `The 'SendMeetingInvitations' attribute is invalid - The value 'SendToSome' is invalid according to its datatype '${NS_T}:CalendarItemCreateOrDeleteOperationType' - The Enumeration constraint failed.`,
    ],
    ['text between elements', createItem('hello'), `cannot contain text.`],
    ['an element in text', createItem('<t:Subject><t:b>x</t:b></t:Subject>'), `cannot contain child element 'b'`],
    [
      'no items',
      '<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items/></m:CreateItem>',
      `The element 'Items' in namespace '${NS_M}' has incomplete content. List of possible elements expected: 'Item, Message, CalendarItem`,
    ],
    [
      'a recurrence without its range',
      createItem('<t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence></t:Recurrence>'),
      `'NoEndRecurrence, EndDateRecurrence, NumberedRecurrence'`,
    ],
    [
      'a reminder of five years',
      createItem('<t:ReminderMinutesBeforeStart>2629801</t:ReminderMinutesBeforeStart>'),
      'ReminderMinutesBeforeStart',
    ],
    [
      'an empty address',
      createItem(
        '<t:RequiredAttendees><t:Attendee><t:Mailbox><t:EmailAddress></t:EmailAddress></t:Mailbox></t:Attendee></t:RequiredAttendees>',
      ),
      'MinLength',
    ],
    [
      'no Traversal',
      `<m:FindItem>${SHAPE}<m:ParentFolderIds><t:DistinguishedFolderId Id="calendar"/></m:ParentFolderIds></m:FindItem>`,
      `The required attribute 'Traversal' is missing.`,
    ],
    [
      'a folder that nobody has heard of',
      `<m:FindItem Traversal="Shallow">${SHAPE}<m:ParentFolderIds><t:DistinguishedFolderId Id="kalender"/></m:ParentFolderIds></m:FindItem>`,
      'DistinguishedFolderIdNameType',
    ],
    [
      'a property that nobody has heard of',
      `<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="calendar:Colour"/></t:AdditionalProperties></m:ItemShape><m:ItemIds><t:ItemId Id="x"/></m:ItemIds></m:GetItem>`,
      'UnindexedFieldURIType',
    ],
    [
      'no ConflictResolution',
      '<m:UpdateItem><m:ItemChanges/></m:UpdateItem>',
      `The required attribute 'ConflictResolution' is missing.`,
    ],
    [
      'a way to delete that does not exist',
      '<m:DeleteItem DeleteType="Shred"><m:ItemIds><t:ItemId Id="x"/></m:ItemIds></m:DeleteItem>',
      'DisposalType',
    ],
    [
      'a GUID without hyphens',
      createItem(
        '<t:ExtendedProperty><t:ExtendedFieldURI PropertySetId="5f9c1a528d4e4f0b9a3e6c7d21b0e8f4" PropertyName="K" PropertyType="String"/><t:Value>v</t:Value></t:ExtendedProperty>',
      ),
      'The Pattern constraint failed.',
    ],
  ])('%s', async (_, body, violation) => {
    const reply = await client.call(body);
    expect(reply.status).toBe(500);
    expect(reply.codes).toEqual(['ErrorSchemaValidation']);
    expect(reply.text('Violation')).toContain(violation);
    expect(reply.text('faultstring')).toBe(`The request failed schema validation: ${reply.text('Violation')}`);
    expect(reply.xml).not.toContain('Header>');
    expect((await client.view('2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z')).texts('ItemId')).toEqual([]);
  });
});

test('a violation says in which line and where in the line the element is', async () => {
  const reply = await client.call(
    '<m:DeleteItem\n   DeleteType="HardDelete">\n <m:ItemIds>\n   <t:ItemID Id="x"/>\n</m:ItemIds></m:DeleteItem>',
  );
  expect([reply.text('LineNumber'), reply.text('LinePosition')]).toEqual(['4', '5']);
});

describe('what is no request of EWS at all', () => {
  const soap12 = 'http://www.w3.org/2003/05/soap-envelope';
  const getFolder =
    '<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id="calendar"/></m:FolderIds></m:GetFolder>';

  test.each<[name: string, source: string, code: string]>([
    ['an unknown operation', envelope('<m:MakeCoffee/>'), 'ErrorInvalidRequest'],
    ['an operation of another namespace', envelope('<t:CreateItem/>'), 'ErrorInvalidRequest'],
    ['an empty body', envelope(''), 'ErrorSchemaValidation'],
    ['two operations', envelope(getFolder + getFolder), 'ErrorSchemaValidation'],
    ['SOAP 1.2', envelope(getFolder, soap12), 'ErrorSchemaValidation'],
    [
      'the namespace with https',
      envelope(getFolder, 'https://schemas.xmlsoap.org/soap/envelope/'),
      'ErrorSchemaValidation',
    ],
    ['a cut-off envelope', envelope(getFolder).slice(0, -20), 'ErrorSchemaValidation'],
    ['nothing', '', 'ErrorSchemaValidation'],
    ['HTML', '<html><body>hello</body></html>', 'ErrorSchemaValidation'],
    ['a control character', envelope(getFolder.replace('IdOnly', 'Id\u0001Only')), 'ErrorSchemaValidation'],
    ['a character reference to one', envelope(createItem('<t:Subject>&#x1;</t:Subject>')), 'ErrorSchemaValidation'],
    ['an unescaped ampersand', envelope(createItem('<t:Subject>R&D</t:Subject>')), 'ErrorSchemaValidation'],
    ['an undeclared prefix', envelope('<x:GetFolder/>'), 'ErrorSchemaValidation'],
    [
      'an entity bomb',
      `<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>${envelope(createItem('<t:Subject>&b;</t:Subject>'))}`,
      'ErrorSchemaValidation',
    ],
    [
      'an external entity',
      `<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>${envelope(createItem('<t:Subject>&x;</t:Subject>'))}`,
      'ErrorSchemaValidation',
    ],
    ['an entity of HTML', envelope(createItem('<t:Subject>&nbsp;</t:Subject>')), 'ErrorSchemaValidation'],
    ['endless depth', envelope('<m:A>'.repeat(100_000)), 'ErrorSchemaValidation'],
  ])('%s', async (_, source, code) => {
    const reply = await client.post(source);
    expect(reply.status).toBe(500);
    expect(reply.codes).toEqual([code]);
    expect(reply.xml).not.toContain('root:');
  });

  test('an unknown RequestServerVersion is ErrorInvalidRequest, as clients that guess it expect', async () => {
    for (const version of ['Exchange2021', 'Exchange2015', 'V2015_10_05', 'V2017_07_11', 'V2099_99_99', ' ']) {
      const reply = await client.call(getFolder, { version });
      expect([reply.status, reply.codes]).toEqual([500, ['ErrorInvalidRequest']]);
    }
    for (const version of [
      'Exchange2007',
      'Exchange2007_SP1',
      'Exchange2010_SP2',
      'Exchange2013',
      'Exchange2016',
      '',
    ]) {
      expect(await client.call(getFolder, { version })).toMatchObject({ status: 200 });
    }
  });
});

test('a header block that is there twice is ErrorInvalidRequest: which of two people would the request act as?', async () => {
  const before = sandbox.items('alfred@contoso.com').length;
  const other =
    '<t:ExchangeImpersonation><t:ConnectingSID><t:SmtpAddress>berta@contoso.com</t:SmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>';
  for (const header of [other, '<t:RequestServerVersion Version="Exchange2016"/>']) {
    const reply = await client.call(createItem(TIMES), { header });
    expect([reply.status, reply.codes]).toEqual([500, ['ErrorInvalidRequest']]);
  }
  expect(sandbox.items('alfred@contoso.com')).toHaveLength(before);
  expect(sandbox.items('berta@contoso.com')).toEqual([]);
});

test('whatever prefixes a request has, it is understood; a byte order mark too', async () => {
  const reply = await client.post(
    `\uFEFF<?xml version="1.0"?><Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Header>` +
      `<ExchangeImpersonation xmlns="${NS_T}"><ConnectingSID><SmtpAddress>alfred@contoso.com</SmtpAddress></ConnectingSID></ExchangeImpersonation>` +
      `</Header><Body><GetFolder xmlns="${NS_M}"><FolderShape><a:BaseShape xmlns:a="${NS_T}">Default</a:BaseShape></FolderShape>` +
      `<FolderIds><DistinguishedFolderId xmlns="${NS_T}" Id="calendar"/></FolderIds></GetFolder></Body></Envelope>`,
  );
  expect(reply.text('DisplayName')).toBe('Calendar');
});

test.skipIf(schemasSkipped !== '')(`accepted requests and all responses keep the schemas${schemasSkipped}`, () => {
  expect(client.schemaViolations()).toBe('');
});
