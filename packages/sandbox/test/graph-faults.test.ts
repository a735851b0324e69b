import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type FaultRule, type Sandbox, startSandbox } from '../src/index.js';
import { GraphClient, app, requestToken } from './graph-client.js';
import { ALFRED, lesson, organisation } from './graph-organisation.js';

let sandbox: Sandbox;
let graph: GraphClient;

beforeEach(async () => {
  sandbox = await startSandbox({ ...organisation, randomSeed: 7 });
  graph = new GraphClient(sandbox);
  await graph.get(ALFRED);
});

afterEach(() => sandbox.close());

const EVENTS = `${ALFRED}/events`;
const POST = 'POST /users/{id}/events';
const part = (id: string, method: string, url: string, more: object = {}) => ({ id, method, url, ...more });
const batch = (requests: unknown) => graph.post('/$batch', { requests });
const stored = () => sandbox.items('alfred@contoso.com').length;

describe('a fault', () => {
  test.each<[string, FaultRule, string, string | null, number]>([
    ['busy', { fault: 'busy', backOffMs: 1500 }, '429 TooManyRequests', '1.5', 0],
    ['busy and stored', { fault: 'busy', status: 503, stored: 'before' }, '503 TooManyRequests', null, 1],
    ['an error', { fault: 'error', code: 'ErrorInternalServerError' }, '500 ErrorInternalServerError', null, 0],
    ['its one part', { fault: 'error', code: 'ErrorItemSave', part: 1, status: 507 }, '507 ErrorItemSave', null, 0],
    ['a status', { fault: 'status', status: 504, stored: 'before' }, '504', null, 1],
    ['a status with HTML', { fault: 'status', status: 503, retryAfter: 7, body: 'html' }, '503', '7', 0],
    ['a budget', { fault: 'throttle', burst: 1, perSecond: 1, backOffMs: 2000, after: 0 }, '201', null, 1],
    ['too many', { fault: 'concurrency', limit: 1, after: 5 }, '201', null, 1],
    ['another operation', { fault: 'busy', operation: 'CreateItem' }, '201', null, 1],
    ['another account', { fault: 'busy', account: 'svc' }, '201', null, 1],
    ['another part', { fault: 'error', code: 'ErrorItemSave', part: 2 }, '201', null, 1],
  ])('%s is answered in Graph’s words', async (_, rule, inShort, retryAfter, items) => {
    sandbox.control.setFaults([{ operation: POST, ...rule }]);
    const answer = await graph.post(EVENTS, lesson());
    expect([answer.inShort, answer.headers.get('retry-after'), stored()]).toEqual([inShort, retryAfter, items]);
    expect(answer.headers.get('request-id')).toBeTruthy();
  });

  test('of a budget names the time until it is back', async () => {
    sandbox.control.setFaults([{ fault: 'throttle', burst: 1, perSecond: 0.001, per: 'mailbox', operation: POST }]);
    await graph.post(EVENTS, lesson());
    const refused = await graph.post(EVENTS, lesson());
    expect(refused.inShort).toBe('429 ApplicationThrottled');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await graph.post('/users/berta@corp.contoso.com/events', lesson())).status).toBe(201);
  });

  test.each<[string, FaultRule, number]>([
    ['reset', { fault: 'reset' }, 0],
    ['reset after storing', { fault: 'reset', stored: 'before' }, 1],
    ['cut', { fault: 'cut', at: 0.3 }, 1],
  ])('breaks the connection: %s', async (_, rule, items) => {
    sandbox.control.setFaults([{ operation: POST, ...rule }]);
    await expect(graph.post(EVENTS, lesson())).rejects.toThrow(/fetch failed|terminated/);
    expect(stored()).toBe(items);
  });

  test('can store late, when the client has got its answer', async () => {
    sandbox.control.setFaults([{ fault: 'status', status: 503, stored: 'late', lateMs: 60_000, operation: POST }]);
    expect((await graph.post(EVENTS, lesson())).status).toBe(503);
    expect(stored()).toBe(0);
    sandbox.control.settle();
    expect(stored()).toBe(1);
  });

  test('can keep invitations from going out', async () => {
    sandbox.control.setFaults([{ fault: 'invitationsFailed' }]);
    const { json } = await graph.post(
      EVENTS,
      lesson({ attendees: [{ emailAddress: { address: 'zoe@fabrikam.com' } }] }),
    );
    expect(json.isDraft).toBe(true);
    expect(sandbox.control.mails()).toEqual([]);
  });

  test('can strike the token endpoint', async () => {
    sandbox.control.setFaults([{ fault: 'status', status: 503, operation: 'POST /oauth2/v2.0/token', times: 1 }]);
    expect((await requestToken(sandbox.tokenUrl, app)).status).toBe(503);
    expect((await requestToken(sandbox.tokenUrl, app)).status).toBe(200);
  });

  test('is made only of operations that are served', () => {
    expect(() => sandbox.control.setFaults([{ fault: 'busy', operation: 'POST /users' }])).toThrow(/operation/);
  });
});

