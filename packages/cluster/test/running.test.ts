import { setTimeout as sleep } from 'node:timers/promises';
import type { IAppointmentFactory } from '@appointed/core';
import { type FakeTransport, fakeTransport } from '@appointed/testkit';
import { postgresUrl } from '@appointed-testing/postgres';
import { Queue } from 'bullmq';
import { Pool } from 'pg';
import { describe, expect, it } from 'vitest';
import { busyFor } from './busy-for.js';
import { ClusterBench, type Kind } from './cluster-bench.js';
import { addresses, LESSON, lesson } from './lesson.js';
import { NO_OWN_REDIS, NO_REDIS } from '@appointed-testing/redis';

const ID = 'spring';

function itemsIn(transport: FakeTransport, count: number): readonly number[] {
  return addresses(count).map((address) => transport.stored(address).length);
}

function laneOf(mailbox: string): string {
  return Number(/\d+/.exec(mailbox)?.[0]) % 2 === 0 ? 'even' : 'odd';
}

/** What there is, once there is something. */
async function eventually<T>(look: () => Promise<readonly T[]>): Promise<readonly T[]> {
  for (;;) {
    const found = await look();
    if (found.length > 0) return found;
    await sleep(20);
  }
}

const BEGUN = `UPDATE bullmq.job SET state = 'active', lock_token = 'a worker', locked_until_ms = 9e15 WHERE queue = $1`;
/** What BullMQ or the cluster does to take a job out of the queue. */
const WITHDRAWING = `state = 'active' AND query ~ '^ *(SELECT remove|-- Remove a job|DELETE FROM job)'`;

/** Resolves when the statement has a row to tell of. */
async function until(pool: Pool, sql: string, ...values: readonly string[]): Promise<void> {
  while ((await pool.query(sql, [...values])).rows.length === 0) await sleep(20);
}

const KINDS: readonly { kind: Kind; why: string | undefined }[] = [
  { kind: 'Redis', why: NO_REDIS },
  { kind: 'PostgreSQL', why: undefined },
];

for (const { kind, why } of KINDS) {
  describe.skipIf(why !== undefined)(`a cluster on ${kind} ${why ?? ''}`, { timeout: 60_000 }, () => {
    it('places one appointment in each calendar, and tells the runner of it', async () => {
      const transport = fakeTransport();
      await using bench = await ClusterBench.start(kind, transport);
      await Promise.all([bench.worker(), bench.worker()]);
      const runner = await bench.runner();
      const saved: string[] = [];
      runner.on('placementSaved', ({ mailbox, subject }) => saved.push(`${mailbox.id} ${subject}`));
      const report = await runner.run({ id: ID, mailboxes: addresses(250), factory: LESSON });
      expect(report).toMatchObject({ counts: { rows: 250, done: 250 } });
      expect(report.stopped).toBeUndefined();
      expect(itemsIn(transport, 250)).toEqual(Array(250).fill(1));
      expect(saved.toSorted()).toEqual(
        addresses(250)
          .map((one) => `${one} Lesson 1`)
          .toSorted(),
      );
      expect(await runner.progress(ID)).toMatchObject({ done: 250 });
    });

    it('never has more requests in flight than are allowed over all workers', async () => {
      const transport = fakeTransport({ script: ({ verb }) => (verb === 'save' ? { after: sleep(5) } : undefined) });
      await using bench = await ClusterBench.start(kind, transport);
      const limits = { maxInFlight: 20, maxInFlightOverall: 7 };
      await Promise.all([1, 2, 3, 4].map(() => bench.worker(limits)));
      const runner = await bench.runner(limits);
      const report = await runner.run({ id: ID, mailboxes: addresses(300), factory: LESSON });
      expect(report.counts.done).toBe(300);
      expect(transport.mostInFlight).toBe(7);
    });

    it('leaves a lane quiet on all workers when one was told to, and goes on with the others', async () => {
      const quietMs = 1000;
      const sent: { readonly lane: string; readonly at: number }[] = [];
      let toldAt = 0;
      const transport = fakeTransport({
        lanes: ({ id }) => [{ id: laneOf(id), maxInFlight: 4 }],
        script: ({ verb, mailbox }) => {
          if (verb !== 'save') return undefined;
          sent.push({ lane: laneOf(mailbox.id), at: performance.now() });
          if (sent.length !== 100) return { after: sleep(10) };
          toldAt = performance.now();
          return { outcome: busyFor(laneOf(mailbox.id), quietMs) };
        },
      });
      await using bench = await ClusterBench.start(kind, transport);
      const limits = { maxInFlightOverall: Number.POSITIVE_INFINITY };
      await Promise.all([1, 2, 3, 4].map(() => bench.worker(limits)));
      const report = await (await bench.runner()).run({ id: ID, mailboxes: addresses(600), factory: LESSON });
      expect(report.counts.done).toBe(600);
      const quiet = sent[99]?.lane;
      const during = sent.filter(({ at }) => at > toldAt + 200 && at < toldAt + quietMs - 50);
      expect(during.filter(({ lane }) => lane === quiet)).toEqual([]);
      expect(during.filter(({ lane }) => lane !== quiet).length).toBeGreaterThan(20);
    });
  });
}

