import { describe, expect, test, vi } from 'vitest';
import { type FaultRule, type Sandbox, startSandbox } from '../src/index.js';
import { sandboxTest as base, contoso } from '../src/vitest.js';
import { certificate } from './certificate.js';
import { NEGOTIATE_MESSAGE, NtlmClient, answerTo } from './ntlm-client.js';

const sandboxTest = base.extend({ sandboxOptions: { ...contoso, signIn: ['ntlm'] } });

/** What becomes of three requests, each on the connection of the one before if there still is one. */
async function statuses(sandbox: Sandbox, rules: readonly FaultRule[]): Promise<(number | string)[]> {
  sandbox.control.setFaults(rules);
  const seen: (number | string)[] = [];
  await using client = new NtlmClient(sandbox.url);
  const say = ({ status }: { status: number }) => seen.push(status);
  const fail = () => seen.push('lost');
  await client.signIn().then(say, fail);
  await client.send().then(say, fail);
  await client.send().then(say, fail);
  return seen;
}

describe('a fault', () => {
  sandboxTest('breaks a handshake before its challenge', async ({ sandbox }) => {
    expect(await statuses(sandbox, [{ fault: 'reset', operation: 'NtlmNegotiate' }])).toEqual(['lost', 401, 401]);
    expect(sandbox.control.signIns()).toMatchObject({ challenges: 0, signedIn: 0 });
  });

  sandboxTest('closes the connection after the challenge', async ({ sandbox }) => {
    expect(await statuses(sandbox, [{ fault: 'close', operation: 'NtlmNegotiate' }])).toEqual([401, 401, 401]);
    expect(sandbox.control.signIns()).toMatchObject({ challenges: 1, signedIn: 0, refused: { noChallenge: 1 } });
  });

  sandboxTest('breaks the answer to a challenge', async ({ sandbox }) => {
    expect(await statuses(sandbox, [{ fault: 'reset', operation: 'NtlmAuthenticate' }])).toEqual(['lost', 401, 401]);
    expect(sandbox.control.signIns()).toMatchObject({ challenges: 1, signedIn: 0 });
  });

  sandboxTest('closes the connection after a handshake whose request is carried out', async ({ sandbox }) => {
    expect(await statuses(sandbox, [{ fault: 'close', operation: 'NtlmAuthenticate' }])).toEqual([200, 401, 401]);
  });

  sandboxTest('cuts the answer to the request that ends a handshake', async ({ sandbox }) => {
    expect(await statuses(sandbox, [{ fault: 'cut', operation: 'NtlmAuthenticate' }])).toEqual(['lost', 401, 401]);
    expect(sandbox.control.requests()).toContainEqual(
      expect.objectContaining({ operation: 'GetFolder', ending: 'cut', codes: ['NoError'] }),
    );
  });

  sandboxTest('answers in the place of a handshake', async ({ sandbox }) => {
    const rules = [{ fault: 'status', status: 503, operation: 'NtlmAuthenticate', times: 1 }] as const;
    expect(await statuses(sandbox, rules)).toEqual([503, 401, 401]);
  });

  sandboxTest('answers that the server is busy before anybody has signed in', async ({ sandbox }) => {
    sandbox.control.setFaults([{ fault: 'busy', operation: 'NtlmNegotiate' }]);
    await using client = new NtlmClient(sandbox.url);
    expect((await client.token(NEGOTIATE_MESSAGE)).status).toBe(500);
    expect(sandbox.control.report().requests.byCode).toEqual({ ErrorServerBusy: 1 });
  });

  sandboxTest('delays a handshake, which then goes on', async ({ sandbox }) => {
    const rules = [{ fault: 'latency', ms: 5, operation: ['NtlmNegotiate', 'NtlmAuthenticate'] }] as const;
    expect(await statuses(sandbox, rules)).toEqual([200, 200, 200]);
    expect(sandbox.control.report().requests.byFault).toEqual({ latency: 2 });
  });

  sandboxTest('is over with a client that gives up while its handshake is delayed', async ({ sandbox }) => {
    sandbox.control.setFaults([{ fault: 'latency', ms: 60, operation: 'NtlmAuthenticate' }]);
    const client = new NtlmClient(sandbox.url);
    const { negotiate, challenge } = await client.begin();
    const lost = client.token(answerTo(negotiate, challenge)).catch(() => 'lost');
    await vi.waitUntil(() => sandbox.control.report().requests.inFlight === 1);
    await client[Symbol.asyncDispose]();
    expect(await lost).toBe('lost');
    await vi.waitUntil(() => sandbox.control.report().requests.inFlight === 0);
    expect(sandbox.control.requests().at(-1)).toMatchObject({ ending: 'gone' });
  });

  sandboxTest('ends each connection after as many requests', async ({ sandbox }) => {
    const rules = [{ fault: 'close', operation: 'GetFolder', per: 'connection', after: 1 }] as const;
    expect(await statuses(sandbox, rules)).toEqual([200, 200, 401]);
    expect(await statuses(sandbox, [...rules])).toEqual([200, 200, 401]);
  });

  test.each(['reset', 'cut'] as const)('breaks a connection over TLS, and the sandbox goes on: %s', async (fault) => {
    const { ca, ...tls } = await certificate();
    const faults = [{ fault, operation: 'GetFolder', times: 1 }] as const;
    await using sandbox = await startSandbox({ ...contoso, signIn: ['ntlm'], tls, faults });
    await using client = new NtlmClient(sandbox.url, { ca });
    expect(await client.signIn().catch(() => 'lost')).toBe('lost');
    expect(await client.signIn()).toMatchObject({ status: 200 });
    expect(sandbox.control.requests()).toContainEqual(expect.objectContaining({ ending: fault }));
  });
});
