import assert from 'node:assert/strict';
import { digestFields } from '@appointed/core';
import { call, itemFor, type Test } from './bench.js';
import { EVERY_FIELD, fieldsFor } from './every-field.js';
import type { TransportHarness } from './transport-harness.js';

/** `read`: what was written comes back, field by field. */
export function describeReading(test: Test, { capabilities, ownerDeeds = [] }: TransportHarness): void {
  for (const field of fieldsFor(capabilities)) {
    test(`reads ${field} as it was saved`, async (bench) => {
      const mailbox = bench.mailbox(0);
      const item = itemFor(mailbox, 'lesson', EVERY_FIELD[field]);
      const { itemId } = await bench.save(mailbox, item);
      const read = await bench.read(mailbox, itemId);
      assert.equal(read.itemId, itemId);
      assert.equal(digestFields(item.key, read.fields)[field], digestFields(item.key, item.content)[field]);
    });
  }
  describeAbsence(test);
  describeSeveral(test);
  if (ownerDeeds.includes('edit')) describeEdits(test);
}

const EMPTY = [
  'body',
  'location',
  'requiredAttendees',
  'optionalAttendees',
  'resources',
  'categories',
  'isAllDay',
  'attachments',
  'onlineMeeting',
  'customProperties',
  'recurrence',
] as const;

function describeAbsence(test: Test): void {
  test('reads that there is no reminder', async (bench) => {
    const mailbox = bench.mailbox(0);
    const { itemId } = await bench.save(mailbox, itemFor(mailbox, 'lesson', { reminder: false }));
    assert.equal((await bench.read(mailbox, itemId)).fields.reminder, false);
  });

  test('reads no value where none was saved', async (bench) => {
    const mailbox = bench.mailbox(0);
    const { itemId } = await bench.save(mailbox, itemFor(mailbox, 'lesson'));
    const { fields } = await bench.read(mailbox, itemId);
    for (const field of EMPTY) assert.equal(fields[field], undefined, field);
  });
}

function describeSeveral(test: Test): void {
  test('reads several items in the order in which they are named, and says gone in the place of one', async (bench) => {
    const mailbox = bench.mailbox(0);
    const { itemId: first } = await bench.save(mailbox, itemFor(mailbox, 'first'));
    const { itemId: gone } = await bench.save(mailbox, itemFor(mailbox, 'gone'));
    const { itemId: last } = await bench.save(mailbox, itemFor(mailbox, 'last'));
    await bench.transport.remove(mailbox, { itemId: gone, sendMode: 'none' }, call());
    const limit = (await bench.transport.route(mailbox)).capabilities.maxItemsPerSave;
    const asked = [last, gone, first].slice(0, limit);
    const outcome = await bench.transport.read(mailbox, asked, call());
    assert.equal(outcome.kind, 'done');
    const subjects = outcome.value.map((item) => (item === 'gone' ? item : item.fields.subject));
    assert.deepEqual(subjects, ['last', 'gone', 'first'].slice(0, limit));
  });

  test('reads no items when none is named', async (bench) => {
    assert.deepEqual(await bench.transport.read(bench.mailbox(0), [], call()), { kind: 'done', value: [] });
  });
}

function describeEdits(test: Test): void {
  test('reads what the owner has changed, under another change key', async (bench) => {
    const mailbox = bench.mailbox(0);
    const { itemId, changeKey } = await bench.save(mailbox, itemFor(mailbox, 'lesson'));
    await bench.owner('edit', mailbox, itemId, 'mine');
    const read = await bench.read(mailbox, itemId);
    assert.equal(read.fields.subject, 'mine');
    // A transport that tells no change keys compares fields alone.
    if (changeKey !== undefined) assert.notEqual(read.changeKey, changeKey);
  });
}
