import { createRunner, type FactoryContext, placementKey } from '@appointed/core';
import { fakeTransport } from '@appointed/testkit';
import { describe, expect, it } from 'vitest';
import { addresses, LESSON, lesson, lessonWith } from './lesson.js';

const seven = Object.fromEntries(Array.from({ length: 7 }, (_, n) => [`slot ${n}`, lessonWith({ subject: `${n}` })]));

describe('slots', () => {
  it('give each mailbox an appointment of each factory', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const { counts } = await runner.run({ mailboxes: addresses(3), factories: seven });
    expect(counts).toMatchObject({ rows: 3, done: 21 });
    for (const address of addresses(3)) {
      expect(transport.stored(address).map(({ subject }) => subject)).toEqual(['0', '1', '2', '3', '4', '5', '6']);
    }
  });

  it.each([
    [1, [1, 1, 1, 1, 1, 1, 1]],
    [3, [3, 3, 1]],
    [7, [7]],
    [10, [7]],
  ])('of one mailbox travel together, at most %i at a time', async (maxItemsPerSave, sizes) => {
    const transport = fakeTransport({ capabilities: { maxItemsPerSave } });
    const runner = await createRunner({ transport });
    await runner.run({ mailboxes: addresses(1), factories: seven });
    expect(transport.saves.map(({ items }) => items.length)).toEqual(sizes);
  });

  it('of different mailboxes never travel together', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    await runner.run({ mailboxes: addresses(4), factories: { a: lesson, b: lesson } });
    expect(transport.saves.map(({ mailbox }) => mailbox.id).toSorted()).toEqual([...addresses(4)]);
    for (const { items } of transport.saves) expect(items).toHaveLength(2);
  });

  it('fail each for itself', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const factories = { good: lesson, bad: lessonWith({ subject: '' }), better: lesson };
    const { counts, failures } = await runner.run({ mailboxes: addresses(2), factories });
    expect(counts).toMatchObject({ done: 4, rejected: 2 });
    expect(failures.map(({ slot }) => slot)).toEqual(['bad', 'bad']);
  });

  it('tell the factory their name, and have keys of their own', async () => {
    const contexts: FactoryContext[] = [];
    const factory = { getAppointment: (context: FactoryContext) => (contexts.push(context), LESSON) };
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    await runner.run({ id: 'spring', mailboxes: addresses(1), factories: { a: factory, b: factory } });
    expect(contexts.map(({ slot, runId }) => `${runId}/${slot}`)).toEqual(['spring/a', 'spring/b']);
    const keys = transport.stored('person-1@contoso.com').map(({ key }) => key);
    expect(keys).toEqual(contexts.map(({ runId, slot, mailbox }) => placementKey(runId, slot, mailbox)));
    expect(new Set(keys).size).toBe(2);
  });
});
