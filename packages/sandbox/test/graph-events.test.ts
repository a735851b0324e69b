import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../src/index.js';
import { GraphClient } from './graph-client.js';
import { ALFRED, KEY, at, lesson, organisation } from './graph-organisation.js';

let sandbox: Sandbox;
let graph: GraphClient;

beforeAll(async () => {
  sandbox = await startSandbox(organisation);
  graph = new GraphClient(sandbox);
});

afterEach(() => sandbox.control.reset());

afterAll(() => sandbox.close());

const EVENTS = `${ALFRED}/events`;
const post = (body: unknown) => graph.post(EVENTS, body);

describe('an event', () => {
  test('is created with all that it may have, and comes back with all that Graph adds', async () => {
    const created = await post({
      ...lesson(),
      body: { contentType: 'HTML', content: '<p>Bring <b>water</b> &amp; a towel</p>' },
      location: { displayName: 'Court 1', locationUri: 'https://club.example' },
      categories: ['Sport'],
      importance: 'High',
      sensitivity: 'private',
      showAs: 'oof',
      isReminderOn: true,
      reminderMinutesBeforeStart: 30,
      responseRequested: false,
      allowNewTimeProposals: false,
      hideAttendees: true,
      transactionId: 'a-transaction',
      singleValueExtendedProperties: [{ id: KEY, value: 'a-key' }],
    });
    expect(created.status).toBe(201);
    expect(created.json).toEqual({
      '@odata.context': `${sandbox.graphUrl}/$metadata#users('alfred%40contoso.com')/events/$entity`,
      '@odata.etag': `W/"${created.json.changeKey}"`,
      id: expect.stringMatching(/^AAMk[\w=-]+$/),
      changeKey: expect.any(String),
      createdDateTime: '2026-11-22T10:00:00.0000000Z',
      lastModifiedDateTime: '2026-11-22T10:00:00.0000000Z',
      categories: ['Sport'],
      transactionId: 'a-transaction',
      originalStartTimeZone: 'W. Europe Standard Time',
      originalEndTimeZone: 'W. Europe Standard Time',
      iCalUId: expect.stringMatching(/^040000008200E000/),
      reminderMinutesBeforeStart: 30,
      isReminderOn: true,
      hasAttachments: false,
      subject: 'Tennis lesson',
      bodyPreview: 'Bring water & a towel',
      importance: 'high',
      sensitivity: 'private',
      isAllDay: false,
      isCancelled: false,
      isOrganizer: true,
      isDraft: false,
      responseRequested: false,
      seriesMasterId: null,
      showAs: 'oof',
      type: 'singleInstance',
      webLink: expect.stringContaining('https://outlook.office365.com/owa/?itemid='),
      onlineMeetingUrl: null,
      isOnlineMeeting: false,
      onlineMeetingProvider: 'unknown',
      allowNewTimeProposals: false,
      hideAttendees: true,
      responseStatus: { response: 'organizer', time: '0001-01-01T00:00:00Z' },
      body: { contentType: 'html', content: '<p>Bring <b>water</b> &amp; a towel</p>' },
      start: { dateTime: '2026-12-01T08:00:00.0000000', timeZone: 'UTC' },
      end: { dateTime: '2026-12-01T09:00:00.0000000', timeZone: 'UTC' },
      location: {
        displayName: 'Court 1',
        locationUri: 'https://club.example',
        locationType: 'default',
        uniqueId: 'Court 1',
        uniqueIdType: 'private',
      },
      locations: [expect.objectContaining({ displayName: 'Court 1' })],
      recurrence: null,
      attendees: [],
      organizer: { emailAddress: { name: 'Alfred', address: 'alfred@contoso.com' } },
      onlineMeeting: null,
    });
    const { '@odata.context': _, ...again } = (await graph.get(`${EVENTS}/${created.json.id}`)).json;
    expect(created.json).toMatchObject(again);
  });

  test('has what Exchange gives to those who say nothing', async () => {
    const { json } = await post({});
    expect(json).toMatchObject({
      subject: '',
      start: { dateTime: '2026-11-22T10:00:00.0000000', timeZone: 'UTC' },
      end: { dateTime: '2026-11-22T10:30:00.0000000', timeZone: 'UTC' },
      isReminderOn: true,
      reminderMinutesBeforeStart: 15,
      showAs: 'busy',
      locations: [],
    });
  });

  test('is given in the zone, and its body in the kind, that the request prefers', async () => {
    const { json } = await post(lesson({ body: { contentType: 'html', content: '<p>A<br>B</p>' } }));
    const preferences = 'outlook.timezone="Tokyo Standard Time", outlook.body-content-type="text"';
    const seen = await graph.get(`${EVENTS}/${json.id}`, { prefer: preferences });
    expect(seen.json.start).toEqual({ dateTime: '2026-12-01T17:00:00.0000000', timeZone: 'Tokyo Standard Time' });
    expect(seen.json.body).toEqual({ contentType: 'text', content: 'A\r\nB' });
    expect(seen.headers.get('preference-applied')).toBe(preferences);
    const text = await post(lesson({ body: { contentType: 'text', content: '1 < 2' } }));
    expect(text.json.body).toEqual({ contentType: 'html', content: '<html><body>1 &lt; 2</body></html>' });
  });

  test('takes times with an offset as instants', async () => {
    const body = lesson({ start: at('2026-12-01T09:00:00Z'), end: at('2026-12-01T11:00:00+01:00') });
    expect((await post(body)).json).toMatchObject({
      start: { dateTime: '2026-12-01T09:00:00.0000000' },
      end: { dateTime: '2026-12-01T10:00:00.0000000' },
    });
  });

  test('is where the answer to its creation says', async () => {
    const { headers, json } = await post(lesson());
    expect((await graph.get(headers.get('location') ?? '')).json.id).toBe(json.id);
  });

  test('of whole days begins at midnight, whatever zone it is seen in', async () => {
    const days = { isAllDay: true, start: at('2026-12-01T00:00:00'), end: at('2026-12-03T00:00:00') };
    const { json } = await post(lesson(days));
    expect([json.start.dateTime, json.end.dateTime]).toEqual([
      '2026-12-01T00:00:00.0000000',
      '2026-12-03T00:00:00.0000000',
    ]);
    expect(sandbox.items('alfred@contoso.com')[0]).toMatchObject({ start: '2026-11-30T23:00:00.000Z', isAllDay: true });
    const notMidnight = await post(lesson({ ...days, start: at('2026-12-01T09:00:00') }));
    expect(notMidnight.inShort).toBe('400 ErrorInvalidRequest');
    expect(notMidnight.json.error.message).toBe(
      'The Event.Start property for an all-day event needs to be set to midnight.',
    );
    const noDay = await post(lesson({ ...days, end: at('2026-12-01T00:00:00') }));
    expect(noDay.json.error.message).toContain('at least 24 hours');
  });

  test.each([
    ['begins', '2026-03-29', '2026-03-30'],
    ['ends', '2026-03-28', '2026-03-29'],
  ])('of a whole day is as long where it %s without a midnight, as clocks skip it', async (_, start, end) => {
    const [first, last] = [start, end].map((day) => at(`${day}T00:00:00`, 'Asia/Beirut'));
    const { json } = await post(lesson({ isAllDay: true, start: first, end: last }));
    expect([json.start?.dateTime, json.end?.dateTime]).toEqual([
      `${start}T00:00:00.0000000`,
      `${end}T00:00:00.0000000`,
    ]);
  });

  test('keeps several places, and takes one for all of them', async () => {
    const places = [{ displayName: 'Court 1' }, { displayName: 'Café', locationType: 'restaurant' }];
    const { json } = await post(lesson({ locations: places }));
    expect(json.location.displayName).toBe('Court 1; Café');
    expect(json.locations).toMatchObject(places);
    const changed = await graph.patch(`${EVENTS}/${json.id}`, { location: { displayName: 'Court 2' } });
    expect(changed.json.locations).toMatchObject([{ displayName: 'Court 2' }]);
    const none = await graph.patch(`${EVENTS}/${json.id}`, { location: null });
    expect(none.json).toMatchObject({ location: { displayName: '' }, locations: [] });
  });

  test('is changed where a change says so, and stays as it is elsewhere', async () => {
    const { json } = await post(
      lesson({ categories: ['Sport'], singleValueExtendedProperties: [{ id: KEY, value: '1' }] }),
    );
    const changed = await graph.patch(`${EVENTS}/${json.id}`, {
      subject: 'Yoga',
      end: at('2026-12-01T11:00:00'),
      isReminderOn: false,
      singleValueExtendedProperties: [{ id: 'Integer {5f9c1a52-8d4e-4f0b-9a3e-6c7d21b0e8f4} Name Count', value: '3' }],
    });
    expect(changed.status).toBe(200);
    expect(changed.json).toMatchObject({
      id: json.id,
      subject: 'Yoga',
      categories: ['Sport'],
      start: { dateTime: '2026-12-01T08:00:00.0000000' },
      end: { dateTime: '2026-12-01T10:00:00.0000000' },
      isReminderOn: false,
    });
    expect(changed.json.changeKey).not.toBe(json.changeKey);
    expect(Object.values(sandbox.items('alfred@contoso.com')[0]!.extendedProperties)).toEqual(['1', '3']);
  });

  test('is changed and removed only as the etag says, where one is given', async () => {
    const { json } = await post(lesson());
    const path = `${EVENTS}/${json.id}`;
    const etag = { 'if-match': json['@odata.etag'] as string };
    expect((await graph.patch(path, { subject: 'Mine' }, etag)).status).toBe(200);
    expect((await graph.patch(path, { subject: 'Late' }, etag)).inShort).toBe('412 ErrorIrresolvableConflict');
    expect((await graph.delete(path, etag)).inShort).toBe('412 ErrorIrresolvableConflict');
    expect((await graph.delete(path, { 'if-match': '*' })).status).toBe(204);
  });

  test('goes to Deleted Items, under another id; an immutable id stays', async () => {
    const immutable = { prefer: 'IdType="ImmutableId"' };
    const { json } = await graph.post(EVENTS, lesson(), immutable);
    expect(json.id).toMatch(/^AAkA[\w=-]+$/);
    const [item] = sandbox.items('alfred@contoso.com');
    const restId = item!.id.replaceAll('/', '-').replaceAll('+', '_');
    expect((await graph.get(`${EVENTS}/${restId}`)).json.id).toBe(restId);
    const gone = await graph.delete(`${EVENTS}/${restId}`);
    expect([gone.status, gone.json]).toEqual([204, undefined]);
    expect(sandbox.items('alfred@contoso.com')).toMatchObject([{ folder: 'deleteditems' }]);
    expect((await graph.get(`${EVENTS}/${restId}`)).inShort).toBe('404 ErrorItemNotFound');
    expect((await graph.get(`${EVENTS}/${json.id}`, immutable)).json.id).toBe(json.id);
    expect((await graph.get(EVENTS)).json.value).toEqual([]);
  });

  test('is not found under an id that is none, or is of another mailbox', async () => {
    const { json } = await post(lesson());
    expect((await graph.get(`${EVENTS}/nonsense`)).inShort).toBe('400 ErrorInvalidIdMalformed');
    expect((await graph.get(`/users/berta@corp.contoso.com/events/${json.id}`)).inShort).toBe('404 ErrorItemNotFound');
  });
});

