import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../src/index.js';
import { GraphClient, type Json } from './graph-client.js';
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

function ask(path: string, options: Record<string, string>) {
  return graph.get(`${path}?${new URLSearchParams(options).toString()}`);
}

const timeWindow = { startDateTime: '2026-12-01T00:00:00Z', endDateTime: '2027-01-01T00:00:00Z' };
const view = (startDateTime: string, endDateTime: string, more: object = {}) =>
  ask(`${ALFRED}/calendarView`, { startDateTime, endDateTime, ...more });
const rawView = (query: string) => graph.get(`${ALFRED}/calendar/calendarView?${query}`);
const subjects = (reply: { json: Json }): string[] => reply.json.value.map(({ subject }: Json) => subject);
const single = (value: string) => ({ singleValueExtendedProperties: [{ id: KEY, value }] });

/** Three lessons, on the first three days of December. */
async function threeLessons(): Promise<string[]> {
  const ids: string[] = [];
  for (const [day, subject] of [
    ['01', 'Yoga'],
    ['02', 'Tennis'],
    ['03', 'Tennis final'],
  ] as const) {
    const times = { start: at(`2026-12-${day}T09:00:00`), end: at(`2026-12-${day}T10:00:00`) };
    ids.push((await graph.post(EVENTS, lesson({ ...times, subject, ...single(day) }))).json.id as string);
  }
  return ids;
}

describe('a filter', () => {
  test.each([
    ["singleValueExtendedProperties/Any(ep: ep/id eq 'KEY' and ep/value eq '02')", ['Tennis']],
    ["singleValueExtendedProperties/any(p:p/value eq '02' and p/id eq 'KEY') and subject eq 'Yoga'", []],
    ["subject eq 'tennis'", ['Tennis']],
    ["startswith(subject,'Tennis')", ['Tennis', 'Tennis final']],
    ["start/dateTime ge '2026-12-02T08:00:00Z' and (end/dateTime lt '2026-12-03T09:00')", ['Tennis']],
    ["start/dateTime gt '2026-12-02T08:00:00' ", ['Tennis final']],
    ["start/dateTime le '2026-12-01T09:00:00+01:00'", ['Yoga']],
    ["(subject eq 'Tennis' and (isAllDay eq false))", ['Tennis']],
    ['isAllDay eq true', []],
    ["createdDateTime eq 2026-11-22T10:00:00Z and startswith(subject, 'Y')", ['Yoga']],
  ])('%s', async (filter, expected) => {
    await threeLessons();
    expect(subjects(await ask(EVENTS, { $filter: filter.replace('KEY', KEY) }))).toEqual(expected);
  });

  test.each([
    ["nonsense eq 'x'", 'RequestBroker--ParseUri', /Could not find a property named 'nonsense'/],
    ["subject eq 'x' or subject eq 'y'", 'ErrorInvalidUrlQueryFilter', /invalid nodes/],
    ["(subject eq 'x' or subject eq 'y')", 'ErrorInvalidUrlQueryFilter', /invalid nodes/],
    ["not (subject eq 'x')", 'ErrorInvalidUrlQueryFilter', /invalid nodes/],
    ["subject constructor 'x'", 'BadRequest', /Syntax error/],
    ["contains(subject,'x')", 'ErrorInvalidUrlQueryFilter', /invalid nodes/],
    ["attendees/any(a: a/type eq 'required')", 'ErrorInvalidUrlQueryFilter', /invalid nodes/],
    ["singleValueExtendedProperties/any(p: p/id eq 'String 0x37')", 'ErrorInvalidUrlQueryFilter', /invalid nodes/],
    ["bodyPreview eq 'x'", 'ErrorInvalidUrlQueryFilter', /invalid nodes/],
    ["start/dateTime ge 'noon'", 'ErrorInvalidUrlQueryFilter', /invalid nodes/],
    ['start/dateTime ge 2026-12-02T08:00:00Z', 'ErrorInvalidUrlQueryFilter', /invalid nodes/],
    ['subject', 'BadRequest', /Syntax error at position 7/],
    ["subject eq 'x", 'BadRequest', /Syntax error at position 10/],
    ["subject eq 'x' subject", 'BadRequest', /Syntax error/],
  ])('is refused rather than passed over: %s', async (filter, code, message) => {
    const refused = await ask(EVENTS, { $filter: filter });
    expect(refused.inShort).toBe(`400 ${code}`);
    expect(refused.json.error.message).toMatch(message);
  });
});

