import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calendarFields } from '../src/ews/fields/calendar-fields.js';
import { itemFieldsAfter, itemFieldsBefore } from '../src/ews/fields/item-fields.js';
import { type Sandbox, startSandbox } from '../src/index.js';
import { contoso } from './contoso.js';
import { EwsClient } from './ews-client.js';
import { schemasSkipped } from './schemas.js';

const KEY =
  '<t:ExtendedFieldURI PropertySetId="5f9c1a52-8d4e-4f0b-9a3e-6c7d21b0e8f4" PropertyName="AppointedKey" PropertyType="String"/>';
const NUMBER =
  '<t:ExtendedFieldURI PropertySetId="5f9c1a52-8d4e-4f0b-9a3e-6c7d21b0e8f4" PropertyName="Number" PropertyType="Integer"/>';
const PAGE = '<m:IndexedPageItemView MaxEntriesReturned="1000" Offset="0" BasePoint="Beginning"/>';
const SUBJECTS =
  '<t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="item:Subject"/></t:AdditionalProperties>';

const README = new URL('../README.md', import.meta.url);

let sandbox: Sandbox;
let client: EwsClient;

/** Sixty items, enough for the index: `item 00` is on 1 December, `item 01` on the 2nd, and so on. */
beforeAll(async () => {
  sandbox = await startSandbox(contoso);
  client = new EwsClient(sandbox.ewsUrl);
  const items = Array.from({ length: 60 }, (_, index) => {
    const day = new Date(Date.UTC(2026, 11, 1 + index)).toISOString().slice(0, 10);
    return (
      `<t:Subject>item ${String(index).padStart(2, '0')}</t:Subject>${index === 7 ? '<t:Categories><t:String>Red</t:String><t:String>Blue</t:String></t:Categories>' : ''}` +
      `<t:Importance>${index % 2 === 0 ? 'High' : 'Low'}</t:Importance>${index < 50 ? property(KEY, `key-${index % 25}`) : ''}${property(NUMBER, String(index))}` +
      `<t:Start>${day}T10:00:00Z</t:Start><t:End>${day}T11:00:00Z</t:End>${index === 9 ? '<t:Location>Tennis club</t:Location>' : ''}`
    );
  });
  const reply = await client.create(items);
  if (reply.codes.some((code) => code !== 'NoError')) throw new Error(reply.xml);
});

afterAll(() => sandbox.close());

function where(expression: string, view = PAGE, sort = ''): Promise<string[]> {
  return client
    .find(`${view}<m:Restriction>${expression}</m:Restriction>${sort}`, { shape: SUBJECTS })
    .then((reply) => {
      expect(reply.codes).toEqual(['NoError']);
      return reply.texts('Subject').map((subject) => subject.replace('item ', ''));
    });
}

function compare(operator: string, path: string, value: string): string {
  const uri = path.startsWith('<') ? path : `<t:FieldURI FieldURI="${path}"/>`;
  return `<t:${operator}>${uri}<t:FieldURIOrConstant><t:Constant Value="${value}"/></t:FieldURIOrConstant></t:${operator}>`;
}

function contains(path: string, value: string, mode: string, comparison = 'IgnoreCase'): string {
  return `<t:Contains ContainmentMode="${mode}" ContainmentComparison="${comparison}"><t:FieldURI FieldURI="${path}"/><t:Constant Value="${value}"/></t:Contains>`;
}

const exists = (path: string) => `<t:Exists><t:FieldURI FieldURI="${path}"/></t:Exists>`;

const property = (uri: string, value: string) =>
  `<t:ExtendedProperty>${uri}<t:Value>${value}</t:Value></t:ExtendedProperty>`;

const view = (offset: number, most: number, point = 'Beginning') =>
  `<m:IndexedPageItemView MaxEntriesReturned="${most}" Offset="${offset}" BasePoint="${point}"/>`;

const order = (direction: string, path: string) =>
  `<m:SortOrder><t:FieldOrder Order="${direction}"><t:FieldURI FieldURI="${path}"/></t:FieldOrder></m:SortOrder>`;

