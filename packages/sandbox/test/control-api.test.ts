import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FaultRule, type Sandbox, startSandbox } from '../src/index.js';
import { contoso } from '../src/vitest.js';
import { EwsClient } from './ews-client.js';
import { create, createRequest, inShort, send } from './raw-client.js';

const ALFRED = 'alfred@contoso.com';

let sandbox: Sandbox;

const keyed = (key: string) =>
  '<t:Subject>Lesson</t:Subject><t:ExtendedProperty><t:ExtendedFieldURI PropertyName="AppointedKey" ' +
  'PropertySetId="5f9c1a52-8d4e-4f0b-9a3e-6c7d21b0e8f4" PropertyType="String"/><t:Value>' +
  `${key}</t:Value></t:ExtendedProperty>`;

const invite = (...addresses: string[]) =>
  `<t:RequiredAttendees>${addresses
    .map((address) => `<t:Attendee><t:Mailbox><t:EmailAddress>${address}</t:EmailAddress></t:Mailbox></t:Attendee>`)
    .join('')}</t:RequiredAttendees>`;

beforeEach(async () => {
  sandbox = await startSandbox({ ...contoso, clock: () => new Date('2026-11-22T10:00:00Z'), randomSeed: 7 });
});

afterEach(() => sandbox.close());

async function ask(method: string, path: string, body?: unknown): Promise<[status: number, answer: unknown]> {
  const response = await fetch(sandbox.url + path, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return [response.status, await response.json()];
}

function raw(headers: Record<string, string>, method = 'POST', body = ''): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const { port } = sandbox;
    const options = { host: '127.0.0.1', port, path: '/control/settle', method, headers };
    httpRequest(options, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end(body);
  });
}

describe('the report', () => {
  test('counts requests, items, duplicates, mails', async () => {
    const client = new EwsClient(sandbox.ewsUrl);
    await client.create([keyed('a'), keyed('b'), keyed('a')]);
    await client.create([keyed('a')], { as: 'berta@contoso.com' });
    await send(sandbox, createRequest('berta@contoso.com', ['Review'], 'SendToAllAndSaveCopy'));
    await client.call('<m:Nonsense/>');
    await fetch(sandbox.ewsUrl, { method: 'POST' });
    const [status, report] = await ask('GET', '/control/report');
    expect(status).toBe(200);
    const ids = sandbox.items(ALFRED).map(({ id, uid, folder }) => ({ id, uid, folder }));
    expect(report).toEqual({
      randomSeed: 7,
      requests: {
        total: 5,
        byOperation: { CreateItem: 3, none: 2 },
        byStatus: { '200': 3, '401': 1, '500': 1 },
        byCode: { NoError: 5, ErrorInvalidRequest: 1 },
        byFault: {},
        inFlight: 0,
        mostInFlight: 1,
        mostInFlightByAccount: { svc: 1 },
      },
      items: 5,
      itemsByMailbox: { 'alfred@contoso.com': 3, 'berta@contoso.com': 2 },
      duplicates: [{ mailbox: ALFRED, key: 'a', items: [ids[0], ids[2]] }],
      mails: { total: 1, byKind: { request: 1 } },
      deliveries: 0,
      lateStores: 0,
    });
    expect(sandbox.control.report()).toEqual(report);
    expect(await ask('GET', '/control/report?property=Other')).toMatchObject([200, { duplicates: [] }]);
  });

  test('the log tells of each request', async () => {
    sandbox.control.setFaults([{ fault: 'busy', name: 'peak hours' }]);
    await create(sandbox);
    expect(await ask('GET', '/control/requests')).toEqual([
      200,
      [
        {
          number: 1,
          at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
          durationMs: expect.any(Number),
          operation: 'CreateItem',
          mailbox: ALFRED,
          account: 'svc',
          connection: 1,
          status: 500,
          codes: ['ErrorServerBusy'],
          faults: ['peak hours'],
          ending: 'answered',
        },
      ],
    ]);
  });
});