describe('a list', () => {
  test('comes in pages, with a link to the next', async () => {
    await threeLessons();
    const first = await ask(EVENTS, { $top: '2', $orderby: 'start/dateTime desc', $count: 'true', $select: 'subject' });
    expect(subjects(first)).toEqual(['Tennis final', 'Tennis']);
    expect(first.json['@odata.count']).toBe(3);
    expect(first.json['@odata.context']).toMatch(/\/events\(subject\)$/);
    const last = await graph.get(first.json['@odata.nextLink']);
    expect(subjects(last)).toEqual(['Yoga']);
    expect(last.json).not.toHaveProperty('@odata.nextLink');
  });

  test('has ten entries where nobody says how many', async () => {
    for (let day = 0; day < 11; day += 1) await graph.post(EVENTS, lesson());
    const page = await graph.get(EVENTS);
    expect(page.json.value).toHaveLength(10);
    expect(page.json['@odata.nextLink']).toBe(`${sandbox.graphUrl}${EVENTS}?$skip=10`);
  });

  test('shows what is selected, and the id', async () => {
    const [id] = await threeLessons();
    expect((await ask(`${EVENTS}/${id}`, { $select: 'subject,isAllDay' })).json).toEqual({
      '@odata.context': expect.any(String),
      '@odata.etag': expect.any(String),
      id,
      subject: 'Yoga',
      isAllDay: false,
    });
  });

  test('has custom properties that are asked for, and only those', async () => {
    await threeLessons();
    const other = 'String {5f9c1a52-8d4e-4f0b-9a3e-6c7d21b0e8f4} Name Other';
    const $expand = `singleValueExtendedProperties($filter=id eq '${other}' or id eq '${KEY}')`;
    const seen = await ask(EVENTS, { $expand, $top: '1' });
    expect(seen.json.value[0].singleValueExtendedProperties).toEqual([{ id: KEY, value: '01' }]);
    expect((await graph.get(EVENTS)).json.value[0]).not.toHaveProperty('singleValueExtendedProperties');
    expect((await ask(EVENTS, { $expand: 'singleValueExtendedProperties' })).inShort).toBe('400 ErrorInvalidRequest');
  });

  test('keeps custom properties with several values', async () => {
    const id = 'StringArray {5f9c1a52-8d4e-4f0b-9a3e-6c7d21b0e8f4} Name Colours';
    await graph.post(EVENTS, lesson({ multiValueExtendedProperties: [{ id, value: ['red', 'green'] }] }));
    const seen = await ask(EVENTS, { $expand: `multiValueExtendedProperties($filter=id eq '${id}')` });
    expect(seen.json.value[0].multiValueExtendedProperties).toEqual([{ id, value: ['red', 'green'] }]);
  });

  test.each([
    [{ $select: 'subjekt' }, 'RequestBroker--ParseUri'],
    [{ $orderby: 'subjekt' }, 'RequestBroker--ParseUri'],
    [{ $orderby: 'attendees' }, 'BadRequest'],
    [{ $orderby: 'constructor' }, 'RequestBroker--ParseUri'],
    [{ $orderby: 'subject upwards' }, 'BadRequest'],
    [{ $top: '1001' }, 'RequestBroker--ParseUri'],
    [{ $top: 'many' }, 'RequestBroker--ParseUri'],
    [{ $expand: 'instances' }, 'BadRequest'],
    [{ $expand: 'nonsense' }, 'RequestBroker--ParseUri'],
    [{ $search: 'tennis' }, 'BadRequest'],
  ])('is refused rather than another one given: %j', async (options, code) => {
    expect((await ask(EVENTS, options)).inShort).toBe(`400 ${code}`);
  });
});

