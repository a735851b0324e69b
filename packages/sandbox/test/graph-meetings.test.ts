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
const post = (body: unknown) => graph.post(EVENTS, body);
const attendee = (address: string, more: object = {}) => ({ emailAddress: { address }, ...more });

const sent = () => sandbox.control.mails().map(({ kind, to }) => `${kind} ${to.join(' ')}`);

describe('a meeting', () => {
  const both = [attendee('berta@contoso.com'), attendee('zoe@fabrikam.com', { type: 'Optional' })];

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

  test('is called off for the last who is invited no more', async () => {
    const { json } = await post(lesson({ attendees: both }));
    await graph.patch(`${EVENTS}/${json.id}`, { attendees: [] });
    expect(sent()[1]).toBe('cancellation berta@contoso.com zoe@fabrikam.com');
  });

  test('of a series keeps to its organizer what one occurrence has of the organizer’s own', async () => {
    const pattern = { type: 'daily', interval: 1 };
    const range = { type: 'numbered', startDate: '2026-12-01', numberOfOccurrences: 2 };
    const { json } = await post(lesson({ recurrence: { pattern, range }, attendees: [attendee('berta@contoso.com')] }));
    const days = 'startDateTime=2026-12-01&endDateTime=2026-12-03';
    const [first] = (await graph.get(`${EVENTS}/${json.id}/instances?${days}`)).json.value;
    const secret = { singleValueExtendedProperties: [{ id: KEY, value: 'k1' }], categories: ['Mine'], showAs: 'oof' };
    await graph.patch(`${EVENTS}/${first.id}`, secret);
    await graph.patch(`${EVENTS}/${json.id}`, { subject: 'Yoga' });
    await sandbox.control.quiet();
    const expand = encodeURIComponent(`singleValueExtendedProperties($filter=id eq '${KEY}')`);
    const seen = await graph.get(`/users/berta@corp.contoso.com/calendarView?${days}&$expand=${expand}`);
    expect(seen.json.value).toMatchObject([
      { subject: 'Yoga', categories: [], showAs: 'tentative' },
      { subject: 'Yoga' },
    ]);
    expect(JSON.stringify(seen.json)).not.toContain('k1');
  });

  test('of a series is left in every occurrence by who is taken out, and joined by who is new', async () => {
    const recurrence = {
      pattern: { type: 'daily', interval: 1 },
      range: { type: 'numbered', startDate: '2026-12-01', numberOfOccurrences: 2 },
    };
    const { json } = await post(lesson({ recurrence, attendees: [attendee('room1@contoso.com')] }));
    await sandbox.control.quiet();
    const days = 'startDateTime=2026-12-01&endDateTime=2026-12-03';
    const [first] = (await graph.get(`${EVENTS}/${json.id}/instances?${days}`)).json.value;
    await graph.patch(`${EVENTS}/${first.id}`, { end: at('2026-12-01T11:00:00') });
    // The room has answered for that one, which makes the people of it its own.
    await sandbox.control.quiet();
    await graph.patch(`${EVENTS}/${json.id}`, { attendees: both });
    const { value } = (await graph.get(`${EVENTS}/${json.id}/instances?${days}`)).json;
    const people = value.map((event: Json) => event.attendees.map((each: Json) => each.emailAddress.address));
    expect(people).toEqual([
      ['berta@contoso.com', 'zoe@fabrikam.com'],
      ['berta@contoso.com', 'zoe@fabrikam.com'],
    ]);
  });

  test('is what an appointment becomes when somebody is invited', async () => {
    const { json } = await post(lesson());
    const changed = await graph.patch(`${EVENTS}/${json.id}`, { attendees: both });
    expect([changed.json.isDraft, sent()]).toEqual([false, ['request berta@contoso.com zoe@fabrikam.com']]);
  });

  test('is answered by a room, which Graph shows', async () => {
    const { json } = await post(lesson({ attendees: [attendee('room1@contoso.com', { type: 'resource' })] }));
    await sandbox.control.quiet();
    const { attendees } = (await graph.get(`${EVENTS}/${json.id}`)).json;
    expect(attendees).toMatchObject([{ type: 'resource', status: { response: 'accepted' } }]);
  });

  test('keeps the answers of those who stay invited', async () => {
    const { json } = await post(lesson({ attendees: both }));
    sandbox.control.answer(sandbox.items('alfred@contoso.com')[0]!, 'berta@contoso.com', 'Accept');
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
