import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../src/index.js';
import { contoso } from './contoso.js';
import { EwsClient, basic } from './ews-client.js';
import { schemasSkipped } from './schemas.js';

let sandbox: Sandbox;
let client: EwsClient;

beforeAll(async () => {
  sandbox = await startSandbox(contoso);
  client = new EwsClient(sandbox.ewsUrl);
});

afterAll(() => sandbox.close());

const TIMES = '<t:Start>2026-12-01T10:00:00Z</t:Start><t:End>2026-12-01T11:00:00Z</t:End>';

async function createOne(content = `<t:Subject>one</t:Subject>${TIMES}`): Promise<{ id: string; changeKey: string }> {
  const reply = await client.create([content]);
  expect(reply.codes).toEqual(['NoError']);
  return { id: reply.attributes('ItemId', 'Id')[0] ?? '', changeKey: reply.attributes('ItemId', 'ChangeKey')[0] ?? '' };
}

const get = (id: string, shape = 'AllProperties') =>
  `<m:GetFolder><m:FolderShape><t:BaseShape>${shape}</t:BaseShape></m:FolderShape><m:FolderIds>${id}</m:FolderIds></m:GetFolder>`;

const folder = (address: string) =>
  get(
    `<t:DistinguishedFolderId Id="calendar"><t:Mailbox><t:EmailAddress>${address}</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>`,
  );

const find = (traversal: string) =>
  `<m:FindFolder Traversal="${traversal}"><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:ParentFolderIds><t:DistinguishedFolderId Id="root"/></m:ParentFolderIds></m:FindFolder>`;

const transfer = (operation: string, id: string, folder = 'deleteditems') =>
  `<m:${operation}><m:ToFolderId><t:DistinguishedFolderId Id="${folder}"/></m:ToFolderId><m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds></m:${operation}>`;

const convert = (id: string, from: string, to: string, mailbox = 'alfred@contoso.com') =>
  `<m:ConvertId DestinationFormat="${to}"><m:SourceIds><t:AlternateId Format="${from}" Id="${id}" Mailbox="${mailbox}"/></m:SourceIds></m:ConvertId>`;

const resolve = (entry: string, full = 'false') =>
  `<m:ResolveNames ReturnFullContactData="${full}" SearchScope="ActiveDirectory"><m:UnresolvedEntry>${entry}</m:UnresolvedEntry></m:ResolveNames>`;

const options = (name = 'OWA.UserOptions', folder = 'root') =>
  `<m:GetUserConfiguration><m:UserConfigurationName Name="${name}"><t:DistinguishedFolderId Id="${folder}"/></m:UserConfigurationName><m:UserConfigurationProperties>Dictionary</m:UserConfigurationProperties></m:GetUserConfiguration>`;

const zones = (ids: string[], full: boolean) =>
  `<m:GetServerTimeZones ReturnFullTimeZoneData="${full}"><m:Ids>${ids.map((id) => `<t:Id>${id}</t:Id>`).join('')}</m:Ids></m:GetServerTimeZones>`;

const file = (name: string, content: string) =>
  `<t:FileAttachment><t:Name>${name}</t:Name><t:ContentType>text/plain</t:ContentType><t:Content>${btoa(content)}</t:Content></t:FileAttachment>`;

const ids = (list: readonly string[]) =>
  `<m:AttachmentIds>${list.map((id) => `<t:AttachmentId Id="${id}"/>`).join('')}</m:AttachmentIds>`;