describe('a series', () => {
  const weekly = {
    pattern: { type: 'weekly', interval: 1, daysOfWeek: ['tuesday'], firstDayOfWeek: 'monday' },
    range: { type: 'numbered', startDate: '2026-12-01', numberOfOccurrences: 3 },
  };
  const create = (recurrence: object = weekly) => graph.post(EVENTS, lesson({ recurrence }));

  test('is a master with occurrences, each with an id of its own', async () => {
    const { json } = await create();
    expect(json).toMatchObject({
      type: 'seriesMaster',
      recurrence: {
        pattern: { ...weekly.pattern, month: 0, dayOfMonth: 0, index: 'first' },
        range: { ...weekly.range, recurrenceTimeZone: 'W. Europe Standard Time', endDate: '0001-01-01' },
      },
    });
    const { value } = (await ask(`${EVENTS}/${json.id}/instances`, timeWindow)).json;
    expect(value.map(({ start }: Json) => start.dateTime)).toEqual([
      '2026-12-01T08:00:00.0000000',
      '2026-12-08T08:00:00.0000000',
      '2026-12-15T08:00:00.0000000',
    ]);
    expect(value[1]).toMatchObject({
      type: 'occurrence',
      seriesMasterId: json.id,
      originalStart: '2026-12-08T08:00:00Z',
      recurrence: null,
    });
    expect(new Set([json.iCalUId, ...value.map(({ iCalUId }: Json) => iCalUId)]).size).toBe(4);
    expect((await graph.get(`${EVENTS}/${value[1].id}`)).json.id).toBe(value[1].id);
  });

  test('has occurrences that differ, and others that do not take place', async () => {
    const { json } = await create();
    const { startDateTime, endDateTime } = timeWindow;
    const occurrences = () => view(startDateTime, endDateTime, { $orderby: 'start/dateTime' });
    const [first, second] = (await occurrences()).json.value;
    const moved = { start: at('2026-12-09T09:00:00'), end: at('2026-12-09T10:00:00'), subject: 'Late' };
    expect((await graph.patch(`${EVENTS}/${second.id}`, moved)).json).toMatchObject({
      type: 'exception',
      subject: 'Late',
      originalStart: '2026-12-08T08:00:00Z',
      start: { dateTime: '2026-12-09T08:00:00.0000000' },
    });
    expect((await graph.delete(`${EVENTS}/${first.id}`)).status).toBe(204);
    expect((await occurrences()).json.value.map(({ type, subject }: Json) => `${type} ${subject}`)).toEqual([
      'exception Late',
      'occurrence Tennis lesson',
    ]);
    expect((await graph.get(`${EVENTS}/${first.id}`)).inShort).toBe('404 ErrorItemNotFound');
    expect((await graph.patch(`${EVENTS}/${second.id}`, { recurrence: weekly })).status).toBe(400);
    expect((await ask(`${EVENTS}/${json.id}`, { $select: 'type,cancelledOccurrences' })).json).toMatchObject({
      type: 'seriesMaster',
      cancelledOccurrences: [`OID.${json.id}.2026-12-01`],
    });
  });

  test.each([
    { type: 'daily', interval: 2 },
    { type: 'weekly', interval: 2, daysOfWeek: ['tuesday', 'friday'], firstDayOfWeek: 'sunday' },
    { type: 'absoluteMonthly', interval: 1, dayOfMonth: 1 },
    { type: 'relativeMonthly', interval: 1, daysOfWeek: ['tuesday'], index: 'first' },
    {
      type: 'relativeMonthly',
      interval: 1,
      daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
      index: 'first',
    },
    { type: 'absoluteYearly', interval: 1, dayOfMonth: 1, month: 12 },
    { type: 'relativeYearly', interval: 1, daysOfWeek: ['tuesday'], index: 'first', month: 12 },
  ])('repeats as $type', async (pattern) => {
    const { json, status } = await create({ pattern, range: { type: 'noEnd', startDate: '2026-12-01' } });
    expect(status).toBe(201);
    expect(json.recurrence.pattern).toMatchObject(pattern);
    expect(json.recurrence.range).toMatchObject({ type: 'noEnd', startDate: '2026-12-01' });
  });

  test.each([
    ['without a range', { pattern: weekly.pattern }],
    ['without an interval', { ...weekly, pattern: { type: 'daily' } }],
    ['every no days', { ...weekly, pattern: { type: 'daily', interval: 0 } }],
    ['on no day of the week', { ...weekly, pattern: { type: 'weekly', interval: 1, daysOfWeek: [] } }],
    [
      'on some days of a month',
      { ...weekly, pattern: { type: 'relativeMonthly', interval: 1, daysOfWeek: ['monday', 'tuesday'] } },
    ],
    ['that starts on another day', { ...weekly, range: { ...weekly.range, startDate: '2026-12-02' } }],
    [
      'that ends before it starts',
      { ...weekly, range: { type: 'endDate', startDate: '2026-12-01', endDate: '2026-11-01' } },
    ],
    [
      'in the thirteenth month',
      { ...weekly, pattern: { type: 'absoluteYearly', interval: 1, dayOfMonth: 1, month: 13 } },
    ],
  ])('is refused %s', async (_, recurrence) => {
    expect((await create(recurrence)).inShort).toBe('400 ErrorPropertyValidationFailure');
    expect(sandbox.items('alfred@contoso.com')).toEqual([]);
  });

  test('repeats on the clocks of its own zone', async () => {
    const range = { type: 'numbered', startDate: '2026-10-20', numberOfOccurrences: 2 };
    const times = { start: at('2026-10-20T09:00:00'), end: at('2026-10-20T10:00:00') };
    const { json } = await graph.post(EVENTS, lesson({ ...times, recurrence: { ...weekly, range } }));
    const instances = await ask(`${EVENTS}/${json.id}/instances`, { ...timeWindow, startDateTime: '2026-10-01' });
    // Summer time ends between the two.
    expect(instances.json.value.map(({ start }: Json) => start.dateTime)).toEqual([
      '2026-10-20T07:00:00.0000000',
      '2026-10-27T08:00:00.0000000',
    ]);
  });
});

