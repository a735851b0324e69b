import { AppointedError } from '@appointed/core';
import type { FaultRule, Sandbox } from '@appointed/sandbox';
import { graph, type TokenCredential } from '@appointed/transport-graph';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { address, applicationOf, graphTo, startContoso } from './contoso.js';
import { call, MAILBOX, save, saved } from './placing.js';

let exchange: Sandbox;

beforeAll(async () => {
  exchange = await startContoso(1);
});

afterEach(() => {
  vi.useRealTimers();
  exchange.control.setFaults([]);
  exchange.control.reset();
});

afterAll(() => exchange.close());

/** A credential that counts how often it is asked, and for what. */
function counted(lifetimeMs = 3_600_000): TokenCredential & { readonly scopes: string[] } {
  const scopes: string[] = [];
  return {
    scopes,
    async getToken(scope) {
      scopes.push(scope);
      const given = await applicationOf(exchange).getToken(scope);
      return given && { ...given, expiresOnTimestamp: Date.now() + lifetimeMs };
    },
  };
}

const DENIED: FaultRule = { operation: 'POST /users/{id}/events', fault: 'status', status: 401 };

describe('a token', () => {
  it('is asked for once, for all that begin together', async () => {
    const credential = counted();
    const transport = graphTo(exchange, { credential });
    await Promise.all([1, 2, 3].map(() => transport.check(MAILBOX, call())));
    await save(transport);
    expect(credential.scopes).toEqual(['https://graph.microsoft.com/.default']);
    await transport.close();
  });

  it('is renewed before it ends, and nobody waits for that', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    const credential = counted();
    const transport = graphTo(exchange, { credential });
    await saved(transport);
    vi.setSystemTime(Date.now() + 3_400_000);
    await Promise.all([1, 2, 3].map(() => transport.check(MAILBOX, call())));
    await vi.waitFor(() => expect(credential.scopes).toHaveLength(2));
    await transport.close();
  });

  it('is asked for again when the credential has forgotten that it was asked', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    const answers = [
      new Promise<null>(() => undefined),
      applicationOf(exchange).getToken('https://graph.microsoft.com/.default'),
    ];
    const transport = graphTo(exchange, { credential: { getToken: () => answers.shift() ?? Promise.resolve(null) } });
    expect(await save(transport, { call: { timeoutMs: 20 } })).toMatchObject({ kind: 'deferred' });
    vi.setSystemTime(Date.now() + 60_000);
    await saved(transport);
    await transport.close();
  });

  it('is renewed once when the server refuses it, and the request sent once more', async () => {
    exchange.control.setFaults([{ ...DENIED, times: 1 }]);
    const credential = counted();
    const transport = graphTo(exchange, { credential });
    await saved(transport);
    expect(credential.scopes).toHaveLength(2);
    expect(exchange.items(address(0))).toHaveLength(1);
    await transport.close();
  });

  it('that is refused again stops the run', async () => {
    exchange.control.setFaults([DENIED]);
    const transport = graphTo(exchange, { credential: counted() });
    expect(await save(transport)).toMatchObject({ kind: 'rejected', scope: 'run', error: { code: 'sign_in_failed' } });
    expect(exchange.control.requests().filter(({ status }) => status === 401)).toHaveLength(2);
    await transport.close();
  });
});

describe('without a token', () => {
  it.each([
    ['a credential that refuses', () => Promise.reject(new Error('AADSTS7000215: invalid secret'))],
    ['one that gives none', () => Promise.resolve(null)],
    ['one that gives something else', () => Promise.resolve({ token: 'a b', expiresOnTimestamp: 1 })],
    ['one that does not say when it ends', () => Promise.resolve({ token: 'x' } as never)],
  ] as const)('the run stops: %s', async (_, getToken) => {
    const transport = graphTo(exchange, { credential: { getToken } });
    expect(await save(transport)).toMatchObject({ kind: 'rejected', scope: 'run', error: { code: 'sign_in_failed' } });
    await transport.close();
  });

  it('since nobody was reached, it is tried again later', async () => {
    const unreachable = Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
    const transport = graphTo(exchange, { credential: { getToken: () => Promise.reject(unreachable) } });
    expect(await save(transport)).toMatchObject({ kind: 'deferred', error: { code: 'connection_failed' } });
    await transport.close();
  });

  it('since it did not come in time, it is tried again later', async () => {
    const transport = graphTo(exchange, { credential: { getToken: () => new Promise(() => undefined) } });
    expect(await save(transport, { call: { timeoutMs: 30 } })).toMatchObject({
      kind: 'deferred',
      error: { code: 'timed_out' },
    });
    await transport.close();
  });
});

describe('options', () => {
  const credential: TokenCredential = { getToken: () => Promise.resolve(null) };

  it.each([
    ['credential', { credential: {} as never }],
    ['baseUrl', { credential, baseUrl: 'graph.microsoft.com' }],
    ['baseUrl', { credential, baseUrl: 'http://graph.microsoft.com/v1.0' }],
    ['baseUrl', { credential, baseUrl: 'https://graph.microsoft.com' }],
    ['baseUrl', { credential, baseUrl: 'https://user:secret@graph.microsoft.com/v1.0' }],
    ['unsentMeetings', { credential, unsentMeetings: 'send' as never }],
  ])('that make no sense are refused, with the name of the field: %s', (field, options) => {
    const error = thrownBy(() => graph(options));
    expect(error).toMatchObject({ code: 'invalid_options', field });
    expect(error.message).not.toContain('secret@');
  });

  it('a national cloud is asked with tokens of its own', async () => {
    const scopes: string[] = [];
    const getToken = (scope: string): Promise<null> => {
      scopes.push(scope);
      return Promise.resolve(null);
    };
    await save(graph({ credential: { getToken }, baseUrl: 'https://graph.microsoft.us/v1.0' }));
    expect(scopes).toEqual(['https://graph.microsoft.us/.default']);
  });
});

function thrownBy(act: () => unknown): AppointedError {
  try {
    act();
  } catch (error) {
    if (AppointedError.is(error)) return error;
  }
  throw new Error('nothing was thrown');
}
