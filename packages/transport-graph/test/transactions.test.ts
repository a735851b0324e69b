import { placementUid } from '@appointed/core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Sandbox } from '@appointed/sandbox';
import type { GraphTransport } from '@appointed/transport-graph';
import { address, graphTo, startContoso } from './contoso.js';
import { call, done, KEY, MAILBOX, save, saved } from './placing.js';

let exchange: Sandbox;
let transport: GraphTransport;

beforeAll(async () => {
  exchange = await startContoso(1);
  transport = graphTo(exchange);
});

afterEach(() => exchange.control.reset());

afterAll(async () => {
  await transport.close();
  await exchange.close();
});

it('what is sent again is saved once', async () => {
  const first = await saved(transport);
  expect(await saved(transport)).toMatchObject({ itemId: first.itemId, iCalUid: first.iCalUid });
  expect(exchange.items(address(0))).toHaveLength(1);
});

it('what is sent again with another content may be there, and is then found', async () => {
  const { itemId } = await saved(transport);
  const again = await save(transport, { lesson: { subject: 'Another lesson' } });
  expect(again).toMatchObject({ kind: 'unknown', error: { server: { code: 'ErrorDuplicateTransactionId' } } });
  expect(done(await transport.find(MAILBOX, [KEY], call()))).toMatchObject([{ itemId, place: 'calendar' }]);
});

it('what is placed again after it was taken back is another transaction, and found by the same key', async () => {
  const { itemId } = await saved(transport);
  await transport.remove(MAILBOX, { itemId, sendMode: 'none' }, call());
  const uid = placementUid('f'.repeat(32));
  const again = await saved(transport, { item: { uid } });
  expect(again.itemId).not.toBe(itemId);
  expect(done(await transport.find(MAILBOX, [KEY], call()))).toMatchObject([{ itemId: again.itemId, savedUid: uid }]);
});

it('a copy that its owner made has no UID that it was saved with', async () => {
  const { itemId, iCalUid } = await saved(transport);
  const [item] = exchange.items(address(0));
  exchange.control.copy({ mailbox: address(0), id: item?.id ?? '' });
  const found = done(await transport.find(MAILBOX, [KEY], call()));
  expect(found).toHaveLength(2);
  expect(found[0]).toMatchObject({ itemId, iCalUid, savedUid: placementUid(KEY) });
  expect(found[1]).not.toHaveProperty('savedUid');
});

it('the key travels in the named property of EWS', async () => {
  await saved(transport);
  expect(exchange.items(address(0))[0]?.extendedProperties).toEqual({
    'String {5f9c1a52-8d4e-4f0b-9a3e-6c7d21b0e8f4} Name AppointedKey': KEY,
  });
});
