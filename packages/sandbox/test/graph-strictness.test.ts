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
      'an end of a series on a day that no month has',
      {
        recurrence: {
          pattern: { type: 'daily', interval: 1 },
          range: { type: 'endDate', startDate: '2026-12-01', endDate: '2027-02-30' },
        },
      },
      'UnableToDeserializePostBody',
      /unable to deserialize/,
    ],
    ['a reminder that comes too late', { reminderMinutesBeforeStart: -5 }, 'ErrorPropertyValidationFailure', /./],
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
    ['an offset for a zone', { start: at('2026-12-01T09:00:00', '+01:00') }, 'TimeZoneNotSupportedException', /./],
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
    [
      'a custom number that is too big',
      { singleValueExtendedProperties: [{ id: 'Integer 0x8001', value: '2147483648' }] },
      'ErrorPropertyValidationFailure',
      /./,
    ],
    [
      'what the sandbox does not keep',
      { extensions: [{ extensionName: 'a' }] },
      'ErrorInvalidRequest',
      /no extensions/,
    ],
    ['a file without a content', { attachments: [{ name: 'a' }] }, 'ErrorPropertyValidationFailure', /./],
    ['a file that does not say that it is one', { attachments: [{ contentBytes: '' }] }, 'RequestBodyRead', /contentB/],
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

  test.each(['/$batch', EVENTS])('if it is nested without end, by %s', async (path) => {
    const nested = `${'{"instances":['.repeat(20_000)}${']}'.repeat(20_000)}`;
    const request = `{"id":"1","method":"POST","url":"${EVENTS}","headers":{"Content-Type":"application/json"},"body":${nested}}`;
    expect((await graph.post(path, path === EVENTS ? nested : `{"requests":[${request}]}`)).inShort).toBe(
      '400 BadRequest',
    );
  });

  test('and not for what only the server sets: it is passed over', async () => {
    const { json } = await post(
      lesson({ id: 'x', webLink: 'x', isCancelled: true, '@odata.type': '#microsoft.graph.event' }),
    );
    expect(json).toMatchObject({ isCancelled: false, webLink: expect.stringContaining('https://') });
  });
});
