import { type Found, parseMailbox, type SaveItem } from '@appointed/core';
import type { Sandbox } from '@appointed/sandbox';
import type { EwsTransport } from '@appointed/transport-ews';
import { expect, it } from 'vitest';
import { address, startContoso } from './contoso.js';
import { call, KEY, LESSON, transportTo } from './placing.js';

const MAILBOX = parseMailbox(address(0));

async function save(transport: EwsTransport, ...keys: readonly string[]): Promise<void> {
  const items: readonly SaveItem[] = keys.map((key) => ({ key, content: LESSON }));
  for (let first = 0; first < items.length; first += 10) {
    const some = items.slice(first, first + 10);
    await transport.save({ mailbox: MAILBOX, sendMode: 'none', items: some }, call());
  }
}

async function find(transport: EwsTransport, ...keys: readonly string[]): Promise<readonly Found[]> {
  const outcome = await transport.find(MAILBOX, keys, call());
  if (outcome.kind !== 'done') throw outcome.error;
  return outcome.value;
}

async function withLesson(test: (exchange: Sandbox, transport: EwsTransport) => Promise<void>): Promise<void> {
  await using exchange = await startContoso(1);
  const transport = transportTo(exchange.ewsUrl);
  await save(transport, KEY);
  await test(exchange, transport);
  await transport.close();
}

it('an item among the recoverable ones is found as deleted, and one that was purged is not', async () => {
  await withLesson(async (exchange, transport) => {
    const [item] = exchange.items(address(0));
    if (item === undefined) throw new Error('nothing was saved');
    const left = exchange.control.delete(item, 'recoverableitems');
    expect(await find(transport, KEY)).toMatchObject([{ itemId: left?.id, place: 'deleted' }]);
    if (left !== undefined) exchange.control.delete(left, 'purge');
    expect(await find(transport, KEY)).toEqual([]);
  });
});

it('more items than fit on a page are found, wherever they are', async () => {
  await withLesson(async (exchange, transport) => {
    await save(transport, ...Array.from({ length: 449 }, () => KEY));
    exchange.control.createFolder(address(0), 'Sport');
    const stored = exchange.items(address(0));
    for (const item of stored.slice(0, 210)) exchange.control.move(item, 'Sport');
    for (const item of stored.slice(210, 220)) exchange.control.delete(item);
    const found = await find(transport, KEY);
    const count = (wanted: string): number => found.filter(({ place }) => place === wanted).length;
    expect([count('calendar'), count('elsewhere'), count('deleted')]).toEqual([230, 210, 10]);
    expect(new Set(found.map(({ itemId }) => itemId)).size).toBe(450);
  });
});

it('an item that was copied elsewhere has the key and another UID there', async () => {
  await withLesson(async (exchange, transport) => {
    const [item] = exchange.items(address(0));
    exchange.control.createFolder(address(0), 'Sport');
    if (item !== undefined) exchange.control.copy(item, 'Sport');
    const found = await find(transport, KEY);
    expect(found.map(({ place }) => place)).toEqual(['calendar', 'elsewhere']);
    expect(found[0]?.iCalUid).toBe(`${KEY}@appointed`);
    expect(found[1]?.iCalUid).not.toBe(found[0]?.iCalUid);
  });
});