describe('a cluster', { timeout: 60_000 }, () => {
  it('revises, reconciles and takes back over the workers', async () => {
    const transport = fakeTransport();
    const two = lesson('2');
    await using bench = await ClusterBench.start('PostgreSQL', transport);
    const worker = await bench.worker();
    const runner = await bench.runner();
    await runner.run({ id: ID, mailboxes: addresses(20), factory: LESSON });
    await worker.close();
    await bench.worker({ factories: { default: two } });
    expect((await runner.revise(ID, { factory: two })).counts.done).toBe(20);
    expect(transport.stored('person-7@contoso.com')[0]?.subject).toBe('Lesson 2');
    const options = { mailboxes: addresses(25).slice(5), factory: two, leavers: 'remove', maxLeavers: 5 } as const;
    expect((await runner.reconcile(ID, options)).counts).toMatchObject({ already: 15, done: 10 });
    expect(itemsIn(transport, 25)).toEqual([...Array(5).fill(0), ...Array(20).fill(1)]);
    expect((await runner.retract(ID)).counts.done).toBe(20);
    expect(itemsIn(transport, 25)).toEqual(Array(25).fill(0));
  });

  it('stops a run whose factory a worker has in another version, and says so', async () => {
    const transport = fakeTransport();
    await using bench = await ClusterBench.start('PostgreSQL', transport);
    await bench.worker({ factories: { default: lesson('2') } });
    const report = await (await bench.runner()).run({ id: ID, mailboxes: addresses(3), factory: LESSON });
    expect(report.stopped).toMatchObject({ code: 'factory_changed', field: 'factories.default' });
    expect(bench.log).toContainEqual(expect.objectContaining({ event: 'order_refused', code: 'factory_changed' }));
    expect(transport.saves).toEqual([]);
  });

  it('pauses a run that somebody cancels elsewhere; it is continued', async () => {
    const transport = fakeTransport({ script: ({ verb }) => (verb === 'save' ? { after: sleep(10) } : undefined) });
    await using bench = await ClusterBench.start('PostgreSQL', transport);
    await bench.worker();
    const [runner, other] = [await bench.runner(), await bench.runner()];
    runner.once('placementSaved', () => void other.cancel(ID));
    const options = { mailboxes: addresses(400), factory: LESSON };
    const first = await runner.run({ id: ID, ...options });
    expect(first.stopped).toMatchObject({ code: 'paused' });
    expect(first.counts.done).toBeLessThan(400);
    const second = await other.resume(ID, options);
    expect(first.counts.done + second.counts.done).toBe(400);
    expect(itemsIn(transport, 400)).toEqual(Array(400).fill(1));
  });

  it('waits, when it is cancelled, for an order that a worker begins just when it would be withdrawn', async () => {
    await using bench = await ClusterBench.start('PostgreSQL', fakeTransport());
    const pool = new Pool({ connectionString: await postgresUrl() });
    const queue = `${bench.name}-work`;
    const runner = await bench.runner();
    const running = runner.run({ id: 'spring', mailboxes: addresses(3), factory: LESSON });
    await until(pool, `SELECT FROM bullmq.job WHERE queue = $1`, queue);
    const worker = await pool.connect();
    await worker.query('BEGIN');
    await worker.query(BEGUN, [queue]);
    await runner.cancel('spring');
    await until(pool, `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND ${WITHDRAWING}`);
    await worker.query('COMMIT');
    worker.release();
    await until(pool, `SELECT WHERE NOT EXISTS (SELECT FROM pg_stat_activity WHERE ${WITHDRAWING})`);
    expect((await pool.query('DELETE FROM bullmq.job WHERE queue = $1', [queue])).rowCount).toBe(1);
    expect((await running).stopped).toMatchObject({ code: 'paused' });
    await pool.end();
  });

  it('says how a worker is, and drains it: nothing is lost, and nobody waits for what it had claimed', async () => {
    const transport = fakeTransport({ script: ({ verb }) => (verb === 'save' ? { after: sleep(20) } : undefined) });
    await using bench = await ClusterBench.start('PostgreSQL', transport);
    const first = await bench.worker({ health: { port: 0 } });
    const address = `http://127.0.0.1:${first.healthPort}/health`;
    expect(await (await fetch(address)).json()).toMatchObject({ status: 'ready' });
    let replaced: Promise<unknown> = Promise.resolve();
    const runner = await bench.runner();
    runner.once('placementSaved', () => {
      replaced = Promise.all([first.close(), bench.worker()]);
    });
    const began = performance.now();
    const report = await runner.run({ id: ID, mailboxes: addresses(200), factory: LESSON });
    await replaced;
    expect(report.counts).toMatchObject({ done: 200, unknown: 0 });
    expect(itemsIn(transport, 200)).toEqual(Array(200).fill(1));
    expect(performance.now() - began).toBeLessThan(10_000);
    await expect(fetch(address)).rejects.toThrow('fetch failed');
    expect(bench.log.map(({ event }) => event)).toContain('closed');
  });
});

