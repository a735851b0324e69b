import { parseMailbox, placementUid } from '@appointed/core';
import { describe, expect, it } from 'vitest';
import { type Canned, cannedGraph } from './canned-graph.js';
import { call, done, KEY, MAILBOX, save, saved } from './placing.js';

const CREATED = { status: 201, body: { id: 'AAMk/+=', changeKey: 'one', iCalUId: '0400' } };
const KEY_ID = 'String {5f9c1a52-8d4e-4f0b-9a3e-6c7d21b0e8f4} Name AppointedKey';

describe('a save', () => {
  it('is one POST with all that the appointment has, the key in it twice', async () => {
    await using server = await cannedGraph([CREATED]);
    const lesson = {
      subject: 'Lesson',
      start: { dateTime: '2027-07-01T09:00:00', timeZone: 'Europe/Berlin' },
      end: { dateTime: '2027-07-01T10:00:00', timeZone: 'Europe/Berlin' },
      location: 'Court 1',
      requiredAttendees: [{ address: 'a@contoso.com', name: 'A' }],
      resources: ['court@contoso.com'],
      reminder: { minutesBefore: 30 },
      onlineMeeting: true,
    };
    expect(await saved(server.transport, { lesson, sendMode: 'allAndSaveCopy' })).toEqual({
      itemId: 'AAMk/+=',
      changeKey: 'one',
      iCalUid: '0400',
    });
    expect(server.received).toMatchObject([{ method: 'POST', path: '/users/user0@contoso.com/events' }]);
    const [{ headers, json } = { headers: {}, json: undefined }] = server.received;
    expect(headers).toMatchObject({
      authorization: 'Bearer a-token',
      'content-type': 'application/json',
      'client-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      'content-length': expect.any(String) as string,
    });
    expect(json).toEqual({
      subject: 'Lesson',
      start: { dateTime: '2027-07-01T09:00:00', timeZone: 'W. Europe Standard Time' },
      end: { dateTime: '2027-07-01T10:00:00', timeZone: 'W. Europe Standard Time' },
      location: { displayName: 'Court 1' },
      categories: [],
      isReminderOn: true,
      reminderMinutesBeforeStart: 30,
      isOnlineMeeting: true,
      onlineMeetingProvider: 'teamsForBusiness',
      attendees: [
        { type: 'required', emailAddress: { address: 'a@contoso.com', name: 'A' } },
        { type: 'resource', emailAddress: { address: 'court@contoso.com' } },
      ],
      transactionId: '01234567-89ab-cdef-0123-456789abcdef',
      singleValueExtendedProperties: [{ id: KEY_ID, value: KEY }],
    });
  });

  it.each([
    ['an hour that comes twice, the first time', '2027-10-31T00:30:00Z'],
    ['an hour that comes twice, the second time', '2027-10-31T01:30:00Z'],
  ])('tells %s in UTC', async (_, instant) => {
    await using server = await cannedGraph([CREATED]);
    const zoned = {
      [Symbol.toStringTag]: 'Temporal.ZonedDateTime' as const,
      epochMilliseconds: Date.parse(instant),
      timeZoneId: 'Europe/Berlin',
    };
    await saved(server.transport, { lesson: { start: zoned, end: zoned } });
    const time = { dateTime: instant.slice(0, 19), timeZone: 'UTC' };
    expect(server.received[0]?.json).toMatchObject({ start: time, end: time });
  });

  it('names the mailbox as its own, whatever its characters', async () => {
    await using server = await cannedGraph([CREATED]);
    await saved(server.transport, { mailbox: parseMailbox({ upn: "o'hara&sons#ext@contoso.com" }) });
    expect(server.received[0]?.path).toBe("/users/o'hara&sons#ext@contoso.com/events");
  });
});

