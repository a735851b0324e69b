import { type IncomingHttpHeaders, request as httpRequest } from 'node:http';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../src/index.js';
import type { Changes, Entries, ItemView, RequestView, Snapshot } from '../src/page/page-state.js';
import { contoso } from '../src/vitest.js';
import { EwsClient, basic } from './ews-client.js';
import { buildPage } from './page-setup.js';
import { create, createRequest, send } from './raw-client.js';

const ALFRED = 'alfred@contoso.com';

let sandbox: Sandbox;

beforeAll(buildPage);

beforeEach(async () => {
  sandbox = await startSandbox({ ...contoso, clock: () => new Date('2026-11-22T10:00:00Z'), randomSeed: 7 });
});

afterEach(() => sandbox.close());

interface Seen {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** As a browser or a hostile page would ask: fetch lets nobody say Host, Origin or a path with dots. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Seen> {
  return new Promise((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port: sandbox.port, path, method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
    })
      .on('error', reject)
      .end();
  });
}

async function ask<T>(path: string, query: Record<string, string>): Promise<T> {
  return JSON.parse((await get(`${path}?${new URLSearchParams(query)}`)).body) as T;
}

describe('the files of the page', () => {
  test('come with their types, a policy against everything foreign, and are asked for again', async () => {
    for (const [path, type] of [
      ['/', 'text/html'],
      ['/?mailbox=alfred@contoso.com&view=week', 'text/html'],
      ['/page/page.js', 'text/javascript'],
      ['/page/page.css', 'text/css'],
      ['/page/icon.svg', 'image/svg+xml'],
      ['/page/licences.txt', 'text/plain'],
    ] as const) {
      const { status, headers } = await get(path);
      expect([path, status, headers['content-type']]).toEqual([path, 200, expect.stringContaining(type)]);
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache' });
      expect(headers['content-security-policy']).toMatch(
        /^default-src 'none'; script-src 'self';.*frame-ancestors 'none'$/,
      );
      expect(await get(path, { 'if-none-match': headers.etag ?? '' })).toMatchObject({ status: 304, body: '' });
      expect(await get(path, {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
    }
  });

  test('name the licences of what is in them', async () => {
    const { body } = await get('/page/licences.txt');
    for (const name of ['@fullcalendar/core', '@fullcalendar/timegrid', '@preact/signals', 'preact']) {
      expect(body).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+\\n\\n[^]*?MIT`, 'm'));
    }
  });

  test.for(['/page/../package.json', '/page/%2e%2e/package.json', '/page/build.mjs', '/page/', '/page/page.js/'])(
    'nothing else is served: %s',
    async (path) => {
      expect(await get(path)).toMatchObject({ status: 404 });
    },
  );

  test('nothing is done by them', async () => {
    expect(await get('/page/page.js', {}, 'POST')).toMatchObject({ status: 405 });
  });
});

describe('pages of others', () => {
  test.for<[path: string, headers: Record<string, string>, status: number]>([
    ['/', { host: 'evil.example' }, 403],
    ['/page/events', { host: 'evil.example:8025' }, 403],
    ['/', { host: 'localhost:1' }, 200],
    ['/', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, 200],
    ['/page/mails', { 'sec-fetch-site': 'cross-site' }, 403],
    ['/page/mails', { 'sec-fetch-site': 'same-site' }, 403],
    ['/page/mails', { origin: 'https://evil.example' }, 403],
    ['/page/mails', { 'sec-fetch-site': 'same-origin' }, 200],
    ['/page/mails', {}, 200],
  ])('%s with %j gets %d', async ([path, headers, status]) => {
    expect((await get(path, headers)).status).toBe(status);
  });
});

describe('what the page asks for', () => {
  test('a series comes by its occurrences, whole days by their dates', async () => {
    const client = new EwsClient(sandbox.ewsUrl);
    const times = '<t:Start>2026-11-24T09:00:00Z</t:Start><t:End>2026-11-24T10:00:00Z</t:End>';
    const days =
      '<t:Start>2026-11-25T00:00:00+01:00</t:Start><t:End>2026-11-27T00:00:00+01:00</t:End>' +
      '<t:IsAllDayEvent>true</t:IsAllDayEvent><t:StartTimeZone Id="W. Europe Standard Time"/>' +
      '<t:EndTimeZone Id="W. Europe Standard Time"/>';
    const recurrence =
      '<t:Recurrence><t:DailyRecurrence><t:Interval>2</t:Interval></t:DailyRecurrence><t:NumberedRecurrence>' +
      '<t:StartDate>2026-11-24</t:StartDate><t:NumberOfOccurrences>9</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence>';
    const created = await client.create([
      `<t:Subject>Standup</t:Subject>${times}${recurrence}`,
      `<t:Subject>Holiday</t:Subject>${days}`,
    ]);
    expect(created.codes).toEqual(['NoError', 'NoError']);
    const query = { mailbox: ALFRED, from: '2026-11-24T00:00:00Z', to: '2026-11-29T00:00:00Z' };
    const { total, entries } = await ask<Entries>('/page/calendar', query);
    expect(total).toBe(4);
    expect(entries.map(({ subject, start, isSeries }) => [subject, start, isSeries])).toEqual([
      ['Standup', '2026-11-24T09:00:00.000Z', true],
      ['Holiday', '2026-11-24T23:00:00.000Z', false],
      ['Standup', '2026-11-26T09:00:00.000Z', true],
      ['Standup', '2026-11-28T09:00:00.000Z', true],
    ]);
    expect(entries[1]?.days).toEqual({ first: '2026-11-25', after: '2026-11-27' });
    const { item, recurrence: words } = await ask<ItemView>('/page/item', {
      mailbox: ALFRED,
      id: entries[2]?.id ?? '',
    });
    expect([item.start, words]).toEqual(['2026-11-26T09:00:00.000Z', 'every 2 days, from 2026-11-24, 9 times']);
  });

  test('an item names the request that changed it last, whose body is as it came', async () => {
    const xml = createRequest(ALFRED, ['Tennis lesson']);
    await send(sandbox, xml);
    const [stored] = sandbox.items(ALFRED);
    const { request } = await ask<ItemView>('/page/item', { mailbox: ALFRED, id: stored?.id ?? '' });
    expect(request).toBe(1);
    const { received } = await ask<RequestView>('/page/request', { number: '1' });
    expect(received).toBe(xml);
    sandbox.control.edit({ mailbox: ALFRED, id: stored?.id ?? '' }, { location: 'Court 2' });
    expect(await ask<ItemView>('/page/item', { mailbox: ALFRED, id: stored?.id ?? '' })).not.toHaveProperty('request');
  });

  test('a password is not kept, wherever it comes', async () => {
    const password = '<wsse:Password Type="text">hunter2</wsse:Password>';
    await send(sandbox, createRequest(ALFRED, ['Lesson']).replace('<s:Header>', `<s:Header>${password}`));
    const view = JSON.stringify(await ask<RequestView>('/page/request', { number: '1' }));
    expect(view).toContain('wsse:Password');
    expect(view).not.toContain('hunter2');
    expect(view).not.toContain(basic('svc', 'secret'));
  });

  test('bodies are kept while there is room', async () => {
    // Refused at its first letter, and kept all the same.
    const long = 'x'.repeat(12 * 1024 * 1024);
    for (let count = 0; count < 3; count += 1) await send(sandbox, long);
    expect(await ask<RequestView>('/page/request', { number: '1' })).not.toHaveProperty('received');
    expect(await ask<RequestView>('/page/request', { number: '2' })).toHaveProperty('received');
    expect((await get('/page/request?number=4')).status).toBe(404);
  });

  test('items are found by subject, by key and by id, in all mailboxes', async () => {
    await create(sandbox);
    await create(sandbox, 'berta@contoso.com');
    const [stored] = sandbox.items('berta@contoso.com');
    expect((await ask<Entries>('/page/search', { text: 'tennis' })).total).toBe(2);
    expect(await ask<Entries>('/page/search', { text: stored?.uid ?? '' })).toMatchObject({ total: 1 });
    expect(await ask<Entries>('/page/search', { text: stored?.id ?? '' })).toMatchObject({
      total: 1,
      entries: [{ mailbox: 'berta@contoso.com', subject: 'Tennis lesson' }],
    });
  });
});

describe('what the page is told', () => {
  test('everything once, then what changes: no more requests than can be read, and how many were left out', async () => {
    await create(sandbox);
    const events = await listen();
    const [, begin] = await events.next<Snapshot>();
    expect(begin).toMatchObject({ randomSeed: 7, faults: [], requests: [{ number: 1 }], totals: { requests: 1 } });
    expect(begin.mailboxes[0]).toMatchObject({ address: ALFRED, timeZone: 'Europe/Berlin', items: 1 });

    await Promise.all(Array.from({ length: 60 }, () => create(sandbox, 'berta@contoso.com')));
    let told = 0;
    let leftOut = 0;
    let items = 0;
    while (told + leftOut < 60) {
      const [name, changes] = await events.next<Changes>();
      expect(name).toBe('changes');
      told += changes.requests.length;
      leftOut += changes.leftOut;
      items = changes.mailboxes.find(([address]) => address === 'berta@contoso.com')?.[1] ?? items;
    }
    expect(leftOut).toBeGreaterThan(0);
    expect([told + leftOut, items]).toEqual([60, 60]);

    sandbox.control.setFaults([{ fault: 'reset', times: 1 }]);
    expect((await events.next<Changes>())[1].faults).toEqual([{ fault: 'reset', times: 1 }]);
    await create(sandbox);
    const [, struck] = await events.next<Changes>();
    expect(struck).toMatchObject({ requests: [{ faults: ['reset'] }], totals: { struck: { reset: 1 } } });
    sandbox.control.reset();
    expect(await events.next()).toMatchObject(['snapshot', { requests: [], totals: { requests: 0 } }]);
    await events.close();
  });
});

/** Server-sent events, one after another. */
async function listen() {
  const response = await fetch(`${sandbox.url}/page/events`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    async next<T>(): Promise<[name: string, data: T]> {
      for (;;) {
        const event = /event: (\w+)\ndata: (.*)\n\n/.exec(text);
        if (event !== null) {
          text = text.slice(event.index + event[0].length);
          return [event[1] ?? '', JSON.parse(event[2] ?? '') as T];
        }
        const chunk = await reader?.read();
        if (chunk?.value === undefined) throw new Error('the events have ended');
        text += chunk.value;
      }
    },
    close: () => reader?.cancel(),
  };
}
