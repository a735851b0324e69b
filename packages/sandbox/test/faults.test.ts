import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type FaultRule, type Sandbox, startSandbox } from '../src/index.js';
import { contoso } from '../src/vitest.js';
import { type Seen, create, createRequest, folderRequest, inShort, send } from './raw-client.js';
import { schemaViolations } from './schemas.js';

const ALFRED = 'alfred@contoso.com';
let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox(contoso);
});

afterEach(() => sandbox.close());

const stored = () => sandbox.items(ALFRED).length;

async function createUnder(rule: FaultRule): Promise<Seen> {
  sandbox.control.setFaults([rule]);
  return create(sandbox);
}

describe('what the client sees, and what is stored', () => {
  test.for<[name: string, rule: FaultRule, seen: string, items: number]>([
    ['busy as a SOAP fault', { fault: 'busy', backOffMs: 1500 }, '500 ErrorServerBusy', 0],
    ['busy in a response message', { fault: 'busy', as: 'message' }, '200 ErrorServerBusy', 0],
    ['busy inside an internal error', { fault: 'busy', as: 'inner' }, '200 ErrorInternalServerError', 0],
    ['busy as a SOAP fault with HTTP 200', { fault: 'busy', status: 200 }, '200 ErrorServerBusy', 0],
    ['429', { fault: 'status', status: 429, retryAfter: 2 }, '429', 0],
    ['503', { fault: 'status', status: 503, body: 'html' }, '503', 0],
    ['503 after it is stored', { fault: 'status', status: 503, stored: 'before' }, '503', 1],
    ['403', { fault: 'status', status: 403, body: 'text' }, '403', 0],
    ['500 with nothing in it', { fault: 'status', status: 500 }, '500', 0],
    ['a reset before it is stored', { fault: 'reset' }, 'reset', 0],
    ['a reset after it is stored', { fault: 'reset', stored: 'before' }, 'reset', 1],
    ['an answer cut in the middle', { fault: 'cut' }, 'reset', 1],
    ['an error before it is stored', { fault: 'error', code: 'ErrorItemSave' }, '200 ErrorItemSave', 0],
    [
      'an error after it is stored',
      { fault: 'error', code: 'ErrorInternalServerError', as: 'fault', stored: 'before' },
      '500 ErrorInternalServerError',
      1,
    ],
  ])('%s', async ([, rule, seen, items]) => {
    expect(inShort(await createUnder(rule))).toBe(seen);
    expect(stored()).toBe(items);
  });

  test('busy says how long to stay away', async () => {
    for (const as of ['fault', 'message', 'inner'] as const) {
      const seen = await createUnder({ fault: 'busy', backOffMs: 1500, as });
      expect(seen).toMatchObject({ body: expect.stringContaining('Name="BackOffMilliseconds">1500<') });
    }
  });

  test('a status brings Retry-After and a body of the kind that was asked for', async () => {
    expect(await createUnder({ fault: 'status', status: 503, retryAfter: 1.5, body: 'html' })).toMatchObject({
      headers: { 'retry-after': '1.5', 'content-type': 'text/html; charset=utf-8' },
      body: expect.stringMatching(/^<!DOCTYPE html>/),
    });
    expect(await createUnder({ fault: 'status', status: 500, body: 'truncatedSoap' })).toMatchObject({
      headers: { 'content-type': 'text/xml; charset=utf-8' },
      body: expect.stringMatching(/^<\?xml[^]*(?<!Envelope>)$/),
    });
  });

  test('401 after n requests', async () => {
    sandbox.control.setFaults([{ fault: 'status', status: 401, after: 2 }]);
    const seen = [await create(sandbox), await create(sandbox), await create(sandbox)];
    expect(seen.map(inShort)).toEqual(['200 NoError', '200 NoError', '401']);
    expect(seen[2]).toMatchObject({ headers: { 'www-authenticate': 'Basic realm="Exchange"' } });
  });

  test('a request whose client has gone is stored late', async () => {
    expect(inShort(await createUnder({ fault: 'reset', stored: 'late', lateMs: 50 }))).toBe('reset');
    expect([stored(), sandbox.control.report().lateStores]).toEqual([0, 1]);
    await vi.waitFor(() => expect(stored()).toBe(1));
    expect(sandbox.control.report().lateStores).toBe(0);
  });

  test('late stores can be brought about at once', async () => {
    await createUnder({ fault: 'status', status: 504, stored: 'late', lateMs: 3_600_000 });
    sandbox.control.settle();
    expect([stored(), sandbox.control.report().lateStores]).toEqual([1, 0]);
  });

  test('silence lasts until the client gives up, whether or not something was stored', async () => {
    sandbox.control.setFaults([{ fault: 'silence', stored: 'before' }]);
    expect(inShort(await create(sandbox, ALFRED, 200))).toBe('timeout');
    expect(stored()).toBe(1);
    await vi.waitFor(() => expect(sandbox.control.requests().map(({ ending }) => ending)).toEqual(['silence']));
  });

  test('a client that gives up on a slow server is served nevertheless', async () => {
    sandbox.control.setFaults([{ fault: 'latency', ms: 500 }]);
    expect(inShort(await create(sandbox, ALFRED, 200))).toBe('timeout');
    expect(stored()).toBe(0);
    await vi.waitFor(() => expect(stored()).toBe(1));
    await vi.waitFor(() => expect(sandbox.control.requests()).toMatchObject([{ ending: 'gone', faults: ['latency'] }]));
  });

  test('a meeting is saved and its invitations fail, silently or with an error', async () => {
    sandbox.control.setFaults([
      { fault: 'invitationsFailed', times: 1 },
      { fault: 'invitationsFailed', code: 'ErrorSubmissionQuotaExceeded', times: 1 },
    ]);
    const request = createRequest(ALFRED, ['Review'], 'SendToAllAndSaveCopy');
    const seen = [await send(sandbox, request), await send(sandbox, request), await send(sandbox, request)];
    expect(seen.map(inShort)).toEqual(['200 NoError', '200 ErrorSubmissionQuotaExceeded', '200 NoError']);
    expect(sandbox.items(ALFRED).map(({ invitationsSent }) => invitationsSent)).toEqual([false, false, true]);
    expect(sandbox.control.mails()).toHaveLength(1);
  });

  test('a batch gets an answer for each of its parts, and stops at what would fail the rest', async () => {
    const batch = createRequest(ALFRED, ['One', 'Two', 'Three']);
    sandbox.control.setFaults([
      { fault: 'error', code: 'ErrorItemSave', times: 1 },
      { fault: 'busy', as: 'message' },
    ]);
    expect(inShort(await send(sandbox, batch))).toBe('200 ErrorItemSave ErrorItemSave ErrorItemSave');
    const stopped = 'ErrorBatchProcessingStopped';
    expect(inShort(await send(sandbox, batch))).toBe(`200 ErrorServerBusy ${stopped} ${stopped}`);
  });

  test('one part of a batch fails, its neighbours are stored', async () => {
    const batch = createRequest(ALFRED, ['One', 'Two', 'Three']);
    const subjects = () => sandbox.items(ALFRED).map(({ subject }) => subject);
    sandbox.control.setFaults([
      { fault: 'error', code: 'ErrorItemSave', part: 2, times: 1 },
      { fault: 'error', code: 'ErrorServerBusy', part: 2, times: 1 },
      { fault: 'error', code: 'ErrorInternalServerError', part: 3, stored: 'late', lateMs: 3_600_000, times: 1 },
      { fault: 'error', code: 'ErrorInternalServerError', part: 4 },
    ]);
    expect(inShort(await send(sandbox, batch))).toBe('200 NoError ErrorItemSave NoError');
    expect(subjects()).toEqual(['One', 'Three']);
    expect(inShort(await send(sandbox, batch))).toBe('200 NoError ErrorServerBusy ErrorBatchProcessingStopped');
    expect(subjects()).toEqual(['One', 'Three', 'One']);
    expect(inShort(await send(sandbox, batch))).toBe('200 NoError NoError ErrorInternalServerError');
    expect(subjects()).toEqual(['One', 'Three', 'One', 'One', 'Two']);
    sandbox.control.settle();
    expect(subjects()).toEqual(['One', 'Three', 'One', 'One', 'Two', 'Three']);
    expect(inShort(await send(sandbox, batch))).toBe('200 NoError NoError NoError');
  });

  test('answers that faults make keep the schemas', async () => {
    const answers: string[] = [];
    for (const rule of [
      { fault: 'busy', backOffMs: 5 },
      { fault: 'busy', backOffMs: 5, as: 'message' },
      { fault: 'busy', as: 'inner' },
      { fault: 'error', code: 'ErrorServerBusy', part: 1 },
    ] as const) {
      for (const request of [createRequest(ALFRED, ['One', 'Two']), folderRequest(ALFRED)]) {
        sandbox.control.setFaults([rule]);
        const seen = await send(sandbox, request);
        if ('body' in seen) answers.push(seen.body);
      }
    }
    expect(schemaViolations(answers)).toBe('');
    expect(answers).toHaveLength(8);
  });
});

