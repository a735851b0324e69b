import type { Found, Outcome } from '@appointed/core';
import { describe, expect, it } from 'vitest';
import { NOT_SERVED, refused, responseOf, soapFault, told } from './canned-answers.js';
import { type Asked, asking, type Replies, type Reply } from './canned-exchange.js';
import { ALFRED, call, KEY } from './placing.js';
import { schemaIsAtHand, validate } from './schema.js';

const KEY_PROPERTY =
  '<t:ExtendedProperty><t:ExtendedFieldURI PropertySetId="5f9c1a52-8d4e-4f0b-9a3e-6c7d21b0e8f4"' +
  ` PropertyName="AppointedKey" PropertyType="String"/><t:Value>${KEY}</t:Value></t:ExtendedProperty>`;

function item(id: string, name = 'CalendarItem'): string {
  return `<t:${name}><t:ItemId Id="${id}" ChangeKey="ck-${id}"/>${KEY_PROPERTY}<t:UID>uid-${id}</t:UID></t:${name}>`;
}

function page(items: readonly string[], more = ''): string {
  const range = more === '' ? 'IncludesLastItemInRange="true"' : more;
  const root = `<m:RootFolder TotalItemsInView="9" ${range}><t:Items>${items.join('')}</t:Items></m:RootFolder>`;
  return told('FindItem', root);
}

function folder(id: string, kind: string, wellKnown = ''): string {
  const name = wellKnown === '' ? '' : `<t:DistinguishedFolderId>${wellKnown}</t:DistinguishedFolderId>`;
  const element = kind.startsWith('IPF.Appointment') ? 't:CalendarFolder' : 't:Folder';
  return `<${element}><t:FolderId Id="${id}"/><t:FolderClass>${kind}</t:FolderClass>${name}</${element}>`;
}

function folders(list: readonly string[], range = 'IncludesLastItemInRange="true"'): string {
  const root = `<m:RootFolder TotalItemsInView="9" ${range}><t:Folders>${list.join('')}</t:Folders></m:RootFolder>`;
  return told('FindFolder', root);
}

const DEFAULT = folder('default', 'IPF.Appointment', 'calendar');
const NO_OTHERS = responseOf('FindFolder', folders([DEFAULT]), folders([]));

function find(replies: Replies, limits = {}): Promise<Asked<Outcome<readonly Found[]>>> {
  return asking(replies, (transport) => transport.find(ALFRED, [KEY], call(limits)));
}

/** The folders that a search asks for, in their order. */
function parentsIn(request: string): readonly string[] {
  const [, list = ''] = /<m:ParentFolderIds>(.*)<\/m:ParentFolderIds>/.exec(request) ?? [];
  return [...list.matchAll(/Id="([^"]*)"/g)].map(([, id = '']) => id);
}

/** Answers a search folder by folder. */
function each(answers: Readonly<Record<string, string>>): (request: string) => Reply {
  return (request) => responseOf('FindItem', ...parentsIn(request).map((id) => answers[id] ?? page([])));
}

function places({ outcome }: Asked<Outcome<readonly Found[]>>): Readonly<Record<string, string>> {
  if (outcome.kind !== 'done') throw outcome.error;
  return Object.fromEntries(outcome.value.map(({ itemId, place }) => [itemId, place]));
}