describe('a restriction', () => {
  test.each<[name: string, expression: string, found: string[]]>([
    ['on a custom property finds every match', compare('IsEqualTo', KEY, 'key-3'), ['03', '28']],
    ['on a value that nobody has finds nothing', compare('IsEqualTo', KEY, 'key-99'), []],
    [
      'with Or finds either',
      `<t:Or>${compare('IsEqualTo', KEY, 'key-3')}${compare('IsEqualTo', KEY, 'key-4')}</t:Or>`,
      ['03', '28', '04', '29'],
    ],
    [
      'with Or over a property and something else',
      `<t:Or>${compare('IsEqualTo', KEY, 'key-3')}${compare('IsEqualTo', 'item:Subject', 'item 55')}</t:Or>`,
      ['03', '28', '55'],
    ],
    [
      'with And finds what meets both',
      `<t:And>${compare('IsEqualTo', KEY, 'key-3')}${compare('IsEqualTo', 'item:Importance', 'High')}</t:And>`,
      ['28'],
    ],
    [
      'with Not finds the others',
      `<t:And>${compare('IsLessThan', NUMBER, '3')}<t:Not>${compare('IsEqualTo', NUMBER, '1')}</t:Not></t:And>`,
      ['00', '02'],
    ],
    [
      'compares numbers as numbers',
      `<t:And>${compare('IsGreaterThan', NUMBER, '8')}${compare('IsLessThanOrEqualTo', NUMBER, '10')}</t:And>`,
      ['09', '10'],
    ],
    [
      'compares times as times',
      `<t:And>${compare('IsGreaterThanOrEqualTo', 'calendar:Start', '2026-12-03T11:00:00+01:00')}${compare('IsLessThan', 'calendar:Start', '2026-12-04T10:00:00Z')}</t:And>`,
      ['02'],
    ],
    [
      'knows what is not there',
      `<t:Not><t:Exists>${KEY}</t:Exists></t:Not>`,
      ['50', '51', '52', '53', '54', '55', '56', '57', '58', '59'],
    ],
    [
      'with IsNotEqualTo counts what is not there',
      `<t:And>${compare('IsNotEqualTo', KEY, 'x')}${compare('IsGreaterThan', NUMBER, '58')}</t:And>`,
      ['59'],
    ],
    [
      'compares two properties',
      `<t:And><t:IsLessThan><t:FieldURI FieldURI="calendar:Start"/><t:FieldURIOrConstant><t:FieldURI FieldURI="calendar:End"/></t:FieldURIOrConstant></t:IsLessThan>${compare('IsEqualTo', NUMBER, '0')}</t:And>`,
      ['00'],
    ],
    [
      'finds a substring',
      contains('item:Subject', 'M 1', 'Substring'),
      ['10', '11', '12', '13', '14', '15', '16', '17', '18', '19'],
    ],
    ['finds a beginning, in this case alone', contains('item:Subject', 'Item 1', 'Prefixed', 'Exact'), []],
    ['finds the beginning of a word', contains('calendar:Location', 'clu', 'PrefixOnWords'), ['09']],
    ['finds one of several categories', contains('item:Categories', 'blue', 'FullString'), ['07']],
    [
      'finds by bits',
      `<t:And><t:Excludes>${NUMBER}<t:Bitmask Value="0x3E"/></t:Excludes><t:Exists>${NUMBER}</t:Exists></t:And>`,
      ['00', '01'],
    ],
  ])('%s', async (_, expression, found) => {
    expect((await where(expression)).sort()).toEqual(found.sort());
  });

  test('follows changes: what is set, cleared, moved and deleted', async () => {
    const created = await client.create([
      `<t:Subject>follow</t:Subject><t:ExtendedProperty>${KEY}<t:Value>f1</t:Value></t:ExtendedProperty>`,
    ]);
    const [id = ''] = created.attributes('ItemId', 'Id');
    const update = (change: string) =>
      client.call(
        `<m:UpdateItem ConflictResolution="AlwaysOverwrite" SendMeetingInvitationsOrCancellations="SendToNone"><m:ItemChanges><t:ItemChange><t:ItemId Id="${id}"/><t:Updates>${change}</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`,
      );
    expect(await where(compare('IsEqualTo', KEY, 'f1'))).toEqual(['follow']);
    await update(
      `<t:SetItemField>${KEY}<t:CalendarItem><t:ExtendedProperty>${KEY}<t:Value>f2</t:Value></t:ExtendedProperty></t:CalendarItem></t:SetItemField>`,
    );
    expect([await where(compare('IsEqualTo', KEY, 'f1')), await where(compare('IsEqualTo', KEY, 'f2'))]).toEqual([
      [],
      ['follow'],
    ]);
    await client.call(
      `<m:DeleteItem DeleteType="MoveToDeletedItems" SendMeetingCancellations="SendToNone"><m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds></m:DeleteItem>`,
    );
    expect(await where(compare('IsEqualTo', KEY, 'f2'))).toEqual([]);
    const trash = await client.find(`${PAGE}<m:Restriction>${compare('IsEqualTo', KEY, 'f2')}</m:Restriction>`, {
      folder: '<t:DistinguishedFolderId Id="deleteditems"/>',
    });
    expect(trash.texts('Subject')).toEqual(['follow']);
  });

  test('on the body finds what people read', async () => {
    const created = await client.create([
      '<t:Subject>plain</t:Subject><t:Body BodyType="Text">Focus on Backhand</t:Body>',
      '<t:Subject>html</t:Subject><t:Body BodyType="HTML">&lt;p class="forehand"&gt;the back&lt;b&gt;hand&lt;/b&gt;&lt;/p&gt;</t:Body>',
    ]);
    expect(await where(contains('item:Body', 'BACKHAND', 'Substring'))).toEqual(['plain', 'html']);
    expect(await where(contains('item:Body', 'backhand', 'Substring', 'Exact'))).toEqual(['html']);
    expect(await where(contains('item:Body', 'forehand', 'Substring'))).toEqual([]);
    const ids = created.attributes('ItemId', 'Id').map((id) => `<t:ItemId Id="${id}"/>`);
    await client.call(
      `<m:DeleteItem DeleteType="HardDelete" SendMeetingCancellations="SendToNone"><m:ItemIds>${ids.join('')}</m:ItemIds></m:DeleteItem>`,
    );
  });

  test('cannot be on what the store cannot search by; the README says what that is', async () => {
    const uid = await client.find(`${PAGE}<m:Restriction>${compare('IsEqualTo', 'calendar:UID', 'x')}</m:Restriction>`);
    expect(uid.codes).toEqual(['ErrorUnsupportedPathForQuery']);
    const [, listed = ''] = /get ErrorUnsupportedPathForQuery:([^.]*)\./.exec(readFileSync(README, 'utf8')) ?? [];
    const paths = Array.from(listed.matchAll(/`([^`]+)`/g), ([, path]) => path ?? '');
    const queried = (path: string) => client.find(`${PAGE}<m:Restriction>${exists(path)}</m:Restriction>`);
    for (const path of paths) expect((await queried(path)).codes).toEqual(['ErrorUnsupportedPathForQuery']);
    const rest = [...itemFieldsBefore, ...itemFieldsAfter, ...calendarFields].filter(({ uri }) => !paths.includes(uri));
    for (const { uri } of rest) expect([uri, ...(await queried(uri)).codes]).toEqual([uri, 'NoError']);
    const huge = `<t:Or>${compare('IsEqualTo', KEY, 'x').repeat(300)}</t:Or>`;
    expect((await client.find(`${PAGE}<m:Restriction>${huge}</m:Restriction>`)).codes).toEqual([
      'ErrorRestrictionTooComplex',
    ]);
  });

  test('on the GlobalObjectId finds an item by its UID', async () => {
    const created = await client.create(['<t:Subject>by uid</t:Subject><t:UID>the-uid@appointed</t:UID>']);
    const goid = '<t:ExtendedFieldURI DistinguishedPropertySetId="Meeting" PropertyId="3" PropertyType="Binary"/>';
    const shape = `<t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>${goid}</t:AdditionalProperties>`;
    const value = (await client.get(created.attributes('ItemId', 'Id'), shape)).text('Value');
    expect(await where(compare('IsEqualTo', goid, value))).toEqual(['by uid']);
  });
});

describe('an indexed view', () => {
  const before = compare('IsLessThan', NUMBER, '25');

  test('gives all pages, the last of which says so', async () => {
    const seen: string[] = [];
    let offset = 0;
    for (let isLast = false; !isLast;) {
      const reply = await client.find(
        `${view(offset, 10)}<m:Restriction>${before}</m:Restriction>${order('Ascending', 'calendar:Start')}`,
        { shape: SUBJECTS },
      );
      seen.push(...reply.texts('Subject'));
      expect(reply.attributes('RootFolder', 'TotalItemsInView')).toEqual(['25']);
      isLast = reply.attributes('RootFolder', 'IncludesLastItemInRange')[0] === 'true';
      offset = Number(reply.attributes('RootFolder', 'IndexedPagingOffset')[0]);
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => `item ${String(index).padStart(2, '0')}`));
  });

  test('can begin at the end', async () => {
    expect(await where(before, view(0, 2, 'End'), order('Ascending', 'calendar:Start'))).toEqual(['23', '24']);
  });

  test('sorts either way, by several properties', async () => {
    const two =
      '<m:SortOrder><t:FieldOrder Order="Ascending"><t:FieldURI FieldURI="item:Importance"/></t:FieldOrder><t:FieldOrder Order="Descending"><t:FieldURI FieldURI="item:Subject"/></t:FieldOrder></m:SortOrder>';
    expect(await where(compare('IsLessThan', NUMBER, '4'), PAGE, two)).toEqual(['02', '00', '03', '01']);
    expect(await where(compare('IsLessThan', NUMBER, '3'), PAGE, order('Descending', 'calendar:Start'))).toEqual([
      '02',
      '01',
      '00',
    ]);
  });

  test.each([
    ['ErrorInvalidIndexedPagingParameters', view(-1, 10)],
    ['ErrorInvalidPagingMaxRows', view(0, 0)],
    ['ErrorInvalidFractionalPagingParameters', '<m:FractionalPageItemView Numerator="2" Denominator="1"/>'],
  ])('%s', async (code, parameters) => {
    expect((await client.find(parameters)).codes).toEqual([code]);
  });

  test('returns neither bodies nor attendees, which are not in a folder’s table', async () => {
    const reply = await client.find(view(0, 1), { shape: '<t:BaseShape>AllProperties</t:BaseShape>' });
    expect([reply.texts('Subject').length, reply.texts('Body').length]).toEqual([1, 0]);
  });
});

describe('a calendar view', () => {
  test('gives what overlaps its time, in order', async () => {
    const reply = await client.view('2026-12-02T10:59:59Z', '2026-12-04T10:00:00Z', { shape: SUBJECTS });
    expect(reply.texts('Subject')).toEqual(['item 01', 'item 02']);
    expect(reply.attributes('RootFolder', 'IncludesLastItemInRange')).toEqual(['true']);
  });

  test('says when it was cut off', async () => {
    const reply = await client.view('2026-12-01T00:00:00Z', '2027-02-01T00:00:00Z', { limit: 3 });
    expect(reply.texts('Subject')).toHaveLength(3);
    expect(reply.attributes('RootFolder', 'IncludesLastItemInRange')).toEqual(['false']);
  });

  test('reads times without an offset in the TimeZoneContext', async () => {
    const header = '<t:TimeZoneContext><t:TimeZoneDefinition Id="Tokyo Standard Time"/></t:TimeZoneContext>';
    const reply = await client.view('2026-12-01T19:00:00', '2026-12-01T20:00:00', { header });
    expect(reply.texts('Subject')).toEqual(['item 00']);
  });

  test.each<[code: string, from: string, until: string, more: string]>([
    ['ErrorCalendarViewRangeTooBig', '2026-01-01T00:00:00Z', '2028-01-05T00:00:00Z', ''],
    ['ErrorCalendarEndDateIsEarlierThanStartDate', '2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z', ''],
    [
      'ErrorInvalidRestriction',
      '2026-01-01T00:00:00Z',
      '2026-02-01T00:00:00Z',
      `<m:Restriction><t:Exists>${KEY}</t:Exists></m:Restriction>`,
    ],
  ])('%s', async (code, from, until, more) => {
    expect((await client.find(`<m:CalendarView StartDate="${from}" EndDate="${until}"/>${more}`)).codes).toEqual([
      code,
    ]);
  });

  test('is a view of calendars', async () => {
    const reply = await client.view('2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z', {
      folder: '<t:DistinguishedFolderId Id="inbox"/>',
    });
    expect(reply.codes).toEqual(['ErrorCalendarFolderIsInvalidForCalendarView']);
  });
});

test.skipIf(schemasSkipped !== '')(`accepted requests and all responses keep the schemas${schemasSkipped}`, () => {
  expect(client.schemaViolations()).toBe('');
});
