import { createRunner, type IAppointmentFactory, memoryLedger, NOTHING } from '@appointed/core';
import { fakeTransport } from '@appointed/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addresses, LESSON, lesson } from './lesson.js';
import { toldBy } from './meetings.js';
import { passTime, stopTime } from './passing-time.js';
import { itemOf, ONE, placed, RUN, TWO } from './placed.js';

beforeEach(stopTime);
afterEach(() => {
  vi.useRealTimers();
});

/** Makes the lesson for everybody but the second mailbox. */
const notForTwo: IAppointmentFactory = {
  getAppointment: ({ mailbox: { id } }) => (id === TWO ? NOTHING : { ...LESSON, subject: 'Lesson for others' }),
};

describe('a factory that makes nothing for a mailbox', () => {
  it('has it passed over, told and counted, which is no failure', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const told = toldBy(runner);
    const report = await passTime(runner.run({ mailboxes: addresses(3), factory: notForTwo }));
    expect(report.counts).toMatchObject({ rows: 3, done: 2, skipped: 1, rejected: 0 });
    expect(report.failures).toEqual([]);
    expect(told.filter((event) => event.includes(' 2 '))).toEqual(['placementSkipped 2 default']);
    expect(transport.stored(TWO)).toEqual([]);
  });

  it('tells onPlacement why', async () => {
    const outcomes: unknown[] = [];
    const runner = await createRunner({ transport: fakeTransport() });
    const onPlacement = ({ outcome }: { readonly outcome: unknown }) => void outcomes.push(outcome);
    await passTime(runner.run({ mailboxes: [TWO], factory: notForTwo, onPlacement }));
    expect(outcomes).toMatchObject([{ kind: 'skipped', error: { code: 'not_wanted', mailbox: TWO } }]);
  });

  it('does not end a run, however many mailboxes in a row get nothing', async () => {
    const runner = await createRunner({ transport: fakeTransport() });
    const factory = { getAppointment: () => NOTHING };
    const report = await passTime(
      runner.run({ mailboxes: addresses(50), factory, stopAfterRejections: 3, maxFailureRate: 0.1 }),
    );
    expect(report.counts).toMatchObject({ rows: 50, skipped: 50 });
    expect(report.stopped).toBeUndefined();
  });

  it('settles it: a run that is continued does not ask again', async () => {
    const runner = await createRunner({ transport: fakeTransport(), ledger: memoryLedger() });
    const getAppointment = vi.fn<IAppointmentFactory['getAppointment']>(notForTwo.getAppointment.bind(notForTwo));
    const options = { id: RUN, mailboxes: [ONE, TWO], factory: { getAppointment } };
    await passTime(runner.run(options));
    const { counts } = await passTime(runner.run(options));
    expect(counts).toMatchObject({ already: 2, done: 0, skipped: 0 });
    expect(getAppointment).toHaveBeenCalledTimes(2);
    expect((await runner.verify(RUN)).counts).toMatchObject({ placements: 2, right: 2 });
  });

  it('leaves what is there when it is revised, and knows of it: it can be taken back', async () => {
    const { transport, runner } = await placed();
    const { counts } = await passTime(runner.revise(RUN, { factory: notForTwo }));
    expect(counts).toMatchObject({ done: 2, skipped: 1 });
    expect(itemOf(transport, TWO)).toEqual(expect.any(String));
    const retracted = await passTime(runner.retract(RUN));
    expect(retracted.counts).toMatchObject({ done: 3 });
    expect(transport.stored(TWO)).toEqual([]);
  });

  it('is no finding of a preflight, and part of the plan', async () => {
    const runner = await createRunner({ transport: fakeTransport() });
    const plan = await runner.preflight({ mailboxes: addresses(3), factory: notForTwo });
    expect(plan.counts).toMatchObject({ mailboxes: 3, placements: 2, errors: 0, warnings: 0 });
    const run = { mailboxes: addresses(3), plan: plan.hash };
    const changed = await passTime(runner.run({ ...run, id: 'one', factory: lesson }));
    expect(changed.stopped?.code).toBe('plan_changed');
    const same = await passTime(runner.run({ ...run, mailboxes: addresses(3), id: 'two', factory: notForTwo }));
    expect(same.counts).toMatchObject({ done: 2, skipped: 1 });
  });
});
