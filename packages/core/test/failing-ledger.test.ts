import { AppointedError, createRunner, memoryLedger, type RunLedger, type RunReport } from '@appointed/core';
import { type FakeTransport, fakeTransport } from '@appointed/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addresses, lesson } from './lesson.js';
import { passTime, stopTime } from './passing-time.js';
import { rowsOf } from './rows-of.js';
import { deferred } from './scripted-outcomes.js';

beforeEach(stopTime);
afterEach(() => {
  vi.useRealTimers();
});

const ID = 'spring';
type Method = 'mark' | 'claim' | 'enrol' | 'amend' | 'rows' | 'open' | 'hold' | 'reopen';

/** A ledger of which one method fails, from its nth call on, until it is mended. */
function failing(method: Method, from: number, error: unknown): { readonly ledger: RunLedger; mend(): void } {
  let calls = 0;
  let isMended = false;
  const ledger = new Proxy(memoryLedger(), {
    get(target, name: keyof RunLedger) {
      const value: unknown = target[name];
      if (typeof value !== 'function') return value;
      return (...given: readonly unknown[]): unknown => {
        if (name === method && !isMended && (calls += 1) >= from) return refuse(name, error);
        return Reflect.apply(value, target, given);
      };
    },
  });
  return { ledger, mend: () => void (isMended = true) };
}

function refuse(name: string, error: unknown): unknown {
  if (name !== 'rows') return Promise.reject(error);
  // oxlint-disable-next-line require-yield -- fails before its first row
  return (async function* () {
    await Promise.reject(error);
  })();
}

async function run(ledger: RunLedger, transport: FakeTransport, signal?: AbortSignal): Promise<RunReport> {
  const runner = await createRunner({ transport, ledger, maxInFlight: 2 });
  const options = { id: ID, lookup: 'never', mailboxes: addresses(20), factory: lesson } as const;
  return passTime(runner.run({ ...options, ...(signal === undefined ? {} : { signal }) }));
}

const full = new AppointedError('ledger_failed', 'no space left on device');

