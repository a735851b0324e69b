import { ntlm } from '@appointed/transport-ews';
import { describe, expect, it, vi } from 'vitest';
import { answer, createItemResponse, saved } from './canned-answers.js';
import { cannedServer } from './canned-server.js';
import { type NtlmBehaviour, type Seen, wantingNtlm } from './ntlm-server.js';
import { ALFRED, call, KEY, LESSON, SECRET, saveOne, transportTo } from './placing.js';

const REQUEST = { mailbox: ALFRED, sendMode: 'none' as const, items: [{ key: KEY, content: LESSON }] };
const ACCOUNT = { user: 'CONTOSO\\svc', password: SECRET };

/** Saves so many times at once, one after the other; what the server saw, and the outcomes. */
async function saving(turns: readonly number[], how: Partial<NtlmBehaviour> = {}) {
  const seen: Seen = { greetings: 0, answers: [], unsigned: 0 };
  await using server = await cannedServer(wantingNtlm(seen, { body: createItemResponse(saved('item')), ...how }));
  const transport = transportTo(server.url, { credentials: ntlm(ACCOUNT) });
  const outcomes = [];
  for (const count of turns) {
    outcomes.push(...(await Promise.all(Array.from({ length: count }, () => transport.save(REQUEST, call())))).flat());
  }
  await transport.close();
  return { seen, outcomes, connections: server.connections, requests: server.requests };
}

describe('a connection signed in by NTLM', () => {
  it('is signed in once and used again, and the request is sent once, with the answer to the challenge', async () => {
    const { seen, outcomes, connections, requests } = await saving([1, 8, 8]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array.from({ length: 17 }, () => 'done'));
    expect(connections).toBe(8);
    expect(seen).toMatchObject({ greetings: 8, unsigned: 0 });
    expect(seen.answers).toHaveLength(8);
    const bodies = requests.filter(({ body }) => body !== '');
    expect(bodies).toHaveLength(17);
    expect(bodies.filter(({ headers }) => headers.authorization === undefined)).toHaveLength(9);
  });

  it('is signed in anew when the server has closed it', async () => {
    const { seen, outcomes, requests } = await saving([1, 1], { closesAfterAnswer: true });
    expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'done']);
    expect(seen).toMatchObject({ greetings: 2, unsigned: 0 });
    expect(requests.filter(({ body }) => body !== '')).toHaveLength(2);
  });

  it('is signed in once more when the server has forgotten it', async () => {
    const { seen, outcomes } = await saving([1, 1, 1], { forgets: (count) => count === 1 });
    expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'done', 'done']);
    expect(seen).toMatchObject({ greetings: 2, unsigned: 1 });
  });

  it('is opened again when it is closed behind the challenge, and the request is not sent on one that knows nobody', async () => {
    const { seen, outcomes } = await saving([1], { closesAfterChallenge: 2 });
    expect(outcomes).toMatchObject([{ kind: 'done' }]);
    expect(seen).toMatchObject({ greetings: 3, unsigned: 0 });
  });

  it('is given up when each is closed behind the challenge; nothing was sent', async () => {
    const { seen, outcomes } = await saving([1], { closesAfterChallenge: 9 });
    expect(outcomes).toMatchObject([
      { kind: 'deferred', error: { code: 'connection_failed', message: expect.stringContaining('closes') } },
    ]);
    expect(seen).toMatchObject({ greetings: 3, answers: [], unsigned: 0 });
  });

  it('costs one failed sign-in when the password is wrong, however many requests wait', async () => {
    const { seen, outcomes } = await saving([20], { isRefused: () => true });
    expect(seen.answers).toHaveLength(1);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ kind: 'rejected', scope: 'run', error: { code: 'sign_in_failed' } });
  });

  it('costs one failed sign-in when the password was changed, and all connections are lost together', async () => {
    const seen: Seen = { greetings: 0, answers: [], unsigned: 0 };
    let isRefused = false;
    const how = { body: createItemResponse(saved('item')), closesAfterAnswer: true, isRefused: () => isRefused };
    await using server = await cannedServer(wantingNtlm(seen, how));
    const transport = transportTo(server.url, { credentials: ntlm(ACCOUNT) });
    const save = () => Promise.all(Array.from({ length: 16 }, () => transport.save(REQUEST, call())));
    await save();
    expect(seen.answers).toHaveLength(16);
    isRefused = true;
    const later = Date.now() + 10_001;
    using _clock = vi.spyOn(Date, 'now').mockImplementation(() => later);
    const outcomes = (await save()).flat();
    await transport.close();
    expect(seen.answers).toHaveLength(17);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ kind: 'rejected', scope: 'run' });
  });

  it('is sent no request once it is signed in no more and the sign-in that follows is refused', async () => {
    let isRefused = false;
    const { seen } = await saving([1, 1, 1], {
      forgets: () => (isRefused = true),
      isRefused: () => isRefused,
    });
    expect(seen.answers).toHaveLength(2);
    expect(seen.unsigned).toBe(1);
  });
});

it('what does not ask to sign in by NTLM is no Exchange: the run stops, and nothing was sent', async () => {
  await using server = await cannedServer(answer(200, 'Welcome!'));
  expect(await saveOne(transportTo(server.url, { credentials: ntlm(ACCOUNT) }))).toMatchObject({
    kind: 'rejected',
    scope: 'run',
    error: { code: 'sign_in_failed', message: expect.stringContaining('answered 200') },
  });
  expect(server.requests.map(({ body }) => body)).toEqual(['']);
});
