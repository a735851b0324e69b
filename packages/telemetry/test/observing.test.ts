import { createRunner, type ImpersonationRunner, type IAppointmentFactory } from '@appointed/core';
import { type Sandbox, startSandbox } from '@appointed/sandbox';
import { continueTrace, observe } from '@appointed/telemetry';
import { basic, ews } from '@appointed/transport-ews';
import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Collector, startCollector } from './collector.js';

const MAILBOXES = ['alfred@contoso.com', 'beth@contoso.com', 'nobody@contoso.com'];
const RUN = 'lessons-2027';

const factory: IAppointmentFactory = {
  getAppointment: ({ startedAt }) => ({ subject: 'Lesson', start: startedAt, end: startedAt }),
};

let exchange: Sandbox;
let collector: Collector;
let runner: ImpersonationRunner;
beforeAll(async () => {
  exchange = await startSandbox({
    mailboxes: MAILBOXES.slice(0, 2).map((address) => ({ address, name: address })),
    serviceAccounts: [{ user: 'svc', password: 'secret', impersonates: ['*@contoso.com'] }],
  });
});
afterAll(() => exchange.close());
beforeEach(async () => {
  collector = startCollector();
  runner = await createRunner({
    transport: ews({ url: exchange.ewsUrl, credentials: basic({ user: 'svc', password: 'secret' }) }),
  });
});
afterEach(async () => {
  await runner.close();
  await collector.stop();
});

describe('the spans of a run', () => {
  it('are one for the run and, in it, one for the turn of each placement, and name no mailbox', async () => {
    observe(runner);
    await runner.run({ id: RUN, mailboxes: MAILBOXES, factory });
    const [run, ...others] = collector.spans().toReversed();
    expect([run?.name, run?.attributes]).toEqual([
      'appointed.run',
      expect.objectContaining({
        'appointed.run.id': RUN,
        'appointed.verb': 'run',
        'appointed.slots': ['default'],
        'appointed.count.done': 2,
        'appointed.count.rejected': 1,
      }),
    ]);
    expect(
      others
        .map(({ name, attributes }) => [name, attributes['appointed.row'], attributes['appointed.outcome']])
        .toSorted(),
    ).toEqual([
      ['appointed.placement', 1, 'saved'],
      ['appointed.placement', 2, 'saved'],
      ['appointed.placement', 3, 'rejected'],
    ]);
    for (const span of others) expect(span.parentSpanContext?.spanId).toBe(run?.spanContext().spanId);
    const rejected = others.find(({ attributes }) => attributes['appointed.row'] === 3);
    expect(rejected?.status).toEqual({ code: SpanStatusCode.ERROR, message: 'server_rejected' });
    expect(rejected?.attributes).toMatchObject({
      'error.type': 'server_rejected',
      'appointed.server.code': 'ErrorNonExistentMailbox',
    });
    expect(JSON.stringify(collector.spans().map(({ attributes, status }) => [attributes, status]))).not.toContain(
      'contoso',
    );
  });

  it('name mailboxes where that is asked for', async () => {
    observe(runner, { addresses: true });
    await runner.run({ id: RUN, mailboxes: MAILBOXES.slice(2), factory });
    const [placement] = collector.spans();
    expect(placement?.attributes['appointed.mailbox']).toBe('nobody@contoso.com');
    expect(placement?.status.message).toMatch(/^\[server_rejected\] nobody@contoso\.com/);
  });

  it('say why a run has ended early', async () => {
    observe(runner);
    await runner.run({ id: RUN, mailboxes: MAILBOXES, factory, signal: AbortSignal.abort() });
    const run = collector.spans().at(-1);
    expect([run?.name, run?.status.code, run?.attributes['error.type']]).toEqual([
      'appointed.run',
      SpanStatusCode.ERROR,
      'aborted',
    ]);
  });

  it('stand in the trace of whoever asked for the run', async () => {
    observe(runner);
    const request = trace.getTracer('app').startSpan('POST /lessons');
    await context.with(trace.setSpan(context.active(), request), () =>
      runner.run({ id: RUN, mailboxes: MAILBOXES.slice(0, 1), factory }),
    );
    request.end();
    const run = collector.spans().find(({ name }) => name === 'appointed.run');
    expect(run?.parentSpanContext?.spanId).toBe(request.spanContext().spanId);
  });

  it('go on in another process, by a text that its job carries', async () => {
    const mailboxes = MAILBOXES.slice(0, 1);
    const queue: string[] = [];
    // #region carry
    const observation = observe(runner);
    runner.on('runStarted', ({ runId }) => {
      queue.push(JSON.stringify({ trace: observation.carrierOf(runId) }));
    });
    // #endregion carry
    await runner.run({ id: RUN, mailboxes: [], factory });
    const submitted = collector.spans().at(-1);
    const job = queue[0] ?? '';
    // #region continue
    const { trace: carrier } = JSON.parse(job);
    await continueTrace(carrier, () => runner.run({ id: 'part', mailboxes, factory }));
    // #endregion continue
    const part = collector.spans().at(-1);
    expect(part?.attributes['appointed.run.id']).toBe('part');
    expect(part?.parentSpanContext?.spanId).toBe(submitted?.spanContext().spanId);
    expect(part?.spanContext().traceId).toBe(submitted?.spanContext().traceId);
  });

  it('end when observing ends', async () => {
    observe(runner).stop();
    await runner.run({ id: RUN, mailboxes: MAILBOXES, factory });
    expect(collector.spans()).toEqual([]);
    expect(await collector.points('appointed.placements')).toEqual([]);
  });
});