describe('the calendar', () => {
  test('shows what overlaps a time, in order', async () => {
    await threeLessons();
    expect(subjects(await view('2026-12-01T08:30:00Z', '2026-12-02T08:30:00Z'))).toEqual(['Yoga', 'Tennis']);
    expect(subjects(await view('2026-12-01T09:00:00Z', '2026-12-02T08:00:00Z'))).toEqual([]);
    expect(subjects(await view('2026-12-01T09:59:00+01:00', '2026-12-02T09:00:00+01:00'))).toEqual(['Yoga']);
  });

  test('wants a time window that is one', async () => {
    expect((await rawView('startDateTime=2026-12-01T00:00:00Z')).json.error).toMatchObject({
      code: 'ErrorInvalidParameter',
      message:
        'This request requires a time window specified by the query string parameters StartDateTime and EndDateTime.',
    });
    // An unescaped plus sign is a space, and the offset is lost.
    const unescaped = await rawView('startDateTime=2026-12-01T00:00:00+01:00&endDateTime=2026-12-02');
    expect(unescaped.json.error.message).toBe(
      "The value '2026-12-01T00:00:00 01:00' of parameter 'StartDateTime' is invalid.",
    );
    expect((await rawView('startDateTime=2026-12-02&endDateTime=2026-12-01')).inShort).toBe(
      '400 ErrorInvalidParameter',
    );
    expect((await rawView('startDateTime=2020-01-01&endDateTime=2026-12-01')).inShort).toBe('400 ErrorInvalidRequest');
  });

  test('is one of several, each with its own events', async () => {
    sandbox.control.createFolder('alfred@contoso.com', 'Club');
    const calendars = (await graph.get(`${ALFRED}/calendars`)).json.value;
    expect(calendars.map(({ name }: Json) => name)).toEqual(['Calendar', 'Club']);
    const first = (await graph.get(`${ALFRED}/calendars?$select=name&$top=1`)).json;
    expect(first.value).toEqual([{ id: calendars[0].id, name: 'Calendar' }]);
    expect((await graph.get(first['@odata.nextLink'])).json.value).toEqual([{ id: calendars[1].id, name: 'Club' }]);
    expect((await graph.get(`${ALFRED}/calendars?$select=nonsense`)).inShort).toBe('400 RequestBroker--ParseUri');
    expect((await graph.get(`${ALFRED}/calendar`)).json).toMatchObject({
      ...calendars[0],
      isDefaultCalendar: true,
      owner: { name: 'Alfred', address: 'alfred@contoso.com' },
    });
    const club = `${ALFRED}/calendars/${calendars[1].id}`;
    expect((await graph.get(club)).json.name).toBe('Club');
    await graph.post(`${club}/events`, lesson({ subject: 'Match' }));
    await graph.post(`${ALFRED}/calendar/events`, lesson());
    expect(subjects(await graph.get(`${club}/events`))).toEqual(['Match']);
    expect(subjects(await graph.get(EVENTS))).toEqual(['Tennis lesson']);
    expect((await graph.get(`${ALFRED}/calendars/nonsense/events`)).inShort).toBe('400 ErrorInvalidIdMalformed');
  });
});
