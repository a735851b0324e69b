import { type IAppointmentFactory, nativeAppointment, NOTHING } from '@appointed/core';
import { type FactoryHarness, factorySuite } from '@appointed/testkit';
import { describe, expect, it } from 'vitest';
import { brokenFactories, goodFactory } from './broken-factories.js';
import { failuresOf } from './collect-failures.js';

function failuresFor(
  make: () => IAppointmentFactory,
  fields: Partial<FactoryHarness> = {},
): Promise<readonly string[]> {
  const harness: FactoryHarness = { name: 'a lesson', patienceMs: 2000, make, ...fields };
  return failuresOf((runner) => factorySuite(runner, harness));
}

const notForBeth: IAppointmentFactory = {
  getAppointment: async (context) =>
    context.mailbox.id.startsWith('beth') ? NOTHING : goodFactory().getAppointment(context),
};

const native: IAppointmentFactory = {
  getAppointment: () => nativeAppointment({ transport: 'fake', subject: 'Lesson', attendeeCount: 1 }),
};

/** Another zone than any that the suite tries. */
const ELSEWHERE = 'Europe/Lisbon';

describe('factorySuite', () => {
  it('passes for a factory that keeps the contract', async () => {
    expect(await failuresFor(goodFactory)).toEqual([]);
  });

  it('passes for one that answers later, and makes nothing for some', async () => {
    expect(await failuresFor(() => notForBeth)).toEqual([]);
  });

  it('passes for one of native appointments', async () => {
    expect(await failuresFor(() => native)).toEqual([]);
  });

  it('asks for the mailboxes that the harness names, in their language', async () => {
    const subject = { byLanguage: { de: 'Stunde' }, fallback: '' };
    const getAppointment: IAppointmentFactory['getAppointment'] = ({ mailbox, startedAt: start }) => ({
      subject: mailbox.attributes['team'] === 'sales' ? 'Lesson' : subject,
      start,
      end: start,
    });
    const mailboxes = [{ smtp: 'beth@contoso.com', attributes: { team: 'sales' } }];
    expect(await failuresFor(() => ({ getAppointment }), { mailboxes })).toEqual([]);
    expect(await failuresFor(() => ({ getAppointment }))).not.toEqual([]);
  });

  it('leaves the clock and the zone of the process as they were', async () => {
    const { Date: clock } = globalThis;
    const { TZ: zone } = process.env;
    process.env['TZ'] = ELSEWHERE;
    try {
      await failuresFor(goodFactory);
      expect(process.env['TZ']).toBe(ELSEWHERE);
      delete process.env['TZ'];
      await failuresFor(goodFactory);
      expect(process.env['TZ']).toBeUndefined();
    } finally {
      if (zone !== undefined) process.env['TZ'] = zone;
    }
    expect(globalThis.Date).toBe(clock);
  });

  it.each(brokenFactories)('fails for a factory that %s', async (_rule, noticedBy, make) => {
    expect((await failuresFor(make, { patienceMs: 300 })).join('\n')).toMatch(noticedBy);
  });
});
