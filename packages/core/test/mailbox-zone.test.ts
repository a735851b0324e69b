import {
  type AppointmentTransport,
  createRunner,
  type IAppointmentFactory,
  memoryLedger,
  type Moment,
} from '@appointed/core';
import { type FakeTransport, fakeTransport } from '@appointed/testkit';
import { describe, expect, it } from 'vitest';
import { overriding } from './overriding.js';

const ALFRED = 'alfred@contoso.com';
const BETH = 'beth@contoso.com';

function holidayOn(date: string, fallback?: string): IAppointmentFactory {
  const start = { date, ...(fallback !== undefined && { fallback }) };
  return { version: date, getAppointment: () => ({ subject: 'Holiday', start, end: { date } }) };
}

const NEVER: Pick<Moment, 'dateTime' | 'offset'> = { dateTime: 'never', offset: '' };

function startOf(transport: FakeTransport, mailbox: string): string {
  const [{ fields: { start = NEVER } = {} } = {}] = transport.stored(mailbox);
  const { dateTime, offset, ...others } = start;
  expect(others).not.toHaveProperty('floating');
  return dateTime + offset;
}

function counting(transport: FakeTransport): { readonly transport: AppointmentTransport; readonly asked: string[] } {
  const asked: string[] = [];
  const zone: AppointmentTransport['zone'] = (mailbox, call) => {
    asked.push(mailbox.id);
    return transport.zone(mailbox, call);
  };
  return { transport: overriding(transport, { zone }), asked };
}

describe('an appointment in the mailbox’s own zone', () => {
  it('is in the zone that its owner has chosen, or in the run’s fallback', async () => {
    const fake = fakeTransport({ zones: { [ALFRED]: 'Tokyo Standard Time', 'carl@contoso.com': 'Customized Zone' } });
    await using runner = await createRunner({ transport: fake });
    const mailboxes = [ALFRED, BETH, 'carl@contoso.com'];
    const run = { mailboxes, factory: holidayOn('2027-12-24'), fallbackTimeZone: 'Europe/Berlin' };
    expect((await runner.run(run)).counts.done).toBe(3);
    expect(startOf(fake, ALFRED)).toBe('2027-12-24T00:00:00+09:00');
    expect(startOf(fake, BETH)).toBe('2027-12-24T00:00:00+01:00');
    expect(startOf(fake, 'carl@contoso.com')).toBe('2027-12-24T00:00:00+01:00');
  });

  it('has the zone looked up once in the mailbox’s turn, and only where it is needed', async () => {
    const { transport, asked } = counting(fakeTransport());
    await using runner = await createRunner({ transport });
    const fixed = { getAppointment: () => ({ subject: 'x', start: new Date(0), end: new Date(0) }) };
    const factories = { one: holidayOn('2027-12-24'), other: holidayOn('2027-12-25', 'Asia/Tokyo'), fixed };
    await runner.run({ mailboxes: [ALFRED, BETH], factories, fallbackTimeZone: 'UTC' });
    expect(asked.toSorted()).toEqual([ALFRED, BETH]);
    await runner.run({ mailboxes: [ALFRED], factory: fixed });
    expect(asked).toHaveLength(2);
  });

  it('is refused where it has no fallback, before anything is asked or sent', async () => {
    const fake = fakeTransport({ zones: { [ALFRED]: 'UTC' } });
    const { transport, asked } = counting(fake);
    await using runner = await createRunner({ transport });
    const run = { mailboxes: [ALFRED], factory: holidayOn('2027-12-24') };
    const { failures } = await runner.run(run);
    expect(failures[0]?.error).toMatchObject({ code: 'unknown_time_zone', field: 'start.fallback', mailbox: ALFRED });
    expect((await runner.preflight({ ...run, check: 'content' })).findings[0]).toMatchObject({
      field: 'start.fallback',
    });
    expect([asked, fake.saves]).toEqual([[], []]);
  });

  it('waits where the zone cannot be looked up now, and is not sent', async () => {
    const fake = fakeTransport({ zones: { [ALFRED]: 'UTC' } });
    let isDown = true;
    const down: AppointmentTransport['zone'] = (mailbox, call) => {
      if (!isDown) return fake.zone(mailbox, call);
      isDown = false;
      return Promise.reject(new Error('no answer'));
    };
    await using runner = await createRunner({ transport: overriding(fake, { zone: down }) });
    const deferred: string[] = [];
    runner.on('placementDeferred', ({ mailbox }) => deferred.push(mailbox.id));
    const run = { mailboxes: [ALFRED], factory: holidayOn('2027-12-24', 'Asia/Tokyo') };
    expect((await runner.run(run)).counts.done).toBe(1);
    expect(deferred).toEqual([ALFRED]);
    expect(fake.saves).toHaveLength(1);
    expect(startOf(fake, ALFRED)).toBe('2027-12-24T00:00:00Z');
  });

  it('is revised in that zone, and not taken for changed', async () => {
    const fake = fakeTransport({ zones: { [ALFRED]: 'Asia/Tokyo' } });
    await using runner = await createRunner({ transport: fake, ledger: memoryLedger() });
    await runner.run({ id: 'x', mailboxes: [ALFRED], factory: holidayOn('2027-12-24', 'UTC') });
    const same = await runner.revise('x', { factory: holidayOn('2027-12-24', 'UTC') });
    expect([same.failures, fake.updates]).toEqual([[], []]);
    const { failures } = await runner.revise('x', { factory: holidayOn('2027-12-27'), fallbackTimeZone: 'UTC' });
    expect(failures).toEqual([]);
    expect(startOf(fake, ALFRED)).toBe('2027-12-27T00:00:00+09:00');
    expect(fake.stored(ALFRED)[0]?.fields.isAllDay).toBe(true);
  });

  it('has one plan whatever zones there are, since nobody is asked for them', async () => {
    const hashes = await Promise.all(
      [{}, { [ALFRED]: 'Asia/Tokyo' }].map(async (zones) => {
        await using runner = await createRunner({ transport: fakeTransport({ zones }) });
        const factory = holidayOn('2097-12-24', 'UTC');
        const { hash } = await runner.preflight({ id: 'x', mailboxes: [ALFRED], factory });
        return hash.split('-').at(-1);
      }),
    );
    expect(hashes[0]).toBe(hashes[1]);
  });

  it('needs a fallback that is a zone', async () => {
    await using runner = await createRunner({ transport: fakeTransport() });
    const run = { mailboxes: [ALFRED], factory: holidayOn('2027-12-24'), fallbackTimeZone: 'Berlin' };
    await expect(runner.run(run)).rejects.toMatchObject({ code: 'unknown_time_zone', field: 'fallbackTimeZone' });
  });
});
