import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../src/index.js';
import { GraphClient } from './graph-client.js';
import { ALFRED, KEY, at, lesson, organisation } from './graph-organisation.js';

let sandbox: Sandbox;
let graph: GraphClient;

beforeEach(async () => {
  sandbox = await startSandbox(organisation);
  graph = new GraphClient(sandbox);
});

afterEach(() => sandbox.close());

const EVENTS = `${ALFRED}/events`;
const post = (body: unknown) => graph.post(EVENTS, body);
const attendee = (address: string, more: object = {}) => ({ emailAddress: { address }, ...more });

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

describe('a meeting', () => {
  const both = [attendee('berta@contoso.com'), attendee('zoe@fabrikam.com', { type: 'Optional' })];
  const sent = () => sandbox.control.mails().map(({ kind, to }) => `${kind} ${to.join(' ')}`);

  test('is sent to those who are invited, with a copy for Sent Items', async () => {
    const { json } = await post(lesson({ attendees: [...both, attendee('room1@contoso.com', { type: 'resource' })] }));
    expect(json.attendees).toEqual([
      {
        type: 'required',
        status: { response: 'none', time: '0001-01-01T00:00:00Z' },
        emailAddress: { name: 'berta@contoso.com', address: 'berta@contoso.com' },
      },
      expect.objectContaining({ type: 'optional' }),
      expect.objectContaining({ type: 'resource' }),
    ]);
    expect(sandbox.control.mails()).toMatchObject([
      { kind: 'request', to: ['berta@contoso.com', 'zoe@fabrikam.com', 'room1@contoso.com'], savesCopy: true },
    ]);
  });

  test('stays a draft as long as it is said to be one', async () => {
    const { json } = await post(lesson({ attendees: both, isDraft: true }));
    expect(json.isDraft).toBe(true);
    await graph.patch(`${EVENTS}/${json.id}`, { subject: 'Still a draft' });
    expect(sent()).toEqual([]);
    const now = await graph.patch(`${EVENTS}/${json.id}`, { isDraft: false });
    expect(now.json.isDraft).toBe(false);
    expect(sent()).toEqual(['request berta@contoso.com zoe@fabrikam.com']);
  });

  test('tells all of a change, only the new ones of themselves, and nobody of what is the owner’s', async () => {
    const { json } = await post(lesson({ attendees: [attendee('berta@contoso.com')] }));
    const patch = (body: object) => graph.patch(`${EVENTS}/${json.id}`, body);
    await patch({ categories: ['Sport'], isReminderOn: false });
    await patch({ attendees: both });
    await patch({ subject: 'Yoga' });
    await patch({ attendees: [both[0]] });
    expect(sent()).toEqual([
      'request berta@contoso.com',
      'request zoe@fabrikam.com',
      'update berta@contoso.com zoe@fabrikam.com',
      'cancellation zoe@fabrikam.com',
    ]);
  });

  test('keeps the answers of those who stay invited', async () => {
    const { json } = await post(lesson({ attendees: both }));
    const [{ id }] = sandbox.items('alfred@contoso.com') as [{ id: string }];
    sandbox.control.answer({ mailbox: 'alfred@contoso.com', id }, 'berta@contoso.com', 'Accept');
    const changed = await graph.patch(`${EVENTS}/${json.id}`, { attendees: [both[0]] });
    expect(changed.json.attendees).toMatchObject([
      { status: { response: 'accepted', time: '2026-11-22T10:00:00.0000000Z' } },
    ]);
  });

  test('is called off by its organizer, who finds it in Deleted Items', async () => {
    const { json } = await post(lesson({ attendees: both }));
    const cancelled = await graph.post(`${EVENTS}/${json.id}/cancel`, { Comment: 'Rain' });
    expect([cancelled.status, cancelled.json]).toEqual([202, undefined]);
    expect(sent()[1]).toBe('cancellation berta@contoso.com zoe@fabrikam.com');
    expect(sandbox.items('alfred@contoso.com')).toMatchObject([{ folder: 'deleteditems', isCancelled: true }]);
  });

  test('is called off when it is deleted, and by nobody but its organizer', async () => {
    const { json } = await post(lesson({ attendees: both }));
    await sandbox.control.quiet();
    const copies = await graph.get('/users/berta@corp.contoso.com/events');
    const [copy] = copies.json.value;
    expect(copy).toMatchObject({ isOrganizer: false, iCalUId: json.iCalUId });
    const refused = await graph.post(`/users/berta@corp.contoso.com/events/${copy.id}/cancel`);
    expect(refused.inShort).toBe('400 ErrorInvalidRequest');
    expect(refused.json.error.message).toContain('You need to be an organizer to cancel a meeting.');
    await graph.delete(`${EVENTS}/${json.id}`);
    expect(sent()).toEqual([
      'request berta@contoso.com zoe@fabrikam.com',
      'cancellation berta@contoso.com zoe@fabrikam.com',
    ]);
  });
});