describe('GetFolder and FindFolder', () => {
  const names = [
    'root',
    'msgfolderroot',
    'calendar',
    'inbox',
    'sentitems',
    'deleteditems',
    'recoverableitemsdeletions',
  ];

  test.each(names)('know %s, by its name and by its id', async (name) => {
    const byName = await client.call(get(`<t:DistinguishedFolderId Id="${name}"/>`));
    expect(byName.codes).toEqual(['NoError']);
    expect(byName.text('DistinguishedFolderId')).toBe(name);
    const [id = ''] = byName.attributes('FolderId', 'Id');
    expect((await client.call(get(`<t:FolderId Id="${id}"/>`))).text('DistinguishedFolderId')).toBe(name);
  });

  test('take the mailbox that one acts for, and no other', async () => {
    expect((await client.call(folder('alfred@contoso.com'))).codes).toEqual(['NoError']);
    expect((await client.call(folder('berta@contoso.com'))).codes).toEqual(['ErrorAccessDenied']);
    expect((await client.call(folder('nobody@contoso.com'))).codes).toEqual(['ErrorNonExistentMailbox']);
  });

  test('tell ids that are none from folders that are none', async () => {
    const reply = await client.call(
      get(
        '<t:FolderId Id="AAMkABC="/><t:FolderId Id="not base64!"/><t:DistinguishedFolderId Id="voicemail"/><t:DistinguishedFolderId Id="inbox"/>',
      ),
    );
    expect(reply.codes).toEqual([
      'ErrorInvalidIdMalformed',
      'ErrorInvalidIdMalformed',
      'ErrorFolderNotFound',
      'NoError',
    ]);
    const { id } = await createOne();
    expect((await client.call(get(`<t:FolderId Id="${id}"/>`))).codes).toEqual(['ErrorCannotUseItemIdForFolderId']);
  });

  test('list what is below', async () => {
    expect((await client.call(find('Shallow'))).texts('DisplayName')).toEqual([
      'Top of Information Store',
      'Recoverable Items',
    ]);
    expect((await client.call(find('Deep'))).texts('DisplayName')).toContain('Calendar');
  });
});

describe('MoveItem and CopyItem', () => {
  test('a move gives another id, and the old one is forgotten', async () => {
    const { id } = await createOne();
    const moved = await client.call(transfer('MoveItem', id));
    const [movedId = ''] = moved.attributes('ItemId', 'Id');
    expect(movedId).not.toBe(id);
    expect((await client.get([id, movedId])).codes).toEqual(['ErrorItemNotFound', 'NoError']);
  });

  test('a copy keeps custom properties and gets another UID and GlobalObjectId', async () => {
    const property =
      '<t:ExtendedFieldURI PropertySetId="5f9c1a52-8d4e-4f0b-9a3e-6c7d21b0e8f4" PropertyName="K" PropertyType="String"/>';
    const goid = '<t:ExtendedFieldURI DistinguishedPropertySetId="Meeting" PropertyId="3" PropertyType="Binary"/>';
    const { id } = await createOne(
      `<t:ExtendedProperty>${property}<t:Value>v</t:Value></t:ExtendedProperty><t:UID>u1</t:UID>${TIMES}`,
    );
    const copied = await client.call(transfer('CopyItem', id, 'calendar'));
    const shape = `<t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="calendar:UID"/>${property}${goid}</t:AdditionalProperties>`;
    const both = await client.get([id, copied.attributes('ItemId', 'Id')[0] ?? ''], shape);
    const values = both.texts('Value');
    expect([values[0], values[2]]).toEqual(['v', 'v']);
    expect(values[1]).not.toBe(values[3]);
    expect(both.texts('UID')[0]).toBe('u1');
    expect(both.texts('UID')[1]).not.toBe('u1');
    expect(Buffer.from(values[1] ?? '', 'base64').toString('latin1')).toContain('vCal-Uid\u0001\0\0\0u1\0');
  });
});

describe('ConvertId', () => {
  test.each(['EwsLegacyId', 'EntryId', 'HexEntryId', 'StoreId', 'OwaId'])(
    'there and back by way of %s',
    async (format) => {
      const { id } = await createOne();
      const there = await client.call(convert(id, 'EwsId', format));
      expect(there.attributes('AlternateId', 'Format')).toEqual([format]);
      const back = await client.call(convert(there.attributes('AlternateId', 'Id')[0] ?? '', format, 'EwsId'));
      expect(back.attributes('AlternateId', 'Id')).toEqual([id]);
    },
  );

  test('refuses what is no id, and mailboxes that are none', async () => {
    expect((await client.call(convert('rubbish', 'EwsId', 'OwaId'))).codes).toEqual(['ErrorInvalidIdMalformed']);
    expect((await client.call(convert('rubbish', 'HexEntryId', 'EwsId'))).codes).toEqual(['ErrorInvalidIdMalformed']);
    expect((await client.call(convert('', 'EwsId', 'OwaId'))).codes).toEqual(['ErrorInvalidIdEmpty']);
    expect((await client.call(convert('AAAA', 'EwsId', 'OwaId', 'x@y.z'))).codes).toEqual(['ErrorNonExistentMailbox']);
  });
});

