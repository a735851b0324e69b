import { createRunner, type IAppointmentFactory } from '@appointed/core';
import { fakeTransport } from '@appointed/testkit';
import { describe, expect, it } from 'vitest';
import { addresses, LESSON, lesson } from './lesson.js';

describe('a run', () => {
  it.each([1, 7, 32])('has %i requests in flight and never more', async (maxInFlight) => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport, maxInFlight });
    const { counts } = await runner.run({ mailboxes: addresses(200), factory: lesson });
    expect(counts.done).toBe(200);
    expect(transport.mostInFlight).toBe(maxInFlight);
  });

  it('has ten requests in flight unless told otherwise', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    await runner.run({ mailboxes: addresses(50), factory: lesson });
    expect(transport.mostInFlight).toBe(10);
  });

  it('shares its cap with the other runs of the same runner', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport, maxInFlight: 3 });
    const reports = await Promise.all(
      ['one', 'other'].map((id) => runner.run({ id, mailboxes: addresses(30), factory: lesson })),
    );
    expect(reports.map(({ counts }) => counts.done)).toEqual([30, 30]);
    expect(transport.mostInFlight).toBe(3);
  });

  it('never has more requests on a lane than the lane says', async () => {
    const lane = { id: 'identity', maxInFlight: 4 };
    const transport = fakeTransport({ lanes: () => [lane] });
    const runner = await createRunner({ transport, maxInFlight: 16 });
    await runner.run({ mailboxes: addresses(60), factory: lesson });
    expect(transport.mostInFlight).toBe(4);
  });

  it('asks the factory for a fresh appointment for each mailbox', async () => {
    const asked: string[] = [];
    const factory: IAppointmentFactory = {
      getAppointment({ mailbox, startedAt }) {
        asked.push(mailbox.id);
        // The Date is the factory's own: changing it must not reach the next mailbox.
        startedAt.setFullYear(1999);
        return { ...LESSON, subject: `For ${mailbox.id} in ${new Date(startedAt).getFullYear()}` };
      },
    };
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const report = await runner.run({ mailboxes: addresses(25), factory });
    expect(asked.toSorted()).toEqual([...addresses(25)].toSorted());
    expect(report.startedAt.getFullYear()).toBeGreaterThan(1999);
    for (const address of addresses(25)) {
      expect(transport.stored(address).map(({ subject }) => subject)).toEqual([`For ${address} in 1999`]);
    }
  });

  it('with many requests in flight warns of nothing', async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error): number => warnings.push(warning);
    process.on('warning', onWarning);
    const runner = await createRunner({ transport: fakeTransport(), maxInFlight: 200 });
    const signal = new AbortController().signal;
    await runner.run({ mailboxes: addresses(400), factory: lesson, signal });
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', onWarning);
    expect(warnings).toEqual([]);
  });
});