describe('a search', () => {
  it('is two requests: one for the calendar folders, one for the items in all of them', async () => {
    const below = folder('thrown away', 'IPF.Appointment');
    const all = [DEFAULT, folder('second', 'IPF.Appointment'), folder('born', 'IPF.Appointment.Birthday'), below];
    const asked = await find({
      FindFolder: responseOf('FindFolder', folders(all), folders([below])),
      FindItem: each({
        calendar: page([item('a')]),
        deleteditems: page([item('b')]),
        recoverableitemsdeletions: page([item('c')]),
        second: page([item('d')]),
        'thrown away': page([item('e')]),
      }),
    });
    expect(places(asked)).toEqual({ a: 'calendar', b: 'deleted', c: 'deleted', d: 'elsewhere', e: 'deleted' });
    expect(asked.operations).toEqual(['FindFolder', 'FindItem']);
    expect(parentsIn(asked.requests[1]?.body ?? '')).toEqual([
      'calendar',
      'deleteditems',
      'recoverableitemsdeletions',
      'second',
      'born',
      'thrown away',
    ]);
    expect(asked.outcome).toMatchObject({
      value: [{ key: KEY, itemId: 'a', changeKey: 'ck-a', iCalUid: 'uid-a' }, {}, {}, {}, {}],
    });
    if (schemaIsAtHand) for (const { body } of asked.requests) validate(body);
  });

  it('leaves out the folders of other things, where the server lists them all the same', async () => {
    const all = [DEFAULT, folder('inbox', 'IPF.Note'), folder('tasks', 'IPF.Task'), folder('appendix', 'IPF')];
    const asked = await find({ FindFolder: responseOf('FindFolder', folders(all), folders([])), FindItem: each({}) });
    expect(parentsIn(asked.requests[1]?.body ?? '')).toHaveLength(3);
  });

  it('finds appointments, and neither the mail about them nor what has no key', async () => {
    const mail = ['MeetingRequest', 'MeetingCancellation', 'Message', 'Task'].map((name) => item(name, name));
    const without = item('without').replace(KEY_PROPERTY, '');
    const FindItem = each({ calendar: page([item('a'), without]), deleteditems: page(mail) });
    expect(places(await find({ FindFolder: NO_OTHERS, FindItem }))).toEqual({ a: 'calendar' });
  });

  it('finds once what the server lists in two folders', async () => {
    const all = [folder('the calendar by another name', 'IPF.Appointment')];
    const asked = await find({
      FindFolder: responseOf('FindFolder', folders(all), folders([])),
      FindItem: each({ calendar: page([item('a')]), 'the calendar by another name': page([item('a')]) }),
    });
    expect(places(asked)).toEqual({ a: 'calendar' });
  });

  it('asks for the folders once, however many keys', async () => {
    const keys = Array.from({ length: 120 }, (_, n) => n.toString(16).padStart(32, '0'));
    const replies = { FindFolder: NO_OTHERS, FindItem: each({}) };
    const asked = await asking(replies, (transport) => transport.find(ALFRED, keys, call()));
    expect(asked.operations).toEqual(['FindFolder', 'FindItem', 'FindItem', 'FindItem']);
    for (const key of keys) expect(asked.requests.map(({ body }) => body).join('')).toContain(`Value="${key}"`);
  });

  it('asks nothing for no keys', async () => {
    const asked = await asking({}, (transport) => transport.find(ALFRED, [], call()));
    expect(asked).toEqual({ outcome: { kind: 'done', value: [] }, requests: [], operations: [] });
  });

  it('has the deadline of its call, and not one for each request', async () => {
    const before = Date.now();
    const { outcome } = await find({ FindFolder: NO_OTHERS }, { timeoutMs: 200 });
    expect(outcome).toMatchObject({ kind: 'unknown', error: { code: 'timed_out' } });
    expect(Date.now() - before).toBeLessThan(400);
  });
});

describe('the pages of a search', () => {
  it('are read to the last, folder by folder', async () => {
    const next = 'IndexedPagingOffset="2" IncludesLastItemInRange="false"';
    const second = responseOf('FindItem', page([item('c')]));
    const together = each({ calendar: page([item('a'), item('b')], next), deleteditems: page([item('d')]) });
    const FindItem = (request: string): Reply => (request.includes('Offset="2"') ? second : together(request));
    const asked = await find({ FindFolder: NO_OTHERS, FindItem });
    expect(places(asked)).toEqual({ a: 'calendar', b: 'calendar', c: 'calendar', d: 'deleted' });
    expect(parentsIn(asked.requests[2]?.body ?? '')).toEqual(['calendar']);
    if (schemaIsAtHand) for (const { body } of asked.requests) validate(body);
  });

  it('may also be pages of folders', async () => {
    const next = 'IndexedPagingOffset="1" IncludesLastItemInRange="false"';
    const FindFolder = (request: string): Reply =>
      request.includes('Offset="1"')
        ? responseOf('FindFolder', folders([folder('second', 'IPF.Appointment')]))
        : responseOf('FindFolder', folders([DEFAULT], next), folders([]));
    const asked = await find({ FindFolder, FindItem: each({ second: page([item('a')]) }) });
    expect(places(asked)).toEqual({ a: 'elsewhere' });
    expect(asked.operations).toEqual(['FindFolder', 'FindFolder', 'FindItem']);
    if (schemaIsAtHand) for (const { body } of asked.requests) validate(body);
  });

  it('fail the search where a later one fails: what is on it is not known', async () => {
    const next = 'IndexedPagingOffset="1" IncludesLastItemInRange="false"';
    const together = each({ deleteditems: page([item('a')], next) });
    const lost = responseOf('FindItem', refused('ErrorFolderNotFound', {}, 'FindItem'));
    const FindItem = (request: string): Reply => (request.includes('Offset="1"') ? lost : together(request));
    expect((await find({ FindFolder: NO_OTHERS, FindItem })).outcome.kind).not.toBe('done');
  });
});