describe('a ledger that fails', () => {
  it.each<readonly [Method, number]>([
    ['mark', 1],
    ['mark', 7],
    ['claim', 1],
    ['claim', 4],
    ['enrol', 1],
    ['enrol', 3],
    ['amend', 1],
  ])('at %s, call %i, stops the run; the report says why', async (method, from) => {
    const { ledger } = failing(method, from, full);
    const transport = fakeTransport();
    const report = await run(ledger, transport);
    expect(report.stopped).toBe(full);
    expect(report.counts.done).toBeLessThanOrEqual(transport.saves.length);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each<readonly [Method, number]>([
    ['mark', 7],
    ['claim', 4],
    ['enrol', 3],
  ])('at %s, call %i, and is mended, continues the run, and books nobody twice', async (method, from) => {
    const { ledger, mend } = failing(method, from, full);
    const transport = fakeTransport();
    await run(ledger, transport);
    mend();
    const report = await run(ledger, transport);
    expect(report).not.toHaveProperty('stopped');
    expect([...addresses(20)].map((address) => transport.stored(address).length)).toEqual(Array(20).fill(1));
    expect((await rowsOf(ledger, ID)).map(({ state }) => state)).toEqual(Array(20).fill('done'));
  });

  it.each<Method>(['open', 'hold', 'reopen'])(
    'at %s refuses the run before anything is read or sent',
    async (method) => {
      const { ledger, mend } = failing(method, 1, full);
      if (method === 'reopen') await run(ledger, fakeTransport());
      const transport = fakeTransport();
      await expect(run(ledger, transport)).rejects.toBe(full);
      expect(transport.saves).toEqual([]);
      mend();
      await run(ledger, transport);
    },
  );

  it('lets the list of mailboxes go', async () => {
    let isReleased = false;
    function* list(): Generator<string> {
      try {
        yield* addresses(100);
      } finally {
        isReleased = true;
      }
    }
    const runner = await createRunner({ transport: fakeTransport(), ledger: failing('enrol', 2, full).ledger });
    await passTime(runner.run({ mailboxes: list(), factory: lesson }));
    expect(isReleased).toBe(true);
  });

  it('does not wait for a factory that never answers', async () => {
    const { ledger } = failing('mark', 1, full);
    const runner = await createRunner({ transport: fakeTransport(), ledger, maxInFlight: 2 });
    const never = new Promise<never>(() => undefined);
    const factory = {
      getAppointment: (context: Parameters<typeof lesson.getAppointment>[0]) =>
        context.mailbox.id === 'person-2@contoso.com' ? never : lesson.getAppointment(context),
    };
    const report = await passTime(runner.run({ mailboxes: addresses(4), factory }));
    expect(report.stopped).toBe(full);
  });

  it('with an error that is not ours is a defect that the report names', async () => {
    const oops = new TypeError('oops');
    const report = await run(failing('mark', 3, oops).ledger, fakeTransport());
    expect(report.stopped).toMatchObject({ code: 'ledger_failed', cause: oops });
    expect(report.stopped?.message).toContain('oops');
  });

  it('cannot take the report away when what rests cannot be read', async () => {
    const abort = new AbortController();
    const transport = fakeTransport({ script: [deferred] });
    const runner = await createRunner({ transport, ledger: failing('rows', 1, full).ledger, maxInFlight: 1 });
    runner.on('placementSaved', () => abort.abort());
    const report = await passTime(runner.run({ mailboxes: addresses(9), factory: lesson, signal: abort.signal }));
    expect(report).toMatchObject({ stopped: { code: 'aborted' }, counts: { done: 1 } });
  });
});

describe('a hold', () => {
  it('that is lost stops the run, and what is under way ends', async () => {
    const inner = memoryLedger();
    const lostHold = new AbortController();
    const reason = new AppointedError('run_held', 'pid 4711 has taken over');
    const ledger = new Proxy(inner, {
      get(target, name: keyof RunLedger) {
        const value: unknown = target[name];
        if (name === 'hold') {
          return async (...given: Parameters<RunLedger['hold']>) => ({
            ...(await target.hold(...given)),
            lost: lostHold.signal,
          });
        }
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const runner = await createRunner({ transport: fakeTransport(), ledger, maxInFlight: 1 });
    runner.on('placementSaved', ({ row }) => (row === 3 ? lostHold.abort(reason) : undefined));
    const report = await passTime(runner.run({ mailboxes: addresses(20), factory: lesson }));
    expect(report).toMatchObject({ stopped: reason, counts: { done: 3 } });
  });
});

describe('a claim', () => {
  it('whose lease is nearly over is not sent, but claimed anew', async () => {
    const transport = fakeTransport();
    const asked: number[] = [];
    const began = Date.now();
    const factory = {
      getAppointment(context: Parameters<typeof lesson.getAppointment>[0]) {
        asked.push(Date.now() - began);
        // The process stalls: longer than a claim may wait.
        if (asked.length === 1) vi.setSystemTime(Date.now() + 61_000);
        return lesson.getAppointment(context);
      },
    };
    const ledger = memoryLedger();
    const runner = await createRunner({ transport, ledger });
    const report = await passTime(runner.run({ mailboxes: addresses(1), factory }));
    expect(report.counts).toMatchObject({ done: 1, deferred: 0 });
    expect(transport.saves).toHaveLength(1);
    expect(asked).toEqual([0, expect.any(Number)]);
    expect(asked[1]).toBeGreaterThan(61_000);
    expect(await rowsOf(ledger, report.runId)).toMatchObject([{ state: 'done', attempts: 2 }]);
  });

  it('that another has taken over meanwhile is theirs: nothing is counted or told', async () => {
    const ledger = memoryLedger();
    const transport = fakeTransport();
    const other = { id: 'other', name: 'another process' };
    const runner = await createRunner({ transport, ledger });
    const factory = {
      async getAppointment(context: Parameters<typeof lesson.getAppointment>[0]) {
        vi.setSystemTime(Date.now() + 600_000);
        await ledger.claim(context.runId, other, 10, 1_000_000);
        return lesson.getAppointment(context);
      },
    };
    let told = 0;
    runner.on('placementSaved', () => (told += 1)).on('placementDeferred', () => (told += 1));
    const abort = new AbortController();
    const ending = runner.run({ id: ID, lookup: 'never', mailboxes: addresses(1), factory, signal: abort.signal });
    runner.on('placementStarted', () => setTimeout(() => abort.abort(), 1000));
    const report = await passTime(ending);
    expect([told, transport.saves.length]).toEqual([0, 0]);
    expect(report.stopped).toMatchObject({ code: 'aborted' });
    expect(report.counts).toMatchObject({ done: 0, rejected: 0, deferred: 0, unknown: 0 });
    expect(await rowsOf(ledger, ID)).toMatchObject([{ state: 'claimed' }]);
  });
});