describe('a body is refused', () => {
  const NO_PROPERTY =
    'Make sure to only use property names that are defined by the type or mark the type as open type.';
  test.each([
    [
      'a property that there is not',
      { subjekt: 'x' },
      'RequestBodyRead',
      `The property 'subjekt' does not exist on type 'Microsoft.OutlookServices.Event'. ${NO_PROPERTY}`,
    ],
    [
      'one of a part',
      { body: { text: 'x' } },
      'RequestBodyRead',
      /'text' does not exist on type 'Microsoft.OutlookServices.ItemBody'/,
    ],
    [
      'a wrong type',
      { isAllDay: 'yes' },
      'RequestBodyRead',
      "Cannot convert the literal 'yes' to the expected type 'Edm.Boolean'.",
    ],
    ['a number as text', { reminderMinutesBeforeStart: '15' }, 'RequestBodyRead', /Edm.Int32/],
    [
      'text where an object should be',
      { body: 'x' },
      'RequestBodyRead',
      /'PrimitiveValue' node was found .* 'StartObject'/,
    ],
    [
      'an object where a list should be',
      { attendees: {} },
      'RequestBodyRead',
      /'StartObject' node was found .* 'StartArray'/,
    ],
    ['nothing in a list', { categories: [null] }, 'RequestBodyRead', /null value/],
    [
      'a member that an enumeration has not',
      { showAs: 'away' },
      'RequestBodyRead',
      "Requested value 'away' was not found.",
    ],
    [
      'a date that is none',
      { recurrence: { range: { startDate: '14/03/2021' } } },
      'UnableToDeserializePostBody',
      /unable to deserialize/,
    ],
    [
      'an end before the start',
      { end: at('2026-12-01T08:00:00') },
      'ErrorPropertyValidationFailure',
      'At least one property failed validation.',
    ],
    ['a time that is none', { start: at('noon') }, 'ErrorPropertyValidationFailure', /./],
    ['a day that no month has', { start: at('2026-02-30T09:00:00') }, 'ErrorPropertyValidationFailure', /./],
    [
      'a zone that there is not',
      { start: at('2026-12-01T09:00:00', 'Mars') },
      'TimeZoneNotSupportedException',
      "A valid TimeZone value must be specified. The following TimeZone value is not supported: 'Mars'.",
    ],
    ['no zone', { start: { dateTime: '2026-12-01T09:00:00' } }, 'TimeZoneNotSupportedException', /''\.$/],
    [
      'somebody without an address',
      { attendees: [{ emailAddress: { name: 'Berta' } }] },
      'ErrorInvalidRecipients',
      /isn't resolved/,
    ],
    [
      'a custom property without a type',
      { singleValueExtendedProperties: [{ id: 'AppointedKey', value: 'x' }] },
      'ErrorInvalidPropertyId',
      /MapiPropertyType/,
    ],
    [
      'a custom property without a value',
      { singleValueExtendedProperties: [{ id: KEY }] },
      'ErrorPropertyValidationFailure',
      /./,
    ],
    [
      'a custom number that is none',
      { singleValueExtendedProperties: [{ id: 'Integer 0x8001', value: 'x' }] },
      'ErrorPropertyValidationFailure',
      /./,
    ],
    ['what the sandbox does not keep', { attachments: [{ name: 'a' }] }, 'ErrorInvalidRequest', /POST to \/events/],
  ])('for %s', async (_, more, code, message) => {
    const refused = await post(lesson(more));
    expect(refused.inShort).toBe(`400 ${code}`);
    expect(refused.json.error.message).toMatch(message);
    expect(sandbox.items('alfred@contoso.com')).toEqual([]);
  });

  test('if it is no JSON, or does not say that it is', async () => {
    expect((await post('{"subject": ')).inShort).toBe('400 BadRequest');
    expect((await post('[]')).inShort).toBe('400 BadRequest');
    const untyped = await graph.send('POST', EVENTS, JSON.stringify(lesson()), { 'content-type': 'text/plain' });
    expect(untyped.json.error.message).toContain('Please ensure Content-Type header is set');
    expect((await post(lesson({ subject: 'x'.repeat(4_200_000) }))).status).toBe(413);
  });

  test('and not for what only the server sets: it is passed over', async () => {
    const { json } = await post(
      lesson({ id: 'x', webLink: 'x', isCancelled: true, '@odata.type': '#microsoft.graph.event' }),
    );
    expect(json).toMatchObject({ isCancelled: false, webLink: expect.stringContaining('https://') });
  });
});

describe('a file', () => {
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
    expect((await graph.get(files)).json.value).toHaveLength(1);
    expect((await graph.get(`${files}/${attached.json.id}`)).json.contentBytes).toBe('SGVsbG8=');
    expect((await graph.delete(`${files}/${attached.json.id}`)).status).toBe(204);
    expect((await graph.get(`${files}/${attached.json.id}`)).inShort).toBe('404 ErrorItemNotFound');
    expect((await graph.post(files, { name: 'x', contentBytes: '' })).inShort).toBe('400 ErrorInvalidRequest');
    expect((await graph.post(files, { ...file, contentBytes: 'no base64' })).inShort).toBe('400 RequestBodyRead');
  });
});
