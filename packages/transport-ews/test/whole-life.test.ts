import { createRunner, type IAppointmentFactory, memoryLedger } from '@appointed/core';
import type { Sandbox, SandboxItem } from '@appointed/sandbox';
import { expect, it } from 'vitest';
import { address, startContoso } from './contoso.js';
import { transportTo } from './placing.js';

const NINE = { dateTime: '2027-07-01T09:00:00', timeZone: 'Europe/Berlin' };
const TEN = { dateTime: '2027-07-01T10:00:00', timeZone: 'Europe/Berlin' };

/** A lesson on some court. */
function lessonOn(court: string): IAppointmentFactory {
  return {
    getAppointment: () => ({ subject: 'Lesson', body: 'R&D', start: NINE, end: TEN, location: court, reminder: false }),
  };
}

function onlyItem(exchange: Sandbox, n: number): SandboxItem {
  const [item, ...more] = exchange.items(address(n));
  if (item === undefined || more.length > 0) throw new Error(`${address(n)} has ${more.length} items more than one`);
  return item;
}

function standing(exchange: Sandbox): readonly string[] {
  return [0, 1, 2, 3, 4].map((n) => {
    const { subject, location, folder } = onlyItem(exchange, n);
    return `${subject}, ${location}, ${folder}`;
  });
}

it('a lesson is placed, put elsewhere, changed and deleted by its owners, revised, and taken back', async () => {
  await using exchange = await startContoso(5);
  await using runner = await createRunner({ transport: transportTo(exchange.ewsUrl), ledger: memoryLedger() });
  const mailboxes = [0, 1, 2, 3, 4].map(address);
  await runner.run({ id: 'spring', mailboxes, factory: lessonOn('Court 1') });

  exchange.control.createFolder(address(1), 'Sport');
  exchange.control.move(onlyItem(exchange, 1), 'Sport');
  exchange.control.edit(onlyItem(exchange, 2), { location: 'Court 9' });
  exchange.control.edit(onlyItem(exchange, 3), { subject: 'My lesson' });
  exchange.control.delete(onlyItem(exchange, 4));

  const revised = await runner.revise('spring', { factory: lessonOn('Court 2') });
  expect(revised.failures.map(({ mailbox, error }) => [mailbox, error.code]).toSorted()).toEqual([
    [address(2), 'changed_by_owner'],
    [address(4), 'removed_by_owner'],
  ]);
  expect(standing(exchange)).toEqual([
    'Lesson, Court 2, calendar',
    'Lesson, Court 2, Sport',
    'Lesson, Court 9, calendar',
    'My lesson, Court 2, calendar',
    'Lesson, Court 1, deleteditems',
  ]);

  const retracted = await runner.retract('spring');
  expect(retracted.failures).toEqual([]);
  expect([0, 1, 2, 3, 4].map((n) => onlyItem(exchange, n).folder)).toEqual(mailboxes.map(() => 'deleteditems'));
});
