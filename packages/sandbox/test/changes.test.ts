import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../src/index.js';
import { contoso } from './contoso.js';
import { EwsClient } from './ews-client.js';
import { TIMES, changeKeyOf, create, idOf } from './one-item.js';
import { schemasSkipped } from './schemas.js';

let sandbox: Sandbox;
let client: EwsClient;

beforeAll(async () => {
  sandbox = await startSandbox(contoso);
  client = new EwsClient(sandbox.ewsUrl);
});

afterAll(() => sandbox.close());

const KEY =
  '<t:ExtendedFieldURI PropertySetId="5f9c1a52-8d4e-4f0b-9a3e-6c7d21b0e8f4" PropertyName="AppointedKey" PropertyType="String"/>';

const NOTHING_SENT = 'SendMeetingInvitationsOrCancellations="SendToNone"';

function change(id: string, updates: string, resolution = 'AlwaysOverwrite', attributes = NOTHING_SENT): string {
  const reference = id.startsWith('<') ? id : `<t:ItemId Id="${id}"/>`;
  return (
    `<m:UpdateItem ConflictResolution="${resolution}" ${attributes}><m:ItemChanges><t:ItemChange>${reference}` +
    `<t:Updates>${updates}</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`
  );
}

function set(uri: string, content: string): string {
  const path = uri.startsWith('<') ? uri : `<t:FieldURI FieldURI="${uri}"/>`;
  return `<t:SetItemField>${path}<t:CalendarItem>${content}</t:CalendarItem></t:SetItemField>`;
}

function clear(uri: string): string {
  const path = uri.startsWith('<') ? uri : `<t:FieldURI FieldURI="${uri}"/>`;
  return `<t:DeleteItemField>${path}</t:DeleteItemField>`;
}

function remove(
  ids: readonly string[],
  type = 'HardDelete',
  sending = 'SendMeetingCancellations="SendToNone"',
): string {
  return `<m:DeleteItem DeleteType="${type}" ${sending}><m:ItemIds>${ids.map((id) => `<t:ItemId Id="${id}"/>`).join('')}</m:ItemIds></m:DeleteItem>`;
}

const count = (folder: string) =>
  client
    .call(
      `<m:GetFolder><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id="${folder}"/></m:FolderIds></m:GetFolder>`,
      { as: 'berta@contoso.com' },
    )
    .then((reply) => Number(reply.text('TotalCount')));

describe('UpdateItem', () => {
  test('sets and clears fields and custom properties, and moves the change key', async () => {
    const before = await create(
      client,
      `<t:Subject>a</t:Subject><t:ExtendedProperty>${KEY}<t:Value>k</t:Value></t:ExtendedProperty>${TIMES}<t:Location>l</t:Location>`,
    );
    const reply = await client.call(
      change(
        idOf(before),
        set('item:Subject', '<t:Subject>b</t:Subject>') +
          clear('calendar:Location') +
          clear(KEY) +
          set('calendar:End', '<t:End>2026-12-01T12:00:00Z</t:End>'),
      ),
    );
    expect(reply.codes).toEqual(['NoError']);
    expect(reply.xml).toContain('<m:ConflictResults><t:Count>0</t:Count></m:ConflictResults>');
    expect(changeKeyOf(reply)).not.toBe(changeKeyOf(before));
    const after = await client.get(
      [idOf(before)],
      `<t:BaseShape>AllProperties</t:BaseShape><t:AdditionalProperties>${KEY}</t:AdditionalProperties>`,
    );
    expect([after.texts('Subject'), after.texts('Location'), after.texts('Value'), after.text('End')]).toEqual([
      ['b'],
      [],
      [],
      '2026-12-01T12:00:00Z',
    ]);
    expect(changeKeyOf(after)).toBe(changeKeyOf(reply));
  });

  test('reads times without an offset in the zone that the same change sets', async () => {
    const item = await create(client, TIMES);
    const zone = set('calendar:StartTimeZone', '<t:StartTimeZone Id="Tokyo Standard Time"/>');
    const start = set('calendar:Start', '<t:Start>2026-12-01T10:00:00</t:Start>');
    await client.call(change(idOf(item), start + zone));
    const after = await client.get([idOf(item)]);
    expect([after.text('Start'), after.attributes('StartTimeZone', 'Id')[0]]).toEqual([
      '2026-12-01T01:00:00Z',
      'Tokyo Standard Time',
    ]);
  });

  test('needs to be told what to do about invitations', async () => {
    const item = await create(client, TIMES);
    expect((await client.call(change(idOf(item), clear('item:Subject'), 'AlwaysOverwrite', ''))).codes).toEqual([
      'ErrorSendMeetingInvitationsOrCancellationsRequired',
    ]);
  });

  test('refuses a stale change key under NeverOverwrite, takes it under the others', async () => {
    const item = await create(client, TIMES);
    const stale = `<t:ItemId Id="${idOf(item)}" ChangeKey="${changeKeyOf(item)}"/>`;
    const rename = set('item:Subject', '<t:Subject>x</t:Subject>');
    expect((await client.call(change(stale, rename, 'NeverOverwrite'))).codes).toEqual(['NoError']);
    expect((await client.call(change(stale, rename, 'NeverOverwrite'))).codes).toEqual(['ErrorIrresolvableConflict']);
    expect((await client.call(change(stale, rename, 'AutoResolve'))).codes).toEqual(['NoError']);
    expect((await client.call(change(stale, rename, 'AlwaysOverwrite'))).codes).toEqual(['NoError']);
    expect((await client.call(change(idOf(item), rename, 'NeverOverwrite'))).codes).toEqual([
      'ErrorChangeKeyRequiredForWriteOperations',
    ]);
    expect((await client.call(change(`<t:ItemId Id="${idOf(item)}" ChangeKey="?!"/>`, rename))).codes).toEqual([
      'ErrorInvalidChangeKey',
    ]);
  });

  test.each<[code: string, updates: string]>([
    ['ErrorInvalidPropertySet', set('calendar:IsMeeting', '<t:IsMeeting>true</t:IsMeeting>')],
    ['ErrorInvalidPropertyDelete', clear('calendar:Start')],
    ['ErrorInvalidPropertyDelete', clear('calendar:UID')],
    ['ErrorUpdatePropertyMismatch', set('item:Subject', '<t:Location>x</t:Location>')],
    ['ErrorIncorrectUpdatePropertyCount', set('item:Subject', '<t:Subject>x</t:Subject><t:Location>y</t:Location>')],
    ['ErrorIncorrectUpdatePropertyCount', set('item:Subject', '')],
    [
      'ErrorObjectTypeChanged',
      '<t:SetItemField><t:FieldURI FieldURI="item:Subject"/><t:Message><t:Subject>b</t:Subject></t:Message></t:SetItemField>',
    ],
    ['ErrorObjectTypeChanged', set('item:ItemClass', '<t:ItemClass>IPM.Note</t:ItemClass>')],
    ['ErrorCalendarEndDateIsEarlierThanStartDate', set('calendar:End', '<t:End>2020-01-01T00:00:00Z</t:End>')],
    [
      'ErrorInvalidPropertyAppend',
      `<t:AppendToItemField><t:FieldURI FieldURI="calendar:Start"/><t:CalendarItem><t:Start>2026-01-01T00:00:00Z</t:Start></t:CalendarItem></t:AppendToItemField>`,
    ],
  ])('%s changes nothing', async (code, updates) => {
    const item = await create(client, `<t:Subject>a</t:Subject>${TIMES}`);
    const reply = await client.call(
      change(idOf(item), set('item:Importance', '<t:Importance>High</t:Importance>') + updates),
    );
    expect(reply.codes).toEqual([code]);
    const after = await client.get([idOf(item)]);
    expect([changeKeyOf(after), after.text('Importance')]).toEqual([changeKeyOf(item), 'Normal']);
  });

  test('appends to the body', async () => {
    const item = await create(client, `<t:Body BodyType="Text">a</t:Body>${TIMES}`);
    const append =
      '<t:AppendToItemField><t:FieldURI FieldURI="item:Body"/><t:CalendarItem><t:Body BodyType="Text">b</t:Body></t:CalendarItem></t:AppendToItemField>';
    expect((await client.call(change(idOf(item), append))).codes).toEqual(['NoError']);
    expect((await client.get([idOf(item)])).text('Body')).toBe('ab');
  });
});