describe('somebody who is named otherwise than Graph knows them', () => {
  const nobody = { status: 404, body: { error: { code: 'ErrorInvalidUser', message: 'invalid' } } };

  it('is looked up by address, also by an alias, and asked for again by the principal name', async () => {
    await using server = await cannedGraph([nobody, found('u7@contoso.com')]);
    expect(await save(server.transport)).toMatchObject({
      kind: 'rejected',
      scope: 'mailbox',
      again: { primaryAddress: 'u7@contoso.com' },
    });
    expect(server.received[1]).toMatchObject({
      method: 'GET',
      path: '/users',
      query: { $filter: "proxyAddresses/any(one:one eq 'smtp:user0@contoso.com')" },
    });
  });

  it('is looked up by a security identifier', async () => {
    const sid = 'S-1-5-21-1004336348-1177238915-682003330-512';
    await using server = await cannedGraph([found('u7@contoso.com')]);
    expect(await save(server.transport, { mailbox: parseMailbox({ sid }) })).toMatchObject({
      again: { primaryAddress: 'u7@contoso.com' },
    });
    expect(server.received).toMatchObject([{ query: { $filter: `onPremisesSecurityIdentifier eq '${sid}'` } }]);
  });

  it.each([
    ['nobody', found()],
    ['several', found('u7@contoso.com', 'u8@contoso.com')],
    ['the same name', found('User0@contoso.com')],
    ['that it may not be asked', { status: 403, body: { error: { code: 'Authorization_RequestDenied' } } }],
    ['nonsense', { status: 200, body: '[{"value": 1}]' }],
  ])('is refused where the directory says %s', async (_, answer) => {
    await using server = await cannedGraph([nobody, answer]);
    const outcome = await save(server.transport);
    expect(outcome).toMatchObject({ kind: 'rejected', error: { server: { code: 'ErrorInvalidUser' } } });
    expect(outcome).not.toHaveProperty('again');
  });
});

describe('an update', () => {
  it('asks who is invited, and writes only what changes, over nothing newer', async () => {
    const before = { id: 'AAMk/+=', changeKey: 'one', attendees: [], isDraft: false };
    await using server = await cannedGraph([
      { status: 200, body: before },
      { ...CREATED, status: 200 },
    ]);
    const update = { itemId: 'AAMk/+=', changeKey: 'one', set: { location: '' }, clear: ['reminder'] } as const;
    done(await server.transport.update(MAILBOX, { ...update, sendMode: 'none' }, call()));
    expect(server.received).toMatchObject([
      { method: 'GET', path: '/users/user0@contoso.com/events/AAMk/+=' },
      { method: 'PATCH', path: '/users/user0@contoso.com/events/AAMk/+=', headers: { 'if-match': 'W/"one"' } },
    ]);
    expect(server.received[1]?.json).toEqual({
      location: { displayName: '' },
      isReminderOn: true,
      reminderMinutesBeforeStart: 15,
    });
  });

  it('of an item that has changed meanwhile is a conflict', async () => {
    const before = { id: 'AAMk', changeKey: 'one' };
    const refusal = { error: { code: 'ErrorIrresolvableConflict', message: 'it has changed' } };
    await using server = await cannedGraph([
      { status: 200, body: before },
      { status: 412, body: refusal },
    ]);
    const update = { itemId: 'AAMk', changeKey: 'one', set: { location: 'x' }, clear: [], sendMode: 'none' } as const;
    expect(done(await server.transport.update(MAILBOX, update, call()))).toBe('conflict');
  });
});

it('a meeting is cancelled with the comment of the options', async () => {
  const meeting = { id: 'AAMk', attendees: [{ emailAddress: { address: 'a@contoso.com' } }], isOrganizer: true };
  const answers = [{ status: 200, body: meeting }, { status: 202 }];
  await using server = await cannedGraph(answers, { cancellationComment: 'The court is closed.' });
  done(await server.transport.remove(MAILBOX, { itemId: 'AAMk', sendMode: 'all' }, call()));
  expect(server.received[1]).toMatchObject({
    method: 'POST',
    path: '/users/user0@contoso.com/events/AAMk/cancel',
    json: { Comment: 'The court is closed.' },
  });
});

it('a search reads all pages of all calendars, those apart that are closed to it', async () => {
  const calendars = ['one', 'shared'].map((id) => ({ id, isDefaultCalendar: id === 'one' }));
  const event = { id: 'a', iCalUId: placementUid(KEY), createdDateTime: '2027-01-01T00:00:00Z' };
  const more = 'https://elsewhere.example/v1.0/users/u/calendars/one/events?$top=100&$skiptoken=';
  await using server = await cannedGraph([
    { status: 200, body: { value: calendars } },
    { status: 200, body: { value: [event], '@odata.nextLink': `${more}one` } },
    { status: 200, body: { value: [], '@odata.nextLink': `${more}two` } },
    { status: 200, body: { value: [{ ...event, id: 'b' }] } },
    { status: 403, body: { error: { code: 'ErrorAccessDenied' } } },
  ]);
  const found = done(await server.transport.find(MAILBOX, [KEY], call()));
  expect(found.map(({ itemId }) => itemId)).toEqual(['a', 'b']);
  const path = '/users/user0@contoso.com/calendars/one/events';
  const $filter = `singleValueExtendedProperties/any(ep: ep/id eq '${KEY_ID}' and ep/value eq '${KEY}')`;
  expect(server.received.slice(1, 4)).toMatchObject([
    { path, query: { $filter, $top: '100' } },
    { path, query: { $skiptoken: 'one' } },
    { path, query: { $skiptoken: 'two' } },
  ]);
});