describe('a transaction', () => {
  test('is carried out once: the same request gets the same event', async () => {
    const first = await post(lesson({ transactionId: 't-1' }));
    const second = await post({ transactionId: 't-1', ...lesson() });
    expect([second.status, second.json.id]).toEqual([201, first.json.id]);
    expect(sandbox.items('alfred@contoso.com')).toHaveLength(1);
  });

  test('is refused with another body, and the answer names the event that there is', async () => {
    const first = await post(lesson({ transactionId: 't-1' }));
    const other = await post(lesson({ transactionId: 't-1', subject: 'Yoga' }));
    expect(other.inShort).toBe('400 ErrorDuplicateTransactionId');
    expect(other.json.error['@event.existingEventId']).toBe(first.json.id);
    expect((await graph.patch(`${EVENTS}/${first.json.id}`, { transactionId: 't-2' })).inShort).toBe(
      '400 ErrorInvalidPropertySet',
    );
  });

  test('is one of its mailbox', async () => {
    await post(lesson({ transactionId: 't-1' }));
    const other = await graph.post(
      '/users/berta@corp.contoso.com/events',
      lesson({ transactionId: 't-1', subject: 'Yoga' }),
    );
    expect(other.status).toBe(201);
  });
});

describe('a file', () => {
  test('comes with a new event, and no change of one', async () => {
    const file = { '@odata.type': '#microsoft.graph.fileAttachment', name: 'rules.txt', contentBytes: 'SGVsbG8=' };
    const { json } = await post(lesson({ attachments: [file] }));
    expect((await graph.get(`${EVENTS}/${json.id}?$expand=attachments`)).json).toMatchObject({
      hasAttachments: true,
      attachments: [{ ...file, contentType: 'application/octet-stream', size: 5 }],
    });
    expect((await graph.patch(`${EVENTS}/${json.id}`, { attachments: [file] })).inShort).toBe(
      '400 ErrorInvalidRequest',
    );
  });

  test('is attached, listed, read and taken away', async () => {
    const { json } = await post(lesson());
    const files = `${EVENTS}/${json.id}/attachments`;
    const file = { '@odata.type': '#microsoft.graph.fileAttachment', name: 'rules.txt', contentBytes: 'SGVsbG8=' };
    const attached = await graph.post(files, { ...file, contentType: 'text/plain' });
    expect(attached.status).toBe(201);
    expect(attached.json).toMatchObject({ ...file, contentType: 'text/plain', size: 5, isInline: false });
    expect((await graph.get(`${EVENTS}/${json.id}?$expand=attachments`)).json).toMatchObject({
      hasAttachments: true,
      attachments: [{ name: 'rules.txt' }],
    });
    expect((await graph.get(`${files}?$select=name`)).json.value).toEqual([
      {
        '@odata.type': file['@odata.type'],
        '@odata.mediaContentType': 'text/plain',
        id: attached.json.id,
        name: 'rules.txt',
      },
    ]);
    expect((await graph.get(`${files}?$select=nonsense`)).inShort).toBe('400 RequestBroker--ParseUri');
    expect((await graph.get(`${files}/${attached.json.id}`)).json.contentBytes).toBe('SGVsbG8=');
    expect((await graph.delete(`${files}/${attached.json.id}`)).status).toBe(204);
    expect((await graph.get(`${files}/${attached.json.id}`)).inShort).toBe('404 ErrorItemNotFound');
    expect((await graph.post(files, { name: 'x', contentBytes: '' })).inShort).toBe('400 ErrorInvalidRequest');
    expect((await graph.post(files, { ...file, contentBytes: 'no base64' })).inShort).toBe('400 RequestBodyRead');
  });
});