describe('mails that would have been sent', () => {
  test('are recorded, when they are asked for', async () => {
    const client = new EwsClient(sandbox.ewsUrl);
    const created = await client.create(
      [`<t:Subject>Review</t:Subject><t:UID>u1</t:UID>${invite('a@x.com', 'b@x.com')}`],
      {
        sending: 'SendToAllAndSaveCopy',
      },
    );
    const [id] = created.attributes('ItemId', 'Id');
    const update = (sending: string, field: string, content: string) =>
      client.call(
        `<m:UpdateItem ConflictResolution="AlwaysOverwrite" SendMeetingInvitationsOrCancellations="${sending}">` +
          `<m:ItemChanges><t:ItemChange><t:ItemId Id="${id}"/><t:Updates><t:SetItemField><t:FieldURI FieldURI="${field}"/>` +
          `<t:CalendarItem>${content}</t:CalendarItem></t:SetItemField></t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`,
      );
    await update('SendToNone', 'item:Subject', '<t:Subject>Quiet</t:Subject>');
    await update('SendOnlyToChanged', 'calendar:RequiredAttendees', invite('b@x.com', 'c@x.com'));
    await update('SendToAllAndSaveCopy', 'calendar:Location', '<t:Location>Room 1</t:Location>');
    await client.call(
      `<m:DeleteItem DeleteType="HardDelete" SendMeetingCancellations="SendOnlyToAll"><m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds></m:DeleteItem>`,
    );
    const [, mails] = await ask('GET', '/control/mails');
    const common = { at: '2026-11-22T10:00:00.000Z', from: ALFRED, uid: 'u1' };
    expect(mails).toEqual([
      { ...common, kind: 'request', to: ['a@x.com', 'b@x.com'], subject: 'Review', savesCopy: true },
      { ...common, kind: 'cancellation', to: ['a@x.com'], subject: 'Quiet', savesCopy: false },
      { ...common, kind: 'request', to: ['c@x.com'], subject: 'Quiet', savesCopy: false },
      { ...common, kind: 'update', to: ['b@x.com', 'c@x.com'], subject: 'Quiet', savesCopy: true },
      { ...common, kind: 'cancellation', to: ['b@x.com', 'c@x.com'], subject: 'Quiet', savesCopy: false },
    ]);
  });

  test('an appointment makes none', async () => {
    await new EwsClient(sandbox.ewsUrl).create(['<t:Subject>Alone</t:Subject>'], { sending: 'SendToAllAndSaveCopy' });
    expect(sandbox.control.mails()).toEqual([]);
  });
});

describe('faults', () => {
  test('are set, added, listed and removed', async () => {
    const busy: FaultRule = { fault: 'busy', mailbox: ALFRED, name: 'b' };
    const reset: FaultRule = { fault: 'reset', stored: 'late', lateMs: { min: 1, max: 2 } };
    expect(await ask('PUT', '/control/faults', [busy])).toEqual([200, { ok: true }]);
    expect(await ask('POST', '/control/faults', reset)).toEqual([200, { ok: true }]);
    expect(await ask('GET', '/control/faults')).toEqual([200, [busy, reset]]);
    expect(inShort(await create(sandbox))).toBe('500 ErrorServerBusy');
    expect(await ask('DELETE', '/control/faults?name=b')).toEqual([200, { ok: true }]);
    expect(await ask('DELETE', '/control/faults?name=b')).toEqual([404, { error: 'name: no fault is called "b"' }]);
    expect(await ask('DELETE', '/control/faults')).toEqual([200, { ok: true }]);
    expect(sandbox.control.faults).toEqual([]);
  });

  test.for<[rules: unknown, complaint: string]>([
    [{}, 'faults: must be a list'],
    [[{ fault: 'bussy' }], 'faults[0].fault: must be one of busy, error, status'],
    [[{ fault: 'busy', probability: 2 }], 'faults[0].probability: must be a number from 0 to 1'],
    [[{ fault: 'busy', retryAfter: 2 }], 'faults[0].retryAfter: is unknown; known are'],
    [[{ fault: 'busy' }, { fault: 'latency' }], 'faults[1].ms: is missing'],
    [[{ fault: 'latency', ms: { min: 5, max: 1 } }], 'faults[0].ms: min must not be more than max'],
    [[{ fault: 'latency', ms: { mean: 5 } }], 'faults[0].ms.deviation: is missing'],
    [[{ fault: 'error', code: 'Busy' }], 'faults[0].code: must be a response code'],
    [[{ fault: 'reset', stored: 'after' }], 'faults[0].stored: must be "never" or "before" or "late"'],
    [[{ fault: 'status', status: 42 }], 'faults[0].status: must be a whole number from 200 to 599'],
    [[{ fault: 'busy', operation: [1] }], 'faults[0].operation[0]: must be "ConvertId" or "CopyItem" or'],
    [[{ fault: 'busy', operation: 'MakeCoffee' }], 'faults[0].operation: must be "ConvertId" or "CopyItem" or'],
    [[{ fault: 'busy', operation: ['GetItem', 'createitem'] }], 'faults[0].operation[1]: must be "ConvertId" or'],
    [[{ fault: 'error', code: 'Error_Busy' }], 'and a name of letters and digits, such as "ErrorInternalServerError"'],
  ])('a wrong rule is named, and the old ones stay: %j', async ([rules, complaint]) => {
    sandbox.control.setFaults([{ fault: 'reset' }]);
    const [status, answer] = await ask('PUT', '/control/faults', rules);
    expect(status).toBe(400);
    expect((answer as { error: string }).error).toContain(complaint);
    expect(sandbox.control.faults).toEqual([{ fault: 'reset' }]);
  });

  test('late stores can be brought about', async () => {
    sandbox.control.setFaults([{ fault: 'reset', stored: 'late', lateMs: 3_600_000 }]);
    await create(sandbox);
    expect(await ask('GET', '/control/report')).toMatchObject([200, { items: 0, lateStores: 1 }]);
    await ask('POST', '/control/settle');
    expect(await ask('GET', '/control/report')).toMatchObject([200, { items: 1, lateStores: 0 }]);
  });
});

