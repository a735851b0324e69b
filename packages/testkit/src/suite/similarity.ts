import assert from 'node:assert/strict';
import type { Mailbox } from '@appointed/core';
import { type Bench, call, fields, itemFor, type KeyedAppointment, similarTo, type Test } from './bench.js';

const NINE_IN_BERLIN = {
  start: { dateTime: '2027-03-15T09:00:00', timeZone: 'Europe/Berlin' },
  end: { dateTime: '2027-03-15T10:00:00', timeZone: 'Europe/Berlin' },
};

/** `hasSimilar`: the same subject at the same moment, and nothing else. */
export function describeSimilarity(test: Test): void {
  test('knows an item with the same subject and the same start, in whichever zone', async (bench) => {
    const mailbox = bench.mailbox(0);
    const lesson = itemFor(mailbox, 'R&D <b>"x"</b> \u{1F3BE}', NINE_IN_BERLIN);
    await bench.save(mailbox, lesson);
    const { start } = fields({ start: new Date('2027-03-15T08:00:00Z') });
    assert.ok(start);
    assert.equal(await hasSimilar(bench, mailbox, lesson), true);
    const same = { ...lesson, content: { ...lesson.content, start } };
    assert.equal(await hasSimilar(bench, mailbox, same), true);
  });

  test('knows nothing similar of another subject, another start or another mailbox', async (bench) => {
    const mailbox = bench.mailbox(0);
    const lesson = itemFor(mailbox, 'lesson');
    await bench.save(mailbox, lesson);
    assert.equal(await hasSimilar(bench, mailbox, itemFor(mailbox, 'lesson 2')), false);
    assert.equal(await hasSimilar(bench, mailbox, itemFor(mailbox, 'lesson', NINE_IN_BERLIN)), false);
    assert.equal(await hasSimilar(bench, bench.mailbox(1), lesson), false);
  });

  test('knows nothing similar when it was removed', async (bench) => {
    const mailbox = bench.mailbox(0);
    const lesson = itemFor(mailbox, 'lesson');
    const { itemId } = await bench.save(mailbox, lesson);
    await bench.transport.remove(mailbox, { itemId, sendMode: 'none' }, call());
    assert.equal(await hasSimilar(bench, mailbox, lesson), false);
  });
}

async function hasSimilar({ transport }: Bench, mailbox: Mailbox, item: KeyedAppointment): Promise<boolean> {
  const outcome = await transport.hasSimilar(mailbox, similarTo(item), call());
  assert.equal(outcome.kind, 'done');
  return outcome.value;
}