describe('a folder that cannot be searched', () => {
  it.each(['ErrorFolderNotFound', 'ErrorItemNotFound', 'ErrorAccessDenied', 'ErrorInvalidOperation'])(
    'is passed over for %s',
    async (code) => {
      const denied = refused(code, {}, 'FindItem');
      const FindItem = each({ calendar: page([item('a')]), recoverableitemsdeletions: denied });
      const asked = await find({ FindFolder: NO_OTHERS, FindItem });
      expect(places(asked)).toEqual({ a: 'calendar' });
      expect(asked.operations).toHaveLength(2);
    },
  );

  it.each([
    ['ErrorServerBusy', 'deferred'],
    ['ErrorTimeoutExpired', 'unknown'],
    ['ErrorBatchProcessingStopped', 'deferred'],
  ])('fails the search for %s: later it may be searched', async (code, kind) => {
    const FindItem = each({ calendar: page([item('a')]), deleteditems: refused(code, {}, 'FindItem') });
    expect((await find({ FindFolder: NO_OTHERS, FindItem })).outcome).toMatchObject({ kind });
  });

  it.each(['ErrorFolderNotFound', 'ErrorItemNotFound', 'ErrorAccessDenied', 'ErrorInvalidOperation'])(
    'fails the search for %s, if it is the calendar',
    async (code) => {
      const FindItem = each({ calendar: refused(code, {}, 'FindItem'), deleteditems: page([item('a')]) });
      const { outcome } = await find({ FindFolder: NO_OTHERS, FindItem });
      expect(outcome).toMatchObject({ error: { server: { code } } });
    },
  );
});

describe('a server that cannot do all of it', () => {
  it.each([
    ['without a code', NOT_SERVED],
    ['with a code', soapFault('ErrorInvalidRequest')],
    [
      'for each folder',
      responseOf('FindFolder', ...[1, 2].map(() => refused('ErrorInvalidOperation', {}, 'FindFolder'))),
    ],
  ])(
    'is searched in the folders that every mailbox has, when it refuses to list folders %s',
    async (_how, FindFolder) => {
      const asked = await find({ FindFolder, FindItem: each({ deleteditems: page([item('a')]) }) });
      expect(places(asked)).toEqual({ a: 'deleted' });
      expect(asked.operations).toEqual(['FindFolder', 'FindItem']);
    },
  );

  it('is not searched when it cannot list the folders now', async () => {
    const asked = await find({ FindFolder: soapFault('ErrorServerBusy') });
    expect(asked.outcome).toMatchObject({ kind: 'deferred' });
    expect(asked.operations).toEqual(['FindFolder']);
  });

  it('is searched folder by folder, when it does not take them together', async () => {
    const answers = each({ calendar: page([item('a')]), deleteditems: page([item('b')]) });
    const FindItem = (request: string): Reply => {
      if (parentsIn(request).length > 1) return NOT_SERVED;
      return request.includes('recoverable') ? soapFault('ErrorInvalidRequest') : answers(request);
    };
    const asked = await find({ FindFolder: NO_OTHERS, FindItem });
    expect(places(asked)).toEqual({ a: 'calendar', b: 'deleted' });
    expect(asked.operations).toEqual(['FindFolder', 'FindItem', 'FindItem', 'FindItem', 'FindItem']);
  });

  it('is not searched at all, when it does not search the calendar', async () => {
    const asked = await find({ FindFolder: NO_OTHERS, FindItem: NOT_SERVED });
    expect(asked.outcome).toMatchObject({ kind: 'unknown', error: { code: 'server_failed' } });
    expect(asked.operations).toEqual(['FindFolder', 'FindItem', 'FindItem']);
  });
});
