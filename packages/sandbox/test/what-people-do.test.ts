import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sandbox, type SandboxItem, startSandbox } from '../src/index.js';
import { contoso } from './contoso.js';
import { EwsClient } from './ews-client.js';

const KEY = 'String {5f9c1a52-8d4e-4f0b-9a3e-6c7d21b0e8f4} Name AppointedKey';

const MEETING =
  '<t:Subject>Tennis lesson</t:Subject><t:Body BodyType="Text">Bring a racket.</t:Body>' +
  '<t:ExtendedProperty><t:ExtendedFieldURI PropertySetId="5F9C1A52-8d4e-4f0b-9a3e-6c7d21b0e8f4" ' +
  'PropertyName="AppointedKey" PropertyType="String"/><t:Value>k1</t:Value></t:ExtendedProperty>' +
  '<t:UID>k1@appointed</t:UID><t:Start>2026-11-24T09:00:00Z</t:Start><t:End>2026-11-24T10:00:00Z</t:End>' +
  '<t:Location>Court 1</t:Location><t:RequiredAttendees><t:Attendee><t:Mailbox>' +
  '<t:EmailAddress>berta@contoso.com</t:EmailAddress></t:Mailbox></t:Attendee></t:RequiredAttendees>';

let sandbox: Sandbox;
let client: EwsClient;
let item: SandboxItem;

beforeEach(async () => {
  sandbox = await startSandbox(contoso);
  client = new EwsClient(sandbox.ewsUrl);
  await client.create([MEETING], { sending: 'SendToAllAndSaveCopy' });
  const [stored] = sandbox.items('al@contoso.com');
  if (stored === undefined) throw new Error('nothing is stored');
  item = stored;
});

afterEach(() => sandbox.close());

test('what is stored is read as plain frozen data', () => {
  expect(item).toMatchObject({
    mailbox: 'alfred@contoso.com',
    uid: 'k1@appointed',
    folder: 'calendar',
    subject: 'Tennis lesson',
    body: { kind: 'Text', content: 'Bring a racket.' },
    location: 'Court 1',
    start: '2026-11-24T09:00:00.000Z',
    end: '2026-11-24T10:00:00.000Z',
    startTimeZone: 'UTC',
    reminderMinutes: 15,
    organizer: { name: 'Alfred', address: 'alfred@contoso.com' },
    requiredAttendees: [{ name: 'berta@contoso.com', address: 'berta@contoso.com', response: 'Unknown' }],
    optionalAttendees: [],
    invitationsSent: true,
    extendedProperties: { [KEY]: 'k1' },
    created: '2026-11-22T10:00:00.000Z',
  });
  expect(Object.isFrozen(item.requiredAttendees[0])).toBe(true);
  expect(JSON.parse(JSON.stringify(item))).toEqual(item);
});

test('its id is the one that EWS knows', async () => {
  const reply = await client.get([item.id]);
  expect(reply.attributes('ItemId', 'ChangeKey')).toEqual([item.changeKey]);
});

test('a mailbox that does not exist is an error, not an empty calendar', () => {
  expect(() => sandbox.items('nobody@contoso.com')).toThrow('mailbox: nobody@contoso.com is unknown');
});

test('a moved item is in another folder under another id', async () => {
  const moved = sandbox.control.move(item, 'inbox');
  expect(moved.folder).toBe('inbox');
  expect(moved.id).not.toBe(item.id);
  expect((await client.get([item.id])).codes).toEqual(['ErrorItemNotFound']);
  expect((await client.get([moved.id])).codes).toEqual(['NoError']);
});

test('an item can be moved into a calendar that somebody made', () => {
  sandbox.control.createFolder('alfred@contoso.com', 'Sports');
  expect(sandbox.control.move(item, 'Sports').folder).toBe('Sports');
  expect(() => sandbox.control.createFolder('alfred@contoso.com', 'Sports')).toThrow('name: there is a folder');
  expect(() => sandbox.control.move(item, 'Sports')).toThrow('id: alfred@contoso.com has no such item');
});

test.each([
  ['deleteditems', ['deleteditems']],
  ['recoverableitems', ['recoverableitemsdeletions']],
  ['purge', []],
] as const)('an item that its owner deleted (%s) is in %j', (deletion, folders) => {
  sandbox.control.delete(item, deletion);
  expect(sandbox.items('alfred@contoso.com').map(({ folder }) => folder)).toEqual(folders);
});

test('a copy keeps custom properties and gets another UID', () => {
  const copy = sandbox.control.copy(item);
  expect(copy.extendedProperties).toEqual(item.extendedProperties);
  expect(copy.uid).not.toBe(item.uid);
  expect(sandbox.items('alfred@contoso.com')).toHaveLength(2);
});

test('an edit changes what it names, and the ChangeKey', () => {
  const edited = sandbox.control.edit(item, { location: 'Court 2', end: '2026-11-24T12:00:00+01:00' });
  expect(edited).toEqual({
    ...item,
    location: 'Court 2',
    end: '2026-11-24T11:00:00.000Z',
    changeKey: edited.changeKey,
  });
  expect(edited.changeKey).not.toBe(item.changeKey);
  expect(() => sandbox.control.edit(item, { start: 'noon' })).toThrow('start: "noon" is no instant');
});

test('a dismissed reminder moves the ChangeKey and leaves the content', () => {
  const dismissed = sandbox.control.dismissReminder(item);
  expect(dismissed.changeKey).not.toBe(item.changeKey);
  expect(dismissed).toEqual({ ...item, isReminderDismissed: true, changeKey: dismissed.changeKey });
});

test('an attendee answers, and nobody who is not invited', () => {
  const answered = sandbox.control.answer(item, 'BERTA@contoso.com', 'Accept');
  expect(answered.requiredAttendees[0]?.response).toBe('Accept');
  expect(answered.changeKey).not.toBe(item.changeKey);
  expect(() => sandbox.control.answer(item, 'zoe@fabrikam.com', 'Accept')).toThrow('attendee: zoe@fabrikam.com');
});