describe('DeleteItem', () => {
  test.each([
    ['MoveToDeletedItems', 'deleteditems', 1],
    ['SoftDelete', 'recoverableitemsdeletions', 1],
    ['HardDelete', 'recoverableitemsdeletions', 0],
  ])('%s', async (type, folder, grows) => {
    const item = await create(client, TIMES, { as: 'berta@contoso.com' });
    const before = await count(folder);
    expect((await client.call(remove([idOf(item)], type), { as: 'berta@contoso.com' })).codes).toEqual(['NoError']);
    expect(await count(folder)).toBe(before + grows);
    expect((await client.get([idOf(item)], undefined, { as: 'berta@contoso.com' })).codes).toEqual([
      'ErrorItemNotFound',
    ]);
  });

  test('needs to be told what to do about cancellations', async () => {
    const item = await create(client, TIMES);
    expect((await client.call(remove([idOf(item)], 'HardDelete', ''))).codes).toEqual([
      'ErrorSendMeetingCancellationsRequired',
    ]);
  });
});

describe('in a batch', () => {
  test('each item has its own result, in order, and good neighbours are stored', async () => {
    const bad = '<t:Subject>bad</t:Subject><t:Start>2026-07-01T10:00:00Z</t:Start><t:End>2026-07-01T09:00:00Z</t:End>';
    const organizer = `${TIMES}<t:Organizer><t:Mailbox><t:EmailAddress>x@y.z</t:EmailAddress></t:Mailbox></t:Organizer>`;
    const reply = await client.create([
      `<t:Subject>1</t:Subject>${TIMES}`,
      bad,
      organizer,
      `<t:Subject>4</t:Subject>${TIMES}`,
    ]);
    expect(reply.codes).toEqual([
      'NoError',
      'ErrorCalendarEndDateIsEarlierThanStartDate',
      'ErrorInvalidPropertySet',
      'NoError',
    ]);
    expect(reply.xml).toContain('<t:FieldURI FieldURI="calendar:Organizer"/>');
    const items = await client.get(reply.attributes('ItemId', 'Id'));
    expect(items.texts('Subject')).toEqual(['1', '4']);
  });

  test('unknown, foreign and malformed ids do not disturb the others', async () => {
    const mine = await create(client, TIMES);
    const foreign = await create(client, TIMES, { as: 'berta@contoso.com' });
    const gone = await create(client, TIMES);
    await client.call(remove([idOf(gone)]));
    const reply = await client.get([
      idOf(gone),
      idOf(mine),
      idOf(foreign),
      'rubbish',
      '<t:ItemId Id=""/>',
      idOf(mine).toLowerCase(),
    ]);
    expect(reply.codes).toEqual([
      'ErrorItemNotFound',
      'NoError',
      'ErrorItemNotFound',
      'ErrorInvalidIdMalformed',
      'ErrorInvalidIdEmpty',
      'ErrorInvalidIdMalformed',
    ]);
  });
});

test.skipIf(schemasSkipped !== '')(`accepted requests and all responses keep the schemas${schemasSkipped}`, () => {
  expect(client.schemaViolations()).toBe('');
});
