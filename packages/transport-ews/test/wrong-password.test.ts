import type { EwsTransport } from '@appointed/transport-ews';
import { expect, it, vi } from 'vitest';
import { answer, createItemResponse, saved } from './canned-answers.js';
import { type Behaviour, cannedServer } from './canned-server.js';
import { ALFRED, call, KEY, LESSON, saveOne, transportTo } from './placing.js';

const WHOLE = createItemResponse(saved('item'));

/** Refuses everybody, but not at once. */
const refusing: Behaviour = (response, request, count) => {
  setTimeout(() => answer(401, '')(response, request, count), 20);
};

/** Saves so many times at once; the kinds of the outcomes. */
async function save(transport: EwsTransport, count: number): Promise<readonly string[]> {
  const request = { mailbox: ALFRED, sendMode: 'none' as const, items: [{ key: KEY, content: LESSON }] };
  const outcomes = await Promise.all(Array.from({ length: count }, () => transport.save(request, call())));
  return outcomes.flat().map(({ kind }) => kind);
}

it('a wrong password is not tried a second time, which could lock the account', async () => {
  await using server = await cannedServer(answer(401, ''));
  expect(await saveOne(transportTo(server.url))).toMatchObject({
    kind: 'rejected',
    scope: 'run',
    error: { code: 'sign_in_failed' },
  });
  expect(server.requests).toHaveLength(1);
});

it('a wrong password costs one failed sign-in, however many requests wait', async () => {
  await using server = await cannedServer(refusing);
  await using transport = disposable(transportTo(server.url));
  expect(await save(transport, 20)).toEqual(times(20, 'rejected'));
  expect(server.requests).toHaveLength(1);
});

it('a wrong password costs one failed sign-in also where the very first request was lost on its way', async () => {
  await using server = await cannedServer((response, request, count) => {
    if (count === 1) response.destroy();
    else refusing(response, request, count);
  });
  await using transport = disposable(transportTo(server.url));
  expect(await save(transport, 20)).toEqual(['unknown', ...times(19, 'rejected')]);
  expect(server.requests).toHaveLength(2);
});

it('a wrong password costs one failed sign-in also where what stands before Exchange answered first, and did not look', async () => {
  await using server = await cannedServer((response, request, count) => {
    if (count === 1) answer(503, '')(response, request, count);
    else refusing(response, request, count);
  });
  await using transport = disposable(transportTo(server.url));
  expect(await save(transport, 20)).toEqual(['unknown', ...times(19, 'rejected')]);
  expect(server.requests).toHaveLength(2);
});

it('a wrong password is not tried again by what had been begun, and tried again some seconds later', async () => {
  let isRight = false;
  await using server = await cannedServer((...exchange) => answer(isRight ? 200 : 401, WHOLE)(...exchange));
  await using transport = disposable(transportTo(server.url));
  expect(await save(transport, 1)).toEqual(['rejected']);
  isRight = true;
  expect(await save(transport, 1)).toEqual(['rejected']);
  expect(server.requests).toHaveLength(1);
  using _clock = laterBy(5001);
  expect(await save(transport, 1)).toEqual(['done']);
});

it('a password that is changed meanwhile costs what is under way a failed sign-in each, and what comes later nothing', async () => {
  let isRight = true;
  await using server = await cannedServer((...exchange) => answer(isRight ? 200 : 401, WHOLE)(...exchange));
  await using transport = disposable(transportTo(server.url));
  await save(transport, 1);
  isRight = false;
  await save(transport, 4);
  expect(server.requests).toHaveLength(1 + 4);
  expect(await save(transport, 20)).toEqual(times(20, 'rejected'));
  expect(server.requests).toHaveLength(1 + 4);
});

it('a password that is changed while nobody signs in costs one failed sign-in', async () => {
  let isRight = true;
  await using server = await cannedServer((...exchange) => answer(isRight ? 200 : 401, WHOLE)(...exchange));
  await using transport = disposable(transportTo(server.url));
  await save(transport, 1);
  isRight = false;
  using _clock = laterBy(10_001);
  expect(await save(transport, 20)).toEqual(times(20, 'rejected'));
  expect(server.requests).toHaveLength(1 + 1);
});

function times(count: number, kind: string): readonly string[] {
  return Array.from({ length: count }, () => kind);
}

function laterBy(ms: number): Disposable {
  const later = Date.now() + ms;
  return vi.spyOn(Date, 'now').mockImplementation(() => later);
}

function disposable(transport: EwsTransport): EwsTransport & AsyncDisposable {
  return Object.assign(transport, { [Symbol.asyncDispose]: () => transport.close() });
}
