import assert from 'node:assert/strict';
import { AppointedError, type MailboxInput, type Outcome, parseMailbox } from '@appointed/core';
import { type Bench, call, itemFor, similarTo, type Test } from './bench.js';

/** Mailboxes for which a server says no. */
export function describeRefusals(test: Test): void {
  test('rejects a mailbox that does not exist, naming it and the code of the server', async (bench) => {
    await refused(bench, bench.under.unknown);
  });

  test('rejects a mailbox that may not be acted for, and stores nothing in it', async (bench) => {
    await refused(bench, bench.under.denied);
    assert.deepEqual(await bench.stored(parseMailbox(bench.under.denied)), []);
  });

  test('saves for a mailbox while others are rejected', async (bench) => {
    const mailbox = bench.mailbox(0);
    await Promise.all([
      refused(bench, bench.under.unknown),
      bench.save(mailbox, itemFor(mailbox, 'lesson')),
      refused(bench, bench.under.denied),
    ]);
    assert.equal((await bench.stored(mailbox)).length, 1);
  });
}

async function refused({ transport }: Bench, input: MailboxInput): Promise<void> {
  const mailbox = parseMailbox(input);
  const items = [itemFor(mailbox, 'lesson')];
  const outcomes = await transport.save({ mailbox, sendMode: 'none', items }, call());
  assert.equal(outcomes.length, 1);
  const others: readonly Outcome<unknown>[] = [
    await transport.find(mailbox, [itemFor(mailbox, 'lesson').key], call()),
    await transport.hasSimilar(mailbox, similarTo(itemFor(mailbox, 'lesson')), call()),
    await transport.check(mailbox, call()),
    await transport.zone(mailbox, call()),
  ];
  for (const outcome of [...outcomes, ...others]) rejectedFor(mailbox.id, outcome);
}

function rejectedFor(mailbox: string, outcome: Outcome<unknown>): void {
  assert.equal(outcome.kind, 'rejected');
  assert.equal(outcome.scope, 'mailbox');
  assert.ok(AppointedError.is(outcome.error));
  assert.equal(outcome.error.mailbox, mailbox);
  assert.ok(outcome.error.server?.code, 'the code of the server is missing');
}
