import { type Call, type Found, parseAppointment, parseMailbox, placementUid } from '@appointed/core';
import { beforeEach, describe, expect, it } from 'vitest';
import { type FakeTransport, fakeTransport } from '@appointed/testkit';

const ALFRED = 'alfred@contoso.com';
const mailbox = parseMailbox(ALFRED);
const key = 'k'.repeat(32);
const start = new Date('2027-01-15T09:00:00Z');
const content = parseAppointment({ subject: 'Lesson', start, end: start, location: 'Court 1', categories: [] });

let transport: FakeTransport;
let itemId: string;
beforeEach(async () => {
  transport = fakeTransport();
  await transport.save({ mailbox, sendMode: 'none', items: [{ key, content }] }, call());
  itemId = transport.stored(ALFRED)[0]?.itemId ?? '';
});

function call(): Call {
  return { signal: new AbortController().signal, sendBy: Number.POSITIVE_INFINITY, timeoutMs: 1000 };
}

async function found(): Promise<readonly Found[]> {
  const outcome = await transport.find(mailbox, [key], call());
  return outcome.kind === 'done' ? outcome.value : [];
}

describe('the owner of a mailbox of fakeTransport', () => {
  it('moves an item, which is then elsewhere and has another id', async () => {
    const moved = transport.owner.move(ALFRED, itemId);
    expect(moved.itemId).not.toBe(itemId);
    expect(await found()).toEqual([{ ...moved, key, place: 'elsewhere' }]);
    expect(transport.stored(ALFRED)).toHaveLength(1);
  });

  it('copies an item: the same key and another UID', async () => {
    const copy = transport.owner.copy(ALFRED, itemId);
    const [original, ...copies] = await found();
    expect(original).toMatchObject({ itemId, iCalUid: placementUid(key) });
    expect(copies).toEqual([{ ...copy, key, place: 'calendar' }]);
    expect(copy.iCalUid).not.toBe(original?.iCalUid);
  });

  it('deletes an item, which is still found, and purges it, which leaves nothing', async () => {
    const deleted = transport.owner.delete(ALFRED, itemId);
    expect(await found()).toEqual([{ ...deleted, key, place: 'deleted' }]);
    expect(transport.stored(ALFRED)).toEqual([]);
    transport.owner.purge(ALFRED, deleted.itemId);
    expect(await found()).toEqual([]);
  });

  it('edits fields, as a factory would write them, and leaves the others alone', async () => {
    const { changeKey } = transport.owner.edit(ALFRED, itemId, { location: '', start: new Date(0) });
    const outcome = await transport.read(mailbox, [itemId], call());
    const { location: _gone, categories, requiredAttendees, optionalAttendees, resources, ...others } = content;
    expect([categories, requiredAttendees, optionalAttendees, resources].flat()).toEqual([]);
    const fields = { ...others, start: { ...content.start, epochMs: 0, dateTime: '1970-01-01T00:00:00' } };
    expect(outcome).toEqual({ kind: 'done', value: [{ itemId, changeKey, fields }] });
  });

  it('is told when there is no such item', () => {
    for (const act of [transport.owner.move, transport.owner.copy, transport.owner.delete, transport.owner.purge]) {
      expect(() => act(ALFRED, 'another')).toThrow('alfred@contoso.com has no item another');
    }
  });
});
