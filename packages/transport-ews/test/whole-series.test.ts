import { type AppointmentInput, createRunner, type IAppointmentFactory, memoryLedger } from '@appointed/core';
import { expect, it } from 'vitest';
import { address, startContoso } from './contoso.js';
import { transportTo } from './placing.js';

const IN_NEW_YORK = address(0);
const NEVER_OPENED = address(1);

/** A day off each Friday, with a plan attached. */
function fridays(version: string, fields: Partial<AppointmentInput> = {}, bytes = 3): IAppointmentFactory {
  return {
    version,
    getAppointment: () => ({
      subject: { byLanguage: { de: 'Frei' }, fallback: 'Day off' },
      start: { date: '2027-01-01' },
      end: { date: '2027-01-01' },
      showAs: 'free',
      attachments: [{ name: 'plan.txt', content: new Uint8Array(bytes), mediaType: 'text/plain' }],
      recurrence: { pattern: 'weekly', daysOfWeek: ['friday'], numberOfOccurrences: 8 },
      ...fields,
    }),
  };
}

it('a series of whole days is placed in each owner’s zone, revised, and refused where it cannot be', async () => {
  await using exchange = await startContoso(2);
  await using runner = await createRunner({ transport: transportTo(exchange.ewsUrl), ledger: memoryLedger() });
  const mailboxes = [{ smtp: IN_NEW_YORK, attributes: { language: 'de-DE' } }, NEVER_OPENED];
  const fallbackTimeZone = 'Asia/Tokyo';
  const placed = await runner.run({ id: 'fridays', mailboxes, factory: fridays('1'), fallbackTimeZone });
  expect(placed.failures).toEqual([]);
  const standing = () =>
    [IN_NEW_YORK, NEVER_OPENED].flatMap((mailbox) =>
      exchange
        .items(mailbox)
        .map(({ subject, start, end, startTimeZone, isAllDay, isRecurring, attachments }) => [
          subject,
          `${start.slice(0, 13)} to ${end.slice(0, 13)} in ${startTimeZone}`,
          { isAllDay, isRecurring, attached: attachments.length },
        ]),
    );
  const kind = { isAllDay: true, isRecurring: true, attached: 1 };
  expect(standing()).toEqual([
    ['Frei', '2027-01-01T05 to 2027-01-02T05 in Eastern Standard Time', kind],
    ['Day off', '2026-12-31T15 to 2027-01-01T15 in Tokyo Standard Time', kind],
  ]);

  // Another plan cannot be attached to what is there: nothing is changed.
  const attached = await runner.revise('fridays', { factory: fridays('2', { showAs: 'oof' }, 4), fallbackTimeZone });
  expect(attached.failures.map(({ error }) => [error.code, error.field])).toEqual([
    ['unsupported', 'attachments'],
    ['unsupported', 'attachments'],
  ]);
  expect(exchange.items(IN_NEW_YORK)[0]?.showAs).toBe('Free');

  // A day later, and once only: the series ends, and the reminder that nobody asked for stays away.
  const day = { date: '2027-01-02' };
  const { recurrence: _none, ...once } = { ...(fridays('').getAppointment as () => AppointmentInput)() };
  const factory = { version: '3', getAppointment: () => ({ ...once, start: day, end: day }) };
  const revised = await runner.revise('fridays', { factory, fallbackTimeZone });
  expect(revised.failures).toEqual([]);
  const single = { ...kind, isRecurring: false };
  expect(standing()).toEqual([
    ['Frei', '2027-01-02T05 to 2027-01-03T05 in Eastern Standard Time', single],
    ['Day off', '2027-01-01T15 to 2027-01-02T15 in Tokyo Standard Time', single],
  ]);
  expect(exchange.items(IN_NEW_YORK)[0]?.reminderMinutes).toBeUndefined();
});
