import { createRunner, type IAppointmentFactory, memoryLedger } from '@appointed/core';
import type { Sandbox, SandboxItem } from '@appointed/sandbox';
import { describe, expect, it } from 'vitest';
import { address, ewsTo, graphTo, startContoso } from './contoso.js';

const NINE = { dateTime: '2027-07-01T09:00:00', timeZone: 'Europe/Berlin' };
const TEN = { dateTime: '2027-07-01T10:00:00', timeZone: 'Europe/Berlin' };
const mailboxes = [0, 1, 2, 3].map(address);

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
  return mailboxes.map((_, n) => {
    const { subject, location, folder } = onlyItem(exchange, n);
    return `${subject}, ${location}, ${folder}`;
  });
}

describe.each([
  ['EWS', 'Graph', ewsTo, graphTo],
  ['Graph', 'EWS', graphTo, ewsTo],
  ['Graph', 'Graph', graphTo, graphTo],
] as const)('what %s has placed, %s', (_placer, _other, placing, later) => {
  it('finds, changes and takes back, wherever its owner has moved it', async () => {
    await using exchange = await startContoso(4);
    const ledger = memoryLedger();
    await using placer = await createRunner({ transport: placing(exchange), ledger });
    await using other = await createRunner({ transport: later(exchange), ledger });
    await placer.run({ id: 'spring', mailboxes, factory: lessonOn('Court 1') });

    exchange.control.createFolder(address(1), 'Sport');
    exchange.control.move(onlyItem(exchange, 1), 'Sport');
    exchange.control.edit(onlyItem(exchange, 2), { location: 'Court 9' });
    exchange.control.edit(onlyItem(exchange, 3), { subject: 'My lesson' });

    const revised = await other.revise('spring', { factory: lessonOn('Court 2') });
    expect(revised.failures.map(({ mailbox, error }) => [mailbox, error.code])).toEqual([
      [address(2), 'changed_by_owner'],
    ]);
    expect(standing(exchange)).toEqual([
      'Lesson, Court 2, calendar',
      'Lesson, Court 2, Sport',
      'Lesson, Court 9, calendar',
      'My lesson, Court 2, calendar',
    ]);
    const retracted = await other.retract('spring');
    expect(retracted.failures).toEqual([]);
    expect(mailboxes.map((_, n) => onlyItem(exchange, n).folder)).toEqual(mailboxes.map(() => 'deleteditems'));
  });
});

describe('without a ledger', () => {
  it.each([
    ['EWS', ewsTo],
    ['Graph', graphTo],
  ] as const)(
    'what %s has placed is taken back over Graph, and the copy that its owner made stays',
    async (_, placing) => {
      await using exchange = await startContoso(1);
      await using placer = await createRunner({ transport: placing(exchange) });
      await using other = await createRunner({ transport: graphTo(exchange) });
      await placer.run({ id: 'spring', mailboxes: [address(0)], factory: lessonOn('Court 1') });
      const { id } = onlyItem(exchange, 0);
      exchange.control.copy({ mailbox: address(0), id });

      const { counts } = await other.retract('spring', { mailboxes: [address(0)] });

      expect(counts.done).toBe(1);
      const folders = exchange.items(address(0)).map(({ folder }) => folder);
      expect(folders.toSorted()).toEqual(['calendar', 'deleteditems']);
    },
  );

  it('a second laptop places nothing that Graph has placed already', async () => {
    await using exchange = await startContoso(1);
    for (const transport of [graphTo(exchange), graphTo(exchange)]) {
      await using runner = await createRunner({ transport });
      await runner.run({ id: 'spring', mailboxes: [address(0)], factory: lessonOn('Court 1') });
    }
    expect(onlyItem(exchange, 0).folder).toBe('calendar');
  });
});