describe('which requests', () => {
  test('of an operation', async () => {
    sandbox.control.setFaults([{ fault: 'busy', operation: ['CreateItem', 'UpdateItem'] }]);
    expect(inShort(await create(sandbox))).toBe('500 ErrorServerBusy');
    expect(inShort(await send(sandbox, folderRequest(ALFRED)))).toBe('200 NoError');
  });

  test('about mailboxes of a pattern, by the primary address', async () => {
    sandbox.control.setFaults([{ fault: 'busy', mailbox: ['*@CONTOSO.com', '!berta@*'] }]);
    expect(inShort(await create(sandbox))).toBe('500 ErrorServerBusy');
    expect(inShort(await create(sandbox, 'berta@contoso.com'))).toBe('200 NoError');
  });

  test('of a service account', async () => {
    sandbox.control.createServiceAccount({ user: 'other', password: 'o', impersonates: ['*'] });
    sandbox.control.setFaults([{ fault: 'busy', account: 'svc' }]);
    expect(inShort(await create(sandbox))).toBe('500 ErrorServerBusy');
    const other = { account: 'other', password: 'o' };
    expect(inShort(await send(sandbox, folderRequest(ALFRED), other))).toBe('200 NoError');
  });

  test.for<[name: string, rule: Partial<FaultRule>, struck: string]>([
    ['the first n', { first: 2 }, 'xx....'],
    ['all but the first n', { after: 4 }, '....xx'],
    ['every nth', { every: 3 }, '..x..x'],
    ['n of them', { times: 1, every: 2 }, '.x....'],
    ['the first n after others', { after: 1, first: 2 }, '.xx...'],
    ['none', { probability: 0 }, '......'],
    ['all', { probability: 1 }, 'xxxxxx'],
  ])('%s', async ([, rule, struck]) => {
    sandbox.control.setFaults([{ fault: 'busy', ...rule } as FaultRule]);
    let seen = '';
    for (let request = 0; request < 6; request += 1) {
      seen += inShort(await create(sandbox)) === '200 NoError' ? '.' : 'x';
    }
    expect(seen).toBe(struck);
  });

  test('counted for each mailbox by itself', async () => {
    sandbox.control.setFaults([{ fault: 'reset', stored: 'before', first: 1, per: 'mailbox' }]);
    const seen: string[] = [];
    for (const mailbox of [ALFRED, 'berta@contoso.com', ALFRED]) seen.push(inShort(await create(sandbox, mailbox)));
    expect(seen).toEqual(['reset', 'reset', '200 NoError']);
  });

  test('rules are tried in order, the first that strikes decides, delays let others follow', async () => {
    sandbox.control.setFaults([
      { fault: 'latency', ms: 1 },
      { fault: 'busy', first: 1, name: 'warming up' },
      { fault: 'reset', times: 1 },
    ]);
    const seen = [await create(sandbox), await create(sandbox), await create(sandbox)];
    expect(seen.map(inShort)).toEqual(['500 ErrorServerBusy', 'reset', '200 NoError']);
    expect(sandbox.control.report().requests.byFault).toEqual({ latency: 3, 'warming up': 1, reset: 1 });
  });
});

