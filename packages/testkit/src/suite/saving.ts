import assert from 'node:assert/strict';
import type { SendMode } from '@appointed/core';
import { call, itemFor, type Test } from './bench.js';
import type { TransportHarness } from './transport-harness.js';

const AT_ONCE = 50;

/** `route` and `save`: everything arrives, whole, where it belongs. */
export function describeSaving(test: Test, { name, capabilities }: TransportHarness): void {
  describeRoute(test, name, capabilities);
  describeContent(test);
  for (const sendMode of capabilities.sendModes) describeMeeting(test, sendMode);
  if (capabilities.maxItemsPerSave > 1) describeBatch(test, Math.min(capabilities.maxItemsPerSave, 5));

  test('saves an appointment in the calendar of the mailbox that the request names', async (bench) => {
    const item = itemFor(bench.mailbox(0), 'lesson');
    const receipt = await bench.save(bench.mailbox(0), item);
    assert.ok(receipt.itemId, 'the receipt names the item');
    const [stored, ...more] = await bench.stored(bench.mailbox(0));
    assert.equal(stored?.subject, 'lesson');
    assert.equal(stored.key ?? item.key, item.key);
    assert.deepEqual(more, []);
  });

  test(`saves for ${AT_ONCE} mailboxes at once, each item in the right calendar and nowhere else`, async (bench) => {
    const mailboxes = Array.from({ length: AT_ONCE }, (_, n) => bench.mailbox(n));
    await Promise.all(mailboxes.map((mailbox) => bench.save(mailbox, itemFor(mailbox, `for ${mailbox.id}`))));
    for (const mailbox of mailboxes) {
      const subjects = (await bench.stored(mailbox)).map(({ subject }) => subject);
      assert.deepEqual(subjects, [`for ${mailbox.id}`]);
    }
  });
}

function describeRoute(test: Test, name: string, capabilities: TransportHarness['capabilities']): void {
  test('has the name and declares the capabilities that the harness tells', async (bench) => {
    const route = await bench.transport.route(bench.mailbox(0));
    assert.equal(bench.transport.name, name);
    assert.deepEqual([...route.capabilities.sendModes].toSorted(), [...capabilities.sendModes].toSorted());
    assert.equal(route.capabilities.maxItemsPerSave, capabilities.maxItemsPerSave);
    assert.equal(route.capabilities.maxAttachmentBytes ?? 0, capabilities.maxAttachmentBytes ?? 0);
    assert.equal(route.capabilities.onlineMeetings ?? false, capabilities.onlineMeetings ?? false);
    assert.deepEqual(route.capabilities.unchangeableFields ?? [], capabilities.unchangeableFields ?? []);
    assert.ok(capabilities.maxItemsPerSave >= 1);
    for (const { id, maxInFlight = 1 } of route.lanes) assert.ok(id !== '' && maxInFlight >= 1, `lane ${id}`);
  });
}

function describeContent(test: Test): void {
  test('saves markup, emoji, control characters and lone surrogates, less what XML 1.0 forbids', async (bench) => {
    const given =
      'R&D <b>"x"</b> \u0000\u0007it\u2019s \uD83C\uDFBE \uD800caf\u00E9\uDC00 ]]> &amp; \uFFFE\uFFFF\u001Fend';
    const kept = 'R&D <b>"x"</b> it\u2019s \uD83C\uDFBE caf\u00E9 ]]> &amp; end';
    const texts = { subject: given, location: given, body: `${given}\n\tsecond line` };
    await bench.save(bench.mailbox(0), itemFor(bench.mailbox(0), 'lesson', texts));
    const [stored] = await bench.stored(bench.mailbox(0));
    assert.equal(stored?.subject, kept);
    assert.equal(stored.location ?? kept, kept);
    assert.equal(stored.body ?? `${kept}\n\tsecond line`, `${kept}\n\tsecond line`);
  });

  test('saves a wall time in a zone with daylight saving as the moment that it is', async (bench) => {
    const times = {
      start: { dateTime: '2027-07-01T09:00:00', timeZone: 'America/New_York' },
      end: { dateTime: '2027-07-01T10:00:00', timeZone: 'Eastern Standard Time' },
    };
    await bench.save(bench.mailbox(0), itemFor(bench.mailbox(0), 'summer', times));
    const [stored] = await bench.stored(bench.mailbox(0));
    assert.equal(stored?.subject, 'summer');
    const nineInNewYork = Date.UTC(2027, 6, 1, 13);
    assert.equal(stored.start ?? nineInNewYork, nineInNewYork);
  });
}

function describeMeeting(test: Test, sendMode: SendMode): void {
  test(`saves a meeting with the send mode ${sendMode}`, async (bench) => {
    const invited = {
      requiredAttendees: ['required@contoso.com'],
      optionalAttendees: [{ address: 'optional@contoso.com', name: 'Opal "O" <R&D>' }],
      resources: ['room@contoso.com'],
    };
    const item = itemFor(bench.mailbox(0), 'meeting', invited);
    const receipt = await bench.save(bench.mailbox(0), item, sendMode);
    const found = await bench.find(bench.mailbox(0), [item.key]);
    assert.deepEqual(
      found.map(({ itemId }) => itemId),
      [receipt.itemId],
    );
  });
}

function describeBatch(test: Test, size: number): void {
  test(`answers a save of ${size} items with one outcome for each, in their order`, async (bench) => {
    const mailbox = bench.mailbox(0);
    const items = Array.from({ length: size }, (_, n) => itemFor(mailbox, `item ${n}`));
    const outcomes = await bench.transport.save({ mailbox, sendMode: 'none', items }, call());
    assert.equal(outcomes.length, size);
    for (const [n, outcome] of outcomes.entries()) {
      assert.equal(outcome.kind, 'done');
      const found = await bench.find(mailbox, [items[n]?.key ?? '']);
      assert.deepEqual(
        found.map(({ itemId }) => itemId),
        [outcome.value.itemId],
      );
    }
    assert.equal((await bench.stored(mailbox)).length, size);
  });
}
