import assert from 'node:assert/strict';
import { AppointedError, type Call, type Outcome, type Receipt } from '@appointed/core';
import { type Bench, call, itemFor, similarTo, type Test } from './bench.js';
import type { ServerFault } from './transport-harness.js';

// Long enough for a request to arrive on loopback, short enough for a test.
const SHORT_TIMEOUT_MS = 1000;

/** A server that is gone, silent, or whose answers are lost: an outcome for whatever the network does. */
export function describeServerFaults(test: Test, faults: readonly ServerFault[]): void {
  test('gives deferred or unknown, and throws nothing, when the server is gone', async (bench) => {
    const mailbox = bench.mailbox(0);
    const { itemId } = await bench.save(mailbox, itemFor(mailbox, 'before'));
    await bench.under.takeServerAway();
    const outcomes: readonly Outcome<unknown>[] = [
      ...(await saveOne(bench, call())),
      ...(await Promise.all(lookAround(bench, itemId, call()))),
      await bench.transport.update(mailbox, { itemId, set: {}, clear: ['location'], sendMode: 'none' }, call()),
      await bench.transport.remove(mailbox, { itemId, sendMode: 'none' }, call()),
    ];
    assert.equal(outcomes.length, 8);
    for (const outcome of outcomes) {
      assert.ok(outcome.kind === 'deferred' || outcome.kind === 'unknown', `the outcome was ${outcome.kind}`);
      assert.ok(AppointedError.is(outcome.error));
    }
  });
  if (faults.includes('silent')) describeSilence(test);
  if (faults.includes('answersLost')) describeLostAnswers(test);
}

function describeSilence(test: Test): void {
  test('gives up a request under way, as unknown, when the signal is aborted', async (bench) => {
    const { arrived } = await silence(bench);
    const run = new AbortController();
    const saving = saveOne(bench, call({ signal: run.signal }));
    await arrived;
    run.abort(new Error('enough'));
    assert.deepEqual(kinds(await saving), ['unknown']);
  });

  test('gives up whatever is under way when the signal is aborted', async (bench) => {
    const { itemId } = await bench.save(bench.mailbox(0), itemFor(bench.mailbox(0), 'before'));
    const { arrived } = await silence(bench);
    const run = new AbortController();
    const looking = lookAround(bench, itemId, call({ signal: run.signal }));
    await arrived;
    run.abort(new Error('enough'));
    for (const { kind } of await Promise.all(looking)) assert.notEqual(kind, 'done');
  });

  test('gives up a request, as unknown, when the time of the call is over', async (bench) => {
    await silence(bench);
    const limits = call({ timeoutMs: SHORT_TIMEOUT_MS, sendBy: Date.now() + SHORT_TIMEOUT_MS });
    assert.deepEqual(kinds(await saveOne(bench, limits)), ['unknown']);
  });
}

function describeLostAnswers(test: Test): void {
  test('repeats no save whose answer was lost', async (bench) => {
    assert.ok(bench.under.loseAnswers, 'the harness declares the fault answersLost and has no loseAnswers()');
    await bench.under.loseAnswers();
    assert.deepEqual(kinds(await saveOne(bench, call())), ['unknown']);
    assert.equal((await bench.stored(bench.mailbox(0))).length, 1);
  });
}

async function silence({ under, mailbox, save }: Bench): Promise<{ readonly arrived: Promise<unknown> }> {
  assert.ok(under.silence, 'the harness declares the fault silent and has no silence()');
  // What a transport loads and signs in to only once must not take its part of the short time.
  await save(mailbox(1), itemFor(mailbox(1), 'before'));
  return await under.silence();
}

/** All that a transport does without writing. */
function lookAround({ transport, mailbox }: Bench, itemId: string, limits: Call): readonly Promise<Outcome<unknown>>[] {
  const item = itemFor(mailbox(0), 'before');
  return [
    transport.find(mailbox(0), [item.key], limits),
    transport.read(mailbox(0), [itemId], limits),
    transport.hasSimilar(mailbox(0), similarTo(item), limits),
    transport.check(mailbox(0), limits),
    transport.zone(mailbox(0), limits),
  ];
}

function saveOne({ transport, mailbox }: Bench, limits: Call): Promise<readonly Outcome<Receipt>[]> {
  const items = [itemFor(mailbox(0), 'lesson')];
  return transport.save({ mailbox: mailbox(0), sendMode: 'none', items }, limits);
}

function kinds(outcomes: readonly Outcome<unknown>[]): readonly string[] {
  return outcomes.map(({ kind }) => kind);
}