describe('requests at once', () => {
  test('are four for an application and a mailbox; the fifth is refused', async () => {
    sandbox.control.setFaults([{ fault: 'latency', ms: 3_600_000, operation: POST }]);
    const other = new GraphClient(sandbox, { clientId: 'app-2', clientSecret: 'other-secret' });
    // They end with the sandbox.
    for (let count = 0; count < 4; count += 1) graph.post(EVENTS, lesson()).catch(() => {});
    await vi.waitUntil(() => sandbox.control.report().requests.mostInFlightByAccount['app-1'] === 4, 10_000);
    const fifth = await graph.get(EVENTS);
    expect(fifth.inShort).toBe('429 ApplicationThrottled');
    expect(fifth.json.error.message).toBe('Application is over its MailboxConcurrency limit.');
    expect(fifth.headers.get('retry-after')).toBe('1');
    expect((await graph.get('/users/berta@corp.contoso.com/events')).status).toBe(200);
    expect((await other.get(EVENTS)).status).toBe(200);
  });
});

describe('a batch', () => {
  const json = { 'Content-Type': 'application/json' };

  test('has a status for each of its requests, whatever mailbox they are about', async () => {
    const { status, json: answer } = await batch([
      part('a', 'POST', EVENTS, { headers: json, body: lesson() }),
      part('b', 'GET', `/users/berta@corp.contoso.com/mailboxSettings`),
      part('c', 'GET', `${EVENTS}/nonsense`),
      part('d', 'GET', `${EVENTS}?$select=subject`, {
        dependsOn: ['a'],
        headers: { Prefer: 'outlook.timezone="UTC"' },
      }),
      part('e', 'DELETE', `${EVENTS}/nonsense`, { dependsOn: ['c'] }),
    ]);
    expect(status).toBe(200);
    const inShort = answer.responses.map((response: Record<string, never>) => [
      response['id'],
      response['status'],
      response['body']?.['error']?.['code'],
    ]);
    expect(inShort).toEqual([
      ['a', 201, undefined],
      ['b', 200, undefined],
      ['c', 400, 'ErrorInvalidIdMalformed'],
      ['d', 200, undefined],
      ['e', 424, 'FailedDependency'],
    ]);
    expect(answer.responses[3].body.value).toMatchObject([{ subject: 'Tennis lesson' }]);
    expect(answer.responses[3].headers).toEqual({
      'Content-Type': 'application/json',
      'Preference-Applied': 'outlook.timezone="UTC"',
    });
  });

  test('meets faults request by request, and is never over its own concurrency', async () => {
    sandbox.control.setFaults([
      { fault: 'busy', operation: POST, every: 3, backOffMs: 5000 },
      { fault: 'latency', operation: POST, ms: 5 },
    ]);
    const parts = Array.from({ length: 20 }, (_, index) =>
      part(String(index), 'POST', EVENTS, { headers: json, body: lesson() }),
    );
    const { responses } = (await batch(parts)).json;
    const refused = responses.filter(({ status }: { status: number }) => status === 429);
    expect(refused).toHaveLength(6);
    expect(refused[0].headers['Retry-After']).toBe('5');
    expect(stored()).toBe(14);
  });

  test('says that a request got no answer where a connection would have broken', async () => {
    sandbox.control.setFaults([{ fault: 'reset', operation: POST, stored: 'before' }]);
    const { responses } = (await batch([part('a', 'POST', EVENTS, { headers: json, body: lesson() })])).json;
    expect([responses[0].status, stored()]).toEqual([504, 1]);
  });

  test.each([
    [
      'more than twenty requests',
      Array.from({ length: 21 }, (_, id) => part(String(id), 'GET', ALFRED)),
      /maximum value of 20/,
    ],
    ['none', [], /at least one/],
    ['an id twice', [part('a', 'GET', ALFRED), part('a', 'GET', ALFRED)], /duplicate/],
    ['a request without a method', [{ id: 'a', url: ALFRED }], /id, method and url/],
    ['a request that is none', ['a'], /must be an object/],
    ['a header that is none', [part('a', 'GET', ALFRED, { headers: { x: { toString: 1 } } })], /must hold strings/],
    ['a dependency that is none', [part('a', 'GET', ALFRED, { dependsOn: [{ toString: 1 }] })], /must hold strings/],
    ['a body without a type', [part('a', 'POST', EVENTS, { body: lesson() })], /does not contain Content-Type/],
    [
      'a dependency that comes later',
      [part('a', 'GET', ALFRED, { dependsOn: ['b'] }), part('b', 'GET', ALFRED)],
      /depends on b/,
    ],
  ])('is refused for %s', async (_, requests, message) => {
    const refused = await batch(requests);
    expect(refused.inShort).toBe('400 BadRequest');
    expect(refused.json.error.message).toMatch(message);
  });
});

test('the log and the report tell of Graph’s requests as of the others', async () => {
  sandbox.control.reset();
  sandbox.control.setFaults([{ fault: 'busy', name: 'peak hours', operation: POST, times: 1 }]);
  await graph.post(EVENTS, lesson());
  await graph.post(EVENTS, lesson());
  await graph.get(`${EVENTS}/nonsense`);
  await fetch(`${sandbox.graphUrl}${EVENTS}`);
  expect(sandbox.control.report().requests).toMatchObject({
    total: 4,
    byOperation: { [POST]: 2, 'GET /users/{id}/events/{event}': 1, none: 1 },
    byStatus: { '201': 1, '400': 1, '401': 1, '429': 1 },
    byCode: { TooManyRequests: 1, ErrorInvalidIdMalformed: 1, InvalidAuthenticationToken: 1 },
    byFault: { 'peak hours': 1 },
    mostInFlightByAccount: { 'app-1': 1 },
  });
  expect(sandbox.control.requests()[0]).toMatchObject({
    operation: POST,
    mailbox: 'alfred@contoso.com',
    account: 'app-1',
    codes: ['TooManyRequests'],
    faults: ['peak hours'],
  });
});
