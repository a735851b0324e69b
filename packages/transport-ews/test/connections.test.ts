import { expect, it } from 'vitest';
import { answer, createItemResponse, saved } from './canned-answers.js';
import { cannedServer } from './canned-server.js';
import { ALFRED, call, KEY, LESSON, transportTo } from './placing.js';

const REQUEST = { mailbox: ALFRED, sendMode: 'none' as const, items: [{ key: KEY, content: LESSON }] };

it('opens no more connections than requests were ever under way at once', async () => {
  await using server = await cannedServer(answer(200, createItemResponse(saved('item'))));
  const transport = transportTo(server.url);
  // The first signs in alone.
  await transport.save(REQUEST, call());
  const saveTen = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn += 1) {
      const [outcome] = await transport.save(REQUEST, call());
      expect(outcome?.kind).toBe('done');
    }
  };
  await Promise.all(Array.from({ length: 8 }, saveTen));
  await transport.close();
  expect(server.requests).toHaveLength(81);
  expect(server.connections).toBe(8);
});

it('goes on after a server that could not be reached is there again', async () => {
  const { url } = await closedServer();
  const transport = transportTo(url);
  expect(await transport.save(REQUEST, call())).toMatchObject([
    { kind: 'deferred', error: { code: 'connection_failed' } },
  ]);
  await using server = await cannedServer(answer(200, createItemResponse(saved('item'))), Number(new URL(url).port));
  expect(await transport.save(REQUEST, call())).toMatchObject([{ kind: 'done' }]);
  await transport.close();
  expect(server.connections).toBe(1);
});

/** A server that is there no more: its port is free. */
async function closedServer(): Promise<{ readonly url: string }> {
  const server = await cannedServer(() => undefined);
  await server[Symbol.asyncDispose]();
  return server;
}