describe('the metrics of runs', () => {
  it('count what placements came to, and how long it took', async () => {
    observe(runner);
    await runner.run({ id: 'counted', mailboxes: MAILBOXES, factory });
    expect(await collector.points('appointed.placements')).toEqual([
      [{ 'appointed.verb': 'run', 'appointed.outcome': 'rejected', 'error.type': 'server_rejected' }, 1],
      [{ 'appointed.verb': 'run', 'appointed.outcome': 'saved' }, 2],
    ]);
    // The mailbox that is not there was refused before the turn of its placement.
    const durations = await collector.points('appointed.placement.duration');
    expect(durations).toEqual([
      [{ 'appointed.verb': 'run', 'appointed.outcome': 'saved' }, expect.objectContaining({ count: 2 })],
    ]);
    expect(await collector.points('appointed.placements.in_flight')).toEqual([[{}, 0]]);
    expect(await collector.points('appointed.runs')).toEqual([[{ 'appointed.verb': 'run' }, 1]]);
  });

  it('count what is changed and taken back', async () => {
    observe(runner);
    await runner.run({ id: 'taken-back', mailboxes: MAILBOXES.slice(0, 2), factory });
    await runner.retract('taken-back', { mailboxes: MAILBOXES.slice(0, 2) });
    expect(await collector.points('appointed.placements')).toContainEqual([
      { 'appointed.verb': 'retract', 'appointed.outcome': 'removed' },
      2,
    ]);
  });

  it('tell how long lanes were quiet, and name no lane of one mailbox', async () => {
    observe(runner);
    exchange.control.setFaults([{ fault: 'busy', backOffMs: 200, operation: 'CreateItem', times: 1 }]);
    await runner.run({ id: 'busy', mailboxes: MAILBOXES.slice(0, 2), factory });
    const quiet = await collector.points('appointed.throttled.time');
    expect(quiet.length).toBeGreaterThan(0);
    for (const [, seconds] of quiet) expect(seconds).toBeGreaterThan(0.1);
    const limits = await collector.points('appointed.lane.limit');
    expect(JSON.stringify([quiet, limits])).not.toContain('@contoso.com');
    expect(await collector.points('appointed.placements')).toContainEqual([
      { 'appointed.verb': 'run', 'appointed.outcome': 'deferred', 'error.type': 'server_busy' },
      1,
    ]);
  });

  it('count what was held back until the list has ended as in flight once', async () => {
    observe(runner);
    const meeting: IAppointmentFactory = {
      getAppointment: ({ startedAt }) => ({
        subject: 'Meeting',
        start: startedAt,
        end: startedAt,
        requiredAttendees: ['beth@contoso.com'],
      }),
    };
    await runner.run({ id: 'held', mailboxes: MAILBOXES.slice(0, 1), factory: meeting });
    const outcomes = collector.spans().map(({ attributes }) => attributes['appointed.outcome']);
    expect(outcomes).toEqual(['held', 'saved', undefined]);
    expect(await collector.points('appointed.placements.in_flight')).toEqual([[{}, 0]]);
  });
});