it("Microsoft's limits are kept lane by lane, with one request for others", async () => {
  await using server = await cannedGraph([CREATED]);
  expect(server.transport.route(MAILBOX).lanes).toMatchObject([
    { shared: true, budget: { requests: 130_000, perMs: 10_000 } },
    { id: 'graph:mailbox:user0@contoso.com', maxInFlight: 3, budget: { requests: 10_000, perMs: 600_000 } },
  ]);
});

describe('answers that nobody expects', () => {
  it.each([
    ['no JSON', '<html>'],
    ['half of it', '{"id": "AAMk'],
    ['an event without an id', { subject: 'x' }],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
  ])('leave a save unknown: %s', async (_, body) => {
    await using server = await cannedGraph([{ status: 201, body }]);
    expect(await save(server.transport)).toMatchObject({ kind: 'unknown', error: { code: 'response_unreadable' } });
    expect(server.received).toHaveLength(1);
  });

  it.each([
    ['an event of other types', { id: 7, attendees: 'many', body: [], start: 3, recurrence: { pattern: 1 } }],
    ['no event', []],
  ])('are no item that could be read: %s', async (_, body) => {
    await using server = await cannedGraph([{ status: 200, body: body as unknown }]);
    expect(await server.transport.read(MAILBOX, ['AAMk'], call())).toMatchObject({ kind: 'unknown' });
    expect(await server.transport.hasSimilar(MAILBOX, { subject: 'x', start: LATER }, call())).toMatchObject({
      kind: 'unknown',
    });
    expect(await server.transport.find(MAILBOX, [KEY], call())).toMatchObject({ kind: 'unknown' });
  });

  it.each([
    ['nowhere', 'more'],
    ['without its filter', 'https://graph.microsoft.com/v1.0/users/u/calendars'],
  ])('are no list that could be read to its end: one that goes on %s', async (_, link) => {
    await using server = await cannedGraph([{ status: 200, body: { value: [], '@odata.nextLink': link } }]);
    expect(await server.transport.find(MAILBOX, [KEY], call())).toMatchObject({ kind: 'unknown' });
    expect(server.received).toHaveLength(1);
  });

  it('quiet a mailbox until a date, and never for more than an hour', async () => {
    const date = new Date(Date.now() + 20_000).toUTCString();
    const others = ['86400', 'soon', '3,5', '-1'].map(busy);
    await using server = await cannedGraph([busy(date), ...others]);
    const pauses = [];
    for (let n = 0; n < 5; n += 1) {
      const outcome = await save(server.transport);
      pauses.push(outcome.kind === 'deferred' ? outcome.pause?.ms : outcome.kind);
    }
    expect(pauses[0]).toBeGreaterThan(15_000);
    expect(pauses[0]).toBeLessThanOrEqual(20_000);
    expect(pauses.slice(1)).toEqual([3_600_000, undefined, undefined, undefined]);
  });

  it('quiet a mailbox where a gateway has added a Retry-After of its own', async () => {
    await using server = await cannedGraph([{ status: 429, headers: { 'retry-after': ['2', '30'] } }]);
    expect(await save(server.transport)).toMatchObject({ kind: 'deferred', pause: { ms: 2000 } });
  });
});

const LATER = { epochMs: 0, dateTime: '1970-01-01T00:00:00', offset: 'Z', zone: { iana: 'Etc/UTC', windows: 'UTC' } };

function found(...names: readonly string[]): Canned {
  return { status: 200, body: { value: names.map((userPrincipalName) => ({ userPrincipalName })) } };
}

function busy(retryAfter: string): Canned {
  return { status: 429, headers: { 'retry-after': retryAfter } };
}