describe.skipIf(NO_REDIS !== undefined)('orders of a process that has died', { timeout: 60_000 }, () => {
  it('are withdrawn when its run is continued, perhaps with other options', async () => {
    const transport = fakeTransport();
    await using bench = await ClusterBench.start('Redis', transport);
    const queue = new Queue<object>('work', { prefix: bench.name, connection: { url: bench.redis?.address ?? '' } });
    const runner = await bench.runner();
    const abort = new AbortController();
    const options = { mailboxes: addresses(20), factory: LESSON };
    const first = runner.run({ id: ID, ...options, signal: abort.signal });
    const [order] = await eventually(() => queue.getJobs(['waiting']));
    abort.abort();
    await first;
    await queue.add('work', order?.data ?? {}, { jobId: 'dead.1' });
    const continued = runner.resume(ID, { ...options, exclude: ['person-7@contoso.com'] });
    await eventually(async () => ((await queue.getJob('dead.1')) === undefined ? ['gone'] : []));
    await bench.worker();
    expect((await continued).counts.done).toBe(19);
    expect(transport.stored('person-7@contoso.com')).toEqual([]);
    await queue.close();
  });
});

describe.skipIf(NO_OWN_REDIS !== undefined)('a cluster whose Redis is lost', { timeout: 60_000 }, () => {
  it('continues the run when it is back, empty: the ledger knows what is to be done', async () => {
    const transport = fakeTransport({ script: ({ verb }) => (verb === 'save' ? { after: sleep(10) } : undefined) });
    await using bench = await ClusterBench.start('Redis', transport);
    await Promise.all([bench.worker(), bench.worker()]);
    const runner = await bench.runner();
    let lost: Promise<void> | undefined;
    const factory: IAppointmentFactory = LESSON;
    runner.once('placementSaved', () => {
      lost = bench.redis?.kill().then(() => bench.redis?.start());
    });
    const report = await runner.run({ id: ID, mailboxes: addresses(500), factory });
    await lost;
    expect(report.counts.done).toBe(500);
    expect(itemsIn(transport, 500)).toEqual(Array(500).fill(1));
  });
});