describe('ResolveNames', () => {
  test('finds a mailbox by its address, an alias or its UPN', async () => {
    for (const entry of ['alfred@contoso.com', 'smtp:AL@contoso.com']) {
      expect((await client.call(resolve(entry))).texts('EmailAddress')).toEqual(['alfred@contoso.com']);
    }
    const reply = await client.call(resolve('berta@corp.contoso.com', 'true'));
    expect(reply.text('DisplayName')).toBe('Berta');
  });

  test('says when there is nobody, or when there are several', async () => {
    expect((await client.call(resolve('xyz'))).codes).toEqual(['ErrorNameResolutionNoResults']);
    const several = await client.call(resolve('r'));
    expect(several.codes).toEqual(['NoError']);
    const many = await client.call(resolve('be'));
    expect(many.texts('Name')).toEqual(['Berta']);
    await using twins = await startSandbox({
      ...contoso,
      mailboxes: [{ address: 'a1@contoso.com' }, { address: 'a2@contoso.com' }],
    });
    const both = await new EwsClient(twins.ewsUrl, { as: 'a1@contoso.com' }).call(resolve('a'));
    expect(both.codes).toEqual(['ErrorNameResolutionMultipleResults']);
    expect(both.xml).toContain('ResponseClass="Warning"');
    expect(both.texts('EmailAddress')).toEqual(['a1@contoso.com', 'a2@contoso.com']);
  });
});

describe('GetUserConfiguration', () => {
  test('gives the owner’s zone, by its Windows name, and language', async () => {
    const alfred = await client.call(options());
    expect(alfred.xml).toMatch(/<t:Value>timezone<.*?<t:Value>Pacific Standard Time</);
    expect(alfred.xml).toMatch(/<t:Value>userculture<.*?<t:Value>en-US</);
    const berta = await client.call(options(), { as: 'berta@contoso.com' });
    expect(berta.xml).toContain('W. Europe Standard Time');
  });

  test('has nothing of a mailbox that nobody has opened, and no other configuration', async () => {
    expect((await client.call(options(), { as: 'fresh@contoso.com' })).codes).toEqual(['ErrorItemNotFound']);
    expect((await client.call(options('CategoryList', 'calendar'))).codes).toEqual(['ErrorItemNotFound']);
  });
});