describe('chance', () => {
  const chancy: readonly FaultRule[] = [{ fault: 'busy', probability: 0.5 }];
  const mailboxes = [ALFRED, 'berta@contoso.com', 'room1@contoso.com'];

  async function faultsOf(randomSeed: number, order: readonly string[]): Promise<Record<string, string>> {
    await using sandbox = await startSandbox({ ...contoso, faults: chancy, randomSeed });
    const seen: Record<string, string> = {};
    for (let round = 0; round < 8; round += 1) {
      for (const mailbox of order) {
        const mark = inShort(await create(sandbox, mailbox)) === '200 NoError' ? '.' : 'x';
        seen[mailbox] = (seen[mailbox] ?? '') + mark;
      }
    }
    return seen;
  }

  test('the same seed makes the same faults, whichever mailbox comes first', async () => {
    const once = await faultsOf(1, mailboxes);
    expect(await faultsOf(1, mailboxes.toReversed())).toEqual(once);
    expect(await faultsOf(2, mailboxes)).not.toEqual(once);
    expect(Object.values(once).join('')).toMatch(/x.*\.|\..*x/);
  });

  test('a seed that was drawn is reported', async () => {
    expect(sandbox.control.report().randomSeed).toBe(sandbox.randomSeed);
    await expect(startSandbox({ randomSeed: 1.5 })).rejects.toThrow('randomSeed: must be a whole number');
  });
});

