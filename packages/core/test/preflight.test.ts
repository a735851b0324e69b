import { AppointedError, createRunner, type IAppointmentFactory, memoryLedger } from '@appointed/core';
import { type FakeAnswer, type FakeCall, fakeTransport } from '@appointed/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addresses, LESSON, lesson, lessonWith } from './lesson.js';
import { passTime, stopTime } from './passing-time.js';
import { inShort, preflight } from './preflighting.js';
import { runsIn } from './runs-in.js';
import { deferred, rejected, unseen } from './scripted-outcomes.js';

type Script = (call: FakeCall) => FakeAnswer | undefined;

const ANNA = 'anna@contoso.com';
const BERT = 'bert@contoso.com';

describe('a preflight', () => {
  it('finds nothing where all is as it should be, and counts', async () => {
    const { plan } = await preflight({ id: 'spring', mailboxes: addresses(3), factories: { a: lesson, b: lesson } });
    expect(plan).toMatchObject({
      runId: 'spring',
      transport: 'fake',
      counts: { rows: 3, mailboxes: 3, placements: 6, meetings: 0, invitations: 0, recipients: 0 },
      topRecipients: [],
      findings: [],
      findingCounts: {},
    });
  });

  it('writes nothing: neither on the server nor in the ledger', async () => {
    const transport = fakeTransport();
    const ledger = memoryLedger();
    const runner = await createRunner({ transport, ledger });
    await runner.preflight({ id: 'spring', mailboxes: addresses(3), factory: lesson });
    expect([transport.saves, transport.updates, transport.removals]).toEqual([[], [], []]);
    expect(await runsIn(ledger)).toEqual([]);
  });

  it('gives plain data that survives JSON', async () => {
    const { plan } = await preflight({ mailboxes: [ANNA, 'nobody'], factory: lessonWith({ resources: [BERT] }) });
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  it('tells the factories the id and the start that the run will have', async () => {
    const told: unknown[] = [];
    const factory: IAppointmentFactory = {
      getAppointment({ runId, startedAt, slot }) {
        told.push([runId, startedAt.toISOString(), slot]);
        return LESSON;
      },
    };
    const { plan } = await preflight({ factory });
    expect(plan.runId).toMatch(/^[0-9a-f-]{36}$/);
    expect(told).toEqual([[plan.runId, plan.startedAt, 'default']]);
  });

  it('asks about so many mailboxes at once as the runner has requests in flight, and no more', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport, maxInFlight: 3 });
    await runner.preflight({ mailboxes: addresses(20), factory: lesson });
    expect(transport.mostInFlight).toBe(3);
  });

  it('of the content only asks no server, and finds the same hash', async () => {
    const checks = vi.fn<Script>(() => undefined);
    const options = { id: 'spring', mailboxes: [ANNA, BERT] };
    vi.useFakeTimers({ toFake: ['Date'] });
    const runner = await createRunner({ transport: fakeTransport({ denied: [ANNA], script: checks }) });
    const content = await runner.preflight({ ...options, factory: lesson, check: 'content' });
    expect(checks).not.toHaveBeenCalled();
    expect(content.findings).toEqual([]);
    const all = await runner.preflight({ ...options, factory: lesson });
    vi.useRealTimers();
    expect(all.hash).toBe(content.hash);
    expect(inShort(all.findings)).toEqual(['error server_rejected 1']);
  });
});

describe('a preflight asks again', () => {
  beforeEach(stopTime);
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([
    ['defers', deferred],
    ['loses its answer', unseen],
  ])('where the server %s', async (_what, answer) => {
    const { plan } = await passTime(
      preflight({ mailboxes: [ANNA] }, { script: ({ nth }) => (nth < 3 ? answer : undefined) }),
    );
    expect(plan.findings).toEqual([]);
  });

  it('until maxAttempts, and says what it could not find out', async () => {
    const asked = vi.fn<Script>(() => deferred);
    const { plan } = await passTime(preflight({ mailboxes: [ANNA], maxAttempts: 3 }, { script: asked }));
    expect(asked).toHaveBeenCalledTimes(3);
    expect(plan.findings).toMatchObject([{ severity: 'error', code: 'server_busy', row: 1, mailbox: ANNA }]);
  });

  it('once, where a denial may be a mistake of the server', async () => {
    const denial = new AppointedError('server_rejected', 'scripted', {
      server: { code: 'ErrorImpersonateUserDenied' },
    });
    const again = { afterMs: 2000 };
    const outcome = { kind: 'rejected', scope: 'mailbox', error: denial, again } as const;
    const script: Script = ({ mailbox, nth }) => (mailbox.id === BERT || nth === 1 ? { outcome } : undefined);
    const { plan } = await passTime(preflight({ mailboxes: [ANNA, BERT] }, { script }));
    expect(inShort(plan.findings)).toEqual(['error server_rejected 2']);
  });

  it('not where the server said no', async () => {
    const asked = vi.fn<Script>(() => rejected('ErrorAccountDisabled'));
    await passTime(preflight({ mailboxes: [ANNA] }, { script: asked }));
    expect(asked).toHaveBeenCalledTimes(1);
  });
});

describe('a preflight that cannot be finished makes no plan, and says why', () => {
  it('when it is aborted', async () => {
    const stop = new AbortController();
    const factory: IAppointmentFactory = {
      getAppointment: ({ mailbox }) => {
        if (mailbox.id.startsWith('person-7@')) stop.abort();
        return LESSON;
      },
    };
    const plan = preflight({ mailboxes: addresses(100), factory, signal: stop.signal });
    await expect(plan).rejects.toMatchObject({ code: 'aborted' });
  });

  it('when it is aborted from outside a list that never ends', async () => {
    const plan = preflight({ mailboxes: endless(), check: 'content', signal: AbortSignal.timeout(20) });
    await expect(plan).rejects.toMatchObject({ code: 'aborted' });
  });

  it('when the list fails', async () => {
    const plan = preflight({ mailboxes: failing() });
    await expect(plan).rejects.toMatchObject({ code: 'mailboxes_failed', cause: { message: 'file is gone' } });
  });

  it('when it meets what would fail everybody, and asks no more', async () => {
    const asked = vi.fn<Script>(() => rejected('401', 'run'));
    const plan = preflight({ mailboxes: addresses(100) }, { script: asked });
    await expect(plan).rejects.toMatchObject({ server: { code: '401' } });
    expect(asked.mock.calls.length).toBeLessThanOrEqual(10);
  });
});

describe('a preflight refuses', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['no list', { mailboxes: undefined }, 'mailboxes'],
    ['a plan', { plan: 'x' }, 'plan'],
    ['another kind of check', { check: 'some' }, 'check'],
    ['what a run refuses', { sendMode: 'everybody' }, 'sendMode'],
    ['what is no option', { mailbox: ANNA }, 'mailbox'],
  ])('%s', async (_what, options, field) => {
    await expect(preflight(options)).rejects.toMatchObject({ code: 'invalid_options', field });
  });
});

function* endless(): Generator<string> {
  for (;;) yield ANNA;
}

function* failing(): Generator<string> {
  yield ANNA;
  throw new Error('file is gone');
}