describe('what people do', () => {
  test('moves, deletes, copies, edits, dismisses, answers', async () => {
    await send(sandbox, createRequest(ALFRED, ['Review']));
    const [stored] = sandbox.items(ALFRED);
    const item = { mailbox: ALFRED, id: stored?.id };
    expect(
      await ask('POST', '/control/items/edit', { ...item, changes: { location: 'Court 2', reminderMinutes: null } }),
    ).toMatchObject([200, { location: 'Court 2', id: item.id }]);
    expect(sandbox.items(ALFRED)[0]?.reminderMinutes).toBeUndefined();
    expect(await ask('POST', '/control/items/dismiss-reminder', item)).toMatchObject([
      200,
      { isReminderDismissed: true },
    ]);
    expect(
      await ask('POST', '/control/items/answer', { ...item, attendee: 'zoe@fabrikam.com', answer: 'Decline' }),
    ).toMatchObject([200, { requiredAttendees: [{ response: 'Decline' }] }]);
    expect(await ask('POST', '/control/items/copy', item)).toMatchObject([200, { folder: 'calendar' }]);
    await ask('POST', '/control/folders', { mailbox: ALFRED, name: 'Old', holds: 'mail' });
    const [, moved] = await ask('POST', '/control/items/move', { ...item, folder: 'Old' });
    expect(moved).toMatchObject({ folder: 'Old' });
    const there = { mailbox: ALFRED, id: (moved as { id: string }).id };
    expect(await ask('POST', '/control/items/delete', { ...there, deletion: 'purge' })).toEqual([200, { ok: true }]);
    expect(await ask('GET', `/control/items?mailbox=${ALFRED}`)).toEqual([
      200,
      JSON.parse(JSON.stringify(sandbox.items(ALFRED))),
    ]);
    expect(sandbox.items(ALFRED)).toHaveLength(1);
  });

  test.for<[path: string, body: unknown, status: number, complaint: string]>([
    ['/control/items/move', { mailbox: ALFRED, folder: 'inbox' }, 400, 'id: is missing'],
    ['/control/items/move', { mailbox: 'x@y.com', id: 'AA', folder: 'inbox' }, 404, 'mailbox: x@y.com is unknown'],
    [
      '/control/items/copy',
      { mailbox: ALFRED, id: 'AA' },
      404,
      'id: not the EWS ItemId of an item of alfred@contoso.com',
    ],
    ['/control/items/delete', { mailbox: ALFRED, id: 'AA', deletion: 'x' }, 400, 'deletion: must be "deleteditems" or'],
    ['/control/items/edit', { mailbox: ALFRED, id: 'AA', changes: { subjet: '' } }, 400, 'changes.subjet: is unknown'],
    ['/control/items/edit', [], 400, 'the body: must be an object'],
    ['/control/clock/advance', { ms: -1 }, 400, 'ms: must be a whole number from 0 to'],
  ])('%s says what is wrong with %j', async ([path, body, status, complaint]) => {
    const [seen, answer] = await ask('POST', path, body);
    expect(seen).toBe(status);
    expect((answer as { error: string }).error).toContain(complaint);
  });
});

