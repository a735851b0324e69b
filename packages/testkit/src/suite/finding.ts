import assert from 'node:assert/strict';
import { type Found, placementUid } from '@appointed/core';
import { itemFor, type Test } from './bench.js';

/** `find`: the key travels inside the item, and every match is returned. */
export function describeFinding(test: Test): void {
  test('finds the item that a receipt names by its key', async (bench) => {
    const item = itemFor(bench.mailbox(0), 'lesson');
    const receipt = await bench.save(bench.mailbox(0), item);
    const [found, ...more] = await bench.find(bench.mailbox(0), [item.key]);
    assert.equal(found?.key, item.key);
    assert.equal(found.itemId, receipt.itemId);
    assert.equal(found.iCalUid ?? receipt.iCalUid, receipt.iCalUid ?? found.iCalUid);
    assert.deepEqual(more, []);
  });

  test('finds an item under the UID that it was saved with, so that it can be told from copies', async (bench) => {
    const item = itemFor(bench.mailbox(0), 'lesson');
    await bench.save(bench.mailbox(0), item);
    const [found] = await bench.find(bench.mailbox(0), [item.key]);
    // A transport that tells no UIDs has none to tell apart; one whose server makes them says what it was to be.
    if (found?.iCalUid === undefined) return;
    assert.ok(isSavedAs(found, placementUid(item.key)), `it is found as ${found.iCalUid}`);
  });

  test('finds every item that carries a key, so that duplicates show', async (bench) => {
    const item = itemFor(bench.mailbox(0), 'twice');
    // As when it is placed again: what has the UID of something saved, too, some servers save only once.
    const again = { ...item, uid: placementUid('f'.repeat(32)) };
    const receipts = [await bench.save(bench.mailbox(0), item), await bench.save(bench.mailbox(0), again)];
    const found = await bench.find(bench.mailbox(0), [item.key]);
    assert.deepEqual(ids(found), ids(receipts));
    assert.equal(new Set(ids(found)).size, 2);
  });

  test('finds several keys at once, each match under its own key', async (bench) => {
    const mailbox = bench.mailbox(0);
    const items = ['one', 'other', 'third'].map((slot) => itemFor(mailbox, slot));
    for (const item of items) await bench.save(mailbox, item);
    const [one, other] = items.map(({ key }) => key);
    const found = await bench.find(mailbox, [one ?? '', other ?? '']);
    assert.deepEqual(found.map(({ key }) => key).toSorted(), [one, other].toSorted());
  });

  test('finds nothing for a key that no item carries', async (bench) => {
    await bench.save(bench.mailbox(0), itemFor(bench.mailbox(0), 'lesson'));
    assert.deepEqual(await bench.find(bench.mailbox(0), [itemFor(bench.mailbox(0), 'never saved').key]), []);
  });

  test('finds in the mailbox that is named and in no other', async (bench) => {
    const item = itemFor(bench.mailbox(0), 'lesson');
    await bench.save(bench.mailbox(0), item);
    assert.deepEqual(await bench.find(bench.mailbox(1), [item.key]), []);
  });
}

/** Is it the item that was saved with this UID, and no copy of it? */
export function isSavedAs({ iCalUid, savedUid }: Found, uid: string): boolean {
  return [iCalUid, savedUid].includes(uid);
}

function ids(items: readonly { readonly itemId: string }[]): readonly string[] {
  return items.map(({ itemId }) => itemId).toSorted();
}
