import { createRunner, type PlacementRecord } from '@appointed/core';
import { fakeTransport } from '@appointed/testkit';
import { describe, expect, it } from 'vitest';
import { addresses, lesson } from './lesson.js';
import { expectRows } from './read-ahead.js';
import { deferred } from './scripted-outcomes.js';

describe('onPlacement', () => {
  it('is told how each placement ended', async () => {
    const records: PlacementRecord[] = [];
    const runner = await createRunner({ transport: fakeTransport({ script: [deferred] }), maxInFlight: 1 });
    const onPlacement = (record: PlacementRecord): void => void records.push(record);
    await runner.run({ mailboxes: addresses(2), factory: lesson, maxAttempts: 1, onPlacement });
    expect(records).toMatchObject([
      { row: 1, mailbox: { id: 'person-1@contoso.com' }, slot: 'default', outcome: { kind: 'deferred' } },
      { row: 2, mailbox: { id: 'person-2@contoso.com' }, outcome: { kind: 'done', value: { itemId: 'item-1' } } },
    ]);
  });

  it('is told of what was never sent, too', async () => {
    const kinds: string[] = [];
    const runner = await createRunner({ transport: fakeTransport() });
    await runner.run({
      mailboxes: addresses(1),
      factory: { getAppointment: () => Promise.reject(new Error('no court')) },
      onPlacement: ({ outcome }) => void kinds.push(outcome.kind),
    });
    expect(kinds).toEqual(['rejected']);
  });

  it('is awaited before the next mailbox has its turn', async () => {
    const log: string[] = [];
    const runner = await createRunner({ transport: fakeTransport(), maxInFlight: 1 });
    await runner.run({
      mailboxes: addresses(2),
      factory: {
        getAppointment: (context) => (log.push(`asked ${context.mailbox.id}`), lesson.getAppointment(context)),
      },
      async onPlacement({ row }) {
        await new Promise((resolve) => setImmediate(resolve));
        log.push(`written ${row}`);
      },
    });
    expect(log).toEqual(['asked person-1@contoso.com', 'written 1', 'asked person-2@contoso.com', 'written 2']);
  });

  it.each<[string, () => Promise<void> | void]>([
    [
      'throws',
      () => {
        throw new Error('disk full');
      },
    ],
    ['rejects', () => Promise.reject(new Error('disk full'))],
  ])('stops the run when it %s', async (_how, onPlacement) => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport, maxInFlight: 1 });
    const report = await runner.run({ mailboxes: addresses(5), factory: lesson, onPlacement });
    expect(report.stopped).toMatchObject({ code: 'on_placement_failed', mailbox: 'person-1@contoso.com' });
    expect(report.stopped?.cause).toEqual(new Error('disk full'));
    expect(report.counts).toMatchObject({ done: 1, deferred: 0 });
    expectRows(report, 1, 1);
    expect(transport.saves).toHaveLength(1);
  });
});