describe('the rest', () => {
  test('the clock can be set, moved on, and let go', async () => {
    await ask('PUT', '/control/clock', { time: '2027-01-01T00:00:00Z' });
    await ask('POST', '/control/clock/advance', { ms: 90_000 });
    expect(await ask('GET', '/control/clock')).toEqual([200, { time: '2027-01-01T00:01:30.000Z' }]);
    await create(sandbox);
    expect(sandbox.items(ALFRED)[0]?.created).toBe('2027-01-01T00:01:30.000Z');
    expect(await ask('PUT', '/control/clock', { time: 'tomorrow' })).toMatchObject([
      400,
      { error: expect.stringMatching(/^time: "tomorrow"/) },
    ]);
  });

  test('mailboxes and service accounts come and go', async () => {
    await ask('POST', '/control/mailboxes', { address: 'new@contoso.com', timeZone: 'Europe/Paris' });
    expect(inShort(await create(sandbox, 'new@contoso.com'))).toBe('200 NoError');
    expect(await ask('POST', '/control/mailboxes', { address: 'NEW@contoso.com' })).toMatchObject([400, {}]);
    await ask('DELETE', '/control/mailboxes?mailbox=new@contoso.com');
    expect(inShort(await create(sandbox, 'new@contoso.com'))).toBe('500 ErrorNonExistentMailbox');
    expect(await ask('GET', '/control/mailboxes')).toEqual([200, contoso.mailboxes.map(({ address }) => address)]);

    const other = { account: 'other', password: 'o' };
    await ask('POST', '/control/accounts', { user: 'other', password: 'o', impersonates: [ALFRED] });
    expect(inShort(await send(sandbox, createRequest(ALFRED, ['One']), other))).toBe('200 NoError');
    await ask('DELETE', '/control/accounts?user=OTHER');
    expect(inShort(await send(sandbox, createRequest(ALFRED, ['Two']), other))).toBe('401');
    expect(await ask('GET', '/control/accounts')).toEqual([200, ['svc']]);
    expect(await ask('DELETE', '/control/accounts?user=other')).toEqual([404, { error: 'user: other is unknown' }]);
  });

  test('a reset empties everything but who exists and what goes wrong', async () => {
    sandbox.control.setFaults([{ fault: 'reset', stored: 'late', lateMs: 50, first: 1 }]);
    sandbox.control.advanceClock(1000);
    await create(sandbox);
    await send(sandbox, createRequest(ALFRED, ['Review'], 'SendToAllAndSaveCopy'));
    await ask('POST', '/control/reset');
    const report = sandbox.control.report();
    expect(report).toMatchObject({ items: 0, lateStores: 0, mails: { total: 0 }, requests: { total: 0 } });
    expect(sandbox.control.now()).toEqual(new Date('2026-11-22T10:00:00Z'));
    expect(inShort(await create(sandbox))).toBe('reset');
  });

  test('it says what it can be asked', async () => {
    const [, routes] = await ask('GET', '/control');
    expect(routes).toContainEqual({ method: 'POST', path: '/control/settle', does: 'Carries out late stores at once' });
    expect(await ask('GET', '/control/nothing')).toMatchObject([
      404,
      { error: expect.stringContaining('GET /control lists') },
    ]);
    expect(await ask('DELETE', '/control/report')).toEqual([405, { error: '/control/report takes GET' }]);
  });
});

describe('web pages and strangers', () => {
  const json = { 'content-type': 'application/json' };

  test('a body must be declared JSON, which a page cannot do across origins', async () => {
    expect(await raw({})).toBe(415);
    expect(await raw({ 'content-type': 'text/plain' })).toBe(415);
    expect(await raw({ 'content-type': 'application/x-www-form-urlencoded' })).toBe(415);
    expect(await raw(json)).toBe(200);
  });

  test('the Host must be loopback, so that no name can be rebound to it', async () => {
    expect(await raw({ ...json, host: 'evil.example' })).toBe(403);
    expect(await raw({ ...json, host: '127.0.0.1.evil.example' })).toBe(403);
    expect(await raw({ ...json, host: `localhost:${sandbox.port}` })).toBe(200);
    expect(await raw({ ...json, host: `[::1]:${sandbox.port}` })).toBe(200);
  });

  test('the Origin must be loopback', async () => {
    expect(await raw({ ...json, origin: 'https://evil.example' })).toBe(403);
    expect(await raw({ ...json, origin: 'null' })).toBe(403);
    expect(await raw({ ...json, origin: `http://localhost:${sandbox.port}` })).toBe(200);
  });

  test('a browser that says that another site asks is refused', async () => {
    expect(await raw({ ...json, 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await raw({ ...json, 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await raw({ ...json, 'sec-fetch-site': 'none' })).toBe(200);
  });

  test('what is not JSON, or too long, is refused', async () => {
    expect(await raw(json, 'POST', '{')).toBe(400);
    expect(await raw(json, 'POST', ' '.repeat(4 * 1024 * 1024 + 1))).toBe(413);
  });
});