describe('GetServerTimeZones', () => {
  test('gives the rules of zones, and passes over unknown ones', async () => {
    const reply = await client.call(zones(['W. Europe Standard Time', 'Middle-earth Standard Time'], true));
    expect(reply.attributes('TimeZoneDefinition', 'Id')).toEqual(['W. Europe Standard Time']);
    expect(reply.attributes('Period', 'Bias')).toEqual(['-PT1H', '-PT2H']);
    expect(reply.texts('Month')).toEqual(['3', '10']);
    expect(reply.texts('DayOfWeek')).toEqual(['Sunday', 'Sunday']);
    expect(reply.texts('Occurrence')).toEqual(['-1', '-1']);
    expect(reply.texts('TimeOffset')).toEqual(['PT2H0M0S', 'PT3H0M0S']);
    expect((await client.call(zones(['Tokyo Standard Time', 'UTC'], true))).attributes('Period', 'Bias')).toEqual([
      '-PT9H',
      'PT0H',
    ]);
  });

  test('lists them all', async () => {
    const all = await client.call('<m:GetServerTimeZones ReturnFullTimeZoneData="false"/>');
    expect(all.attributes('TimeZoneDefinition', 'Id').length).toBeGreaterThan(130);
    const full = await client.call('<m:GetServerTimeZones/>');
    expect(full.attributes('RecurringDayTransition', 'x')).toEqual([]);
  });

  test('rules that it gives are rules that it takes', async () => {
    const reply = await client.call(zones(['Pacific Standard Time'], true));
    const [, rules = ''] = /<t:TimeZoneDefinition [^>]*>(.*)<\/t:TimeZoneDefinition>/.exec(reply.xml) ?? [];
    const zone = `<t:StartTimeZone Id="Mine">${rules}</t:StartTimeZone>`;
    const create = (start: string) =>
      client.create([`<t:Start>${start}</t:Start><t:End>${start}</t:End>${zone}`], { as: 'fresh@contoso.com' });
    for (const [wall, instant] of [
      ['2026-07-01T09:00:00', '2026-07-01T16:00:00Z'],
      ['2026-12-01T09:00:00', '2026-12-01T17:00:00Z'],
      ['2026-03-08T09:00:00', '2026-03-08T16:00:00Z'],
    ] as const) {
      const created = await create(wall);
      const item = await client.get(created.attributes('ItemId', 'Id'), undefined, { as: 'fresh@contoso.com' });
      expect(item.text('Start')).toBe(instant);
    }
  });
});

describe('attachments', () => {
  test('are added, listed, read and deleted; each change moves the item’s change key', async () => {
    const { id, changeKey } = await createOne();
    const created = await client.call(
      `<m:CreateAttachment><m:ParentItemId Id="${id}" ChangeKey="${changeKey}"/><m:Attachments>${file('a &amp; b.txt', 'hello')}${file('c.txt', '')}</m:Attachments></m:CreateAttachment>`,
    );
    expect(created.codes).toEqual(['NoError', 'NoError']);
    expect(created.attributes('AttachmentId', 'RootItemChangeKey').at(-1)).not.toBe(changeKey);
    const [first = '', second = ''] = created.attributes('AttachmentId', 'Id');
    const listed = await client.get([id]);
    expect(listed.text('HasAttachments')).toBe('true');
    expect(listed.texts('Name').filter((name) => name.endsWith('.txt'))).toEqual(['a & b.txt', 'c.txt']);
    const read = await client.call(`<m:GetAttachment>${ids([first, 'x', second])}</m:GetAttachment>`);
    expect(read.codes).toEqual(['NoError', 'ErrorInvalidAttachmentId', 'NoError']);
    expect(read.text('Content')).toBe(btoa('hello'));
    const deleted = await client.call(`<m:DeleteAttachment>${ids([first])}</m:DeleteAttachment>`);
    expect(deleted.attributes('RootItemId', 'RootItemId')).toEqual([id]);
    expect((await client.call(`<m:GetAttachment>${ids([first, second])}</m:GetAttachment>`)).codes).toEqual([
      'ErrorItemNotFound',
      'NoError',
    ]);
  });

  test('may come with the item', async () => {
    const { id } = await createOne(
      `<t:Subject>with file</t:Subject><t:Attachments>${file('f.txt', 'x')}</t:Attachments>${TIMES}`,
    );
    expect((await client.get([id])).text('HasAttachments')).toBe('true');
  });
});

test('an account without a mailbox must say whose folder it means; one that has a mailbox acts for itself', async () => {
  const find =
    '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:ParentFolderIds><t:DistinguishedFolderId Id="calendar"/></m:ParentFolderIds></m:FindItem>';
  expect((await client.call(find, { as: null })).codes).toEqual(['ErrorMissingEmailAddress']);
  const zoe = basic('zoe@fabrikam.com', 'zoes');
  expect((await client.call(find, { as: null, authorization: zoe })).codes).toEqual(['NoError']);
});

test.skipIf(schemasSkipped !== '')(`accepted requests and all responses keep the schemas${schemasSkipped}`, () => {
  expect(client.schemaViolations()).toBe('');
});
