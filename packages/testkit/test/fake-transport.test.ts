import { AppointedError, createRunner, type Failure, type IAppointmentFactory, type RunReport } from '@appointed/core';
import { describe, expect, it } from 'vitest';
import { fakeTransport } from '@appointed/testkit';

const factory: IAppointmentFactory = {
  getAppointment: ({ startedAt }) => ({ subject: 'Lesson', start: startedAt, end: startedAt }),
};
const busy: Failure = { kind: 'deferred', error: new AppointedError('server_busy', 'later') };
const lost: Failure = { kind: 'unknown', error: new AppointedError('connection_lost', 'cut') };
const mailboxes = ['one@contoso.com', 'two@contoso.com', 'three@contoso.com'];

describe('fakeTransport', () => {
  it('stores what it is asked to save, by mailbox, and keeps the requests', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    await runner.run({ mailboxes, factory });
    expect(transport.stored('ONE@contoso.com')).toMatchObject([{ subject: 'Lesson', sendMode: 'none' }]);
    expect(transport.stored('nobody@contoso.com')).toEqual([]);
    expect(transport.saves.map(({ mailbox }) => mailbox.id)).toEqual(mailboxes);
  });

  it('takes the outcomes of a list in the order of the calls, and saves when the list has ended', async () => {
    const transport = fakeTransport({ script: [{ outcome: busy }, { outcome: lost, stored: true }] });
    const runner = await createRunner({ transport, maxInFlight: 1 });
    const { counts } = await runner.run({ mailboxes, factory, settleMs: 0, maxAttempts: 1 });
    // The one whose answer was lost is looked up, and found.
    expect(counts).toMatchObject({ deferred: 1, unknown: 0, done: 2 });
    expect(transport.saves).toHaveLength(3);
    expect(mailboxes.map((mailbox) => transport.stored(mailbox).length)).toEqual([0, 1, 1]);
  });

  it('asks a function for each call, telling the mailbox and how often it was called for it', async () => {
    const transport = fakeTransport({
      script: ({ mailbox, nth }) => (mailbox.id.startsWith('two') && nth === 1 ? { outcome: busy } : undefined),
    });
    const runner = await createRunner({ transport });
    const run = (): Promise<RunReport> => runner.run({ mailboxes, factory, maxAttempts: 1 });
    expect((await run()).counts).toMatchObject({ deferred: 1, done: 2 });
    expect((await run()).counts).toMatchObject({ deferred: 0, done: 3 });
  });

  it('gives each item of a save an outcome of its own', async () => {
    const script = [{ outcome: (_item: unknown, index: number) => (index === 1 ? busy : undefined) }];
    const transport = fakeTransport({ script });
    const runner = await createRunner({ transport });
    const factories = { first: factory, second: factory, third: factory };
    const { counts } = await runner.run({ mailboxes: ['one@contoso.com'], factories, maxAttempts: 1 });
    expect(counts).toMatchObject({ done: 2, deferred: 1 });
    expect(transport.stored('one@contoso.com')).toHaveLength(2);
  });

  it('counts the most calls under way at once', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport, maxInFlight: 2 });
    await runner.run({ mailboxes, factory });
    expect(transport.mostInFlight).toBe(2);
  });

  it('answers when a promise of the script is settled', async () => {
    let answer: (() => void) | undefined;
    const after = new Promise<void>((resolve) => (answer = resolve));
    const transport = fakeTransport({ script: [{ after }] });
    const runner = await createRunner({ transport, maxInFlight: 1 });
    const run = runner.run({ mailboxes: ['one@contoso.com'], factory });
    await expect.poll(() => transport.saves.length).toBe(1);
    expect(transport.stored('one@contoso.com')).toEqual([]);
    answer?.();
    expect((await run).counts.done).toBe(1);
  });
});