describe('limits', () => {
  test('more requests at once than EWSMaxConcurrency are refused', async () => {
    sandbox.control.setFaults([
      { fault: 'concurrency', limit: 2 },
      { fault: 'latency', ms: 400 },
    ]);
    const seen = await Promise.all(Array.from({ length: 5 }, () => create(sandbox)));
    const counts = seen.map(inShort).sort();
    expect(counts).toEqual([
      '200 NoError',
      '200 NoError',
      '500 ErrorExceededConnectionCount',
      '500 ErrorExceededConnectionCount',
      '500 ErrorExceededConnectionCount',
    ]);
    expect(sandbox.control.report().requests.mostInFlight).toBeGreaterThan(2);
    expect(sandbox.control.report().requests.mostInFlightByAccount['svc']).toBeGreaterThan(2);
    expect(sandbox.control.report().requests.inFlight).toBe(0);
  });

  test('a server with few workers lets the others wait', async () => {
    sandbox.control.setFaults([
      { fault: 'queue', workers: 2 },
      { fault: 'latency', ms: 100 },
    ]);
    const seen = await Promise.all(Array.from({ length: 4 }, () => create(sandbox)));
    expect(seen.map(inShort)).toEqual(Array.from({ length: 4 }, () => '200 NoError'));
    const durations = sandbox.control.requests().map(({ durationMs }) => durationMs);
    expect(Math.max(...durations)).toBeGreaterThan(150);
    expect(Math.min(...durations)).toBeGreaterThan(98);
  });

  test('throttling first delays and then refuses, each mailbox by itself', async () => {
    sandbox.control.setFaults([{ fault: 'throttle', per: 'mailbox', burst: 1, perSecond: 2, maxDelayMs: 600 }]);
    const seen = await Promise.all([create(sandbox), create(sandbox), create(sandbox), create(sandbox)]);
    const answers = seen.map(inShort).sort();
    expect(answers).toEqual(['200 NoError', '200 NoError', '500 ErrorServerBusy', '500 ErrorServerBusy']);
    expect(inShort(await create(sandbox, 'berta@contoso.com'))).toBe('200 NoError');
    const log = sandbox.control.requests();
    expect(log.filter(({ faults }) => faults.length > 0)).toHaveLength(3);
    expect(Math.max(...log.map(({ durationMs }) => durationMs))).toBeGreaterThan(100);
    const refused = seen.find((one) => inShort(one) === '500 ErrorServerBusy');
    expect(refused).toMatchObject({ body: expect.stringMatching(/"BackOffMilliseconds">\d+</) });
  });

  test.for<[name: string, rule: FaultRule]>([
    ['fixed', { fault: 'latency', ms: 30 }],
    ['uniform', { fault: 'latency', ms: { min: 30, max: 40 } }],
    ['normal', { fault: 'latency', ms: { mean: 40, deviation: 0.1 } }],
    ['lognormal', { fault: 'latency', ms: { median: 40, sigma: 0.001 } }],
  ])('latency can be %s', async ([, rule]) => {
    expect(inShort(await createUnder(rule))).toBe('200 NoError');
    // A timer may fire a millisecond early.
    expect(sandbox.control.requests()[0]?.durationMs).toBeGreaterThan(28);
  });

  test('an answer can be late although the item is there', async () => {
    sandbox.control.setFaults([{ fault: 'latency', ms: 300, stored: 'before' }]);
    const answer = create(sandbox);
    await vi.waitFor(() => expect(stored()).toBe(1));
    expect(sandbox.control.requests()).toEqual([]);
    expect(inShort(await answer)).toBe('200 NoError');
  });
});

describe('the end', () => {
  test('closing drops what was put off, and keeps nothing alive', async () => {
    sandbox.control.setFaults([
      { fault: 'reset', stored: 'late', lateMs: 3_600_000, times: 1 },
      { fault: 'latency', ms: 3_600_000 },
    ]);
    await create(sandbox);
    const waiting = create(sandbox);
    await vi.waitFor(() => expect(sandbox.control.report().requests.inFlight).toBe(1));
    const before = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    await sandbox.close();
    expect(inShort(await waiting)).toBe('reset');
    expect(sandbox.control.report().lateStores).toBe(0);
    expect(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length).toBeLessThan(before);
    sandbox.control.settle();
    expect(stored()).toBe(0);
  });
});
