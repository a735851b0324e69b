import assert from 'node:assert/strict';
import { placementUid } from '@appointed/core';
import { itemFor, type Test } from './bench.js';
import { isSavedAs } from './finding.js';
import type { OwnerDeeds } from './transport-harness.js';

/** `find`, after owners have been at work: wherever an item is now, it is found, and the place is told. */
export function describeFindingEverywhere(test: Test, deeds: readonly (keyof OwnerDeeds)[]): void {
  const places = [
    ['move', 'elsewhere'],
    ['delete', 'deleted'],
  ] as const;
  for (const [deed, place] of places.filter(([deed]) => deeds.includes(deed))) {
    test(`finds an item after the owner's ${deed}, and says that it is ${place}`, async (bench) => {
      const mailbox = bench.mailbox(0);
      const item = itemFor(mailbox, 'lesson');
      const { itemId, iCalUid } = await bench.save(mailbox, item);
      await bench.owner(deed, mailbox, itemId);
      const [found, ...more] = await bench.find(mailbox, [item.key]);
      assert.equal(found?.key, item.key);
      assert.equal(found.place, place);
      assert.equal(found.iCalUid ?? iCalUid, iCalUid ?? found.iCalUid);
      assert.deepEqual(more, []);
      assert.equal((await bench.read(mailbox, found.itemId)).fields.subject, 'lesson');
    });
  }
  if (deeds.includes('copy')) describeCopies(test);
}

function describeCopies(test: Test): void {
  test("finds the owner's copy of an item as well, with another id and another UID", async (bench) => {
    const mailbox = bench.mailbox(0);
    const item = itemFor(mailbox, 'lesson');
    const { itemId } = await bench.save(mailbox, item);
    await bench.owner('copy', mailbox, itemId);
    const found = await bench.find(mailbox, [item.key]);
    assert.deepEqual(
      found.map(({ key, place }) => ({ key, place })),
      [item, item].map(({ key }) => ({ key, place: 'calendar' })),
    );
    const [original, copy] = found.toSorted((a, b) => Number(b.itemId === itemId) - Number(a.itemId === itemId));
    assert.equal(original?.itemId, itemId);
    assert.notEqual(copy?.itemId, itemId);
    // A transport that tells no UIDs has none to tell apart.
    if (original.iCalUid === undefined || copy === undefined) return;
    assert.notEqual(copy.iCalUid, original.iCalUid);
    assert.ok(!isSavedAs(copy, placementUid(item.key)), 'the copy is taken for the original');
  });
}
