import type { FaultRule, Sandbox } from '@appointed/sandbox';
import type { GraphTransport } from '@appointed/transport-graph';
import { parseMailbox } from '@appointed/core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { address, graphTo, startContoso } from './contoso.js';
import { call, KEY, MAILBOX, save, saved } from './placing.js';

let exchange: Sandbox;
let transport: GraphTransport;

beforeAll(async () => {
  exchange = await startContoso(1);
  transport = graphTo(exchange);
});

afterEach(() => {
  exchange.control.setFaults([]);
  exchange.control.reset();
});

afterAll(async () => {
  await transport.close();
  await exchange.close();
});

const SAVING = 'POST /users/{id}/events';
const LANE = `graph:mailbox:${address(0)}`;

function make(fault: FaultRule): void {
  exchange.control.setFaults([{ ...fault, operation: SAVING }]);
}

function writes(): number {
  return exchange.control.requests().filter(({ operation }) => operation === SAVING).length;
}

describe('a save is put off', () => {
  it('at 429, for as long as Retry-After says, fractions of a second included', async () => {
    make({ fault: 'busy', backOffMs: 1500 });
    expect(await save(transport)).toMatchObject({
      kind: 'deferred',
      pause: { lane: LANE, ms: 1500 },
      error: { code: 'server_busy', mailbox: address(0), server: { httpStatus: 429, backOffMs: 1500 } },
    });
  });

  it('at 429 that does not say for how long', async () => {
    make({ fault: 'status', status: 429 });
    const outcome = await save(transport);
    expect(outcome).toMatchObject({ kind: 'deferred', error: { code: 'server_busy' } });
    expect(outcome).not.toHaveProperty('pause');
  });
});

describe('it is not known whether a save was done, and it is not repeated,', () => {
  it.each([
    ['503 with the event stored', { fault: 'status', status: 503, retryAfter: 2, stored: 'before' }],
    ['503 in words of Graph', { fault: 'busy', status: 503, stored: 'before' }],
    ['504', { fault: 'status', status: 504, stored: 'before' }],
    ['502 with a page', { fault: 'status', status: 502, body: 'html', stored: 'before' }],
    ['500', { fault: 'error', code: 'ErrorInternalServerError', stored: 'before' }],
    ['a connection that breaks', { fault: 'reset', stored: 'before' }],
    ['an answer that is cut off', { fault: 'cut' }],
  ] satisfies [string, FaultRule][])('at %s', async (_, fault) => {
    make(fault);
    expect(await save(transport)).toMatchObject({ kind: 'unknown', error: { mailbox: address(0) } });
    expect(writes()).toBe(1);
    exchange.control.setFaults([]);
    expect(await transport.find(MAILBOX, [KEY], call())).toMatchObject({ kind: 'done', value: [{ key: KEY }] });
  });

  it('at 503, whose Retry-After is told', async () => {
    make({ fault: 'status', status: 503, retryAfter: 2.5 });
    expect(await save(transport)).toMatchObject({ kind: 'unknown', error: { server: { backOffMs: 2500 } } });
  });
});

describe('a save is refused', () => {
  it.each([
    ['a mailbox outside of the scope', 'president@contoso.com', 'ErrorAccessDenied', 403],
    ['nobody of that name', 'nobody@contoso.com', 'ErrorInvalidUser', 404],
    ['a mailbox that lives on premises', 'cellar@contoso.com', 'MailboxNotEnabledForRESTAPI', 404],
  ])('for %s', async (_, name, code, httpStatus) => {
    expect(await save(transport, { mailbox: parseMailbox(name) })).toMatchObject({
      kind: 'rejected',
      scope: 'mailbox',
      error: { code: 'server_rejected', mailbox: name, server: { code, httpStatus } },
    });
  });

  it('for a mailbox that is named by a SID that the directory does not tell, and nothing is saved', async () => {
    const sid = 'S-1-5-21-1004336348-1177238915-682003330-512';
    expect(await save(transport, { mailbox: parseMailbox({ sid }) })).toMatchObject({
      kind: 'rejected',
      scope: 'mailbox',
      error: { code: 'unsupported', mailbox: sid },
    });
    expect(writes()).toBe(0);
  });

  it('for what Graph does not take, and others go on', async () => {
    make({ fault: 'error', code: 'ErrorPropertyValidationFailure', status: 400, times: 1 });
    expect(await save(transport)).toMatchObject({ kind: 'rejected', scope: 'placement' });
    await saved(transport);
  });

  it('for everybody where Graph is elsewhere', async () => {
    make({ fault: 'status', status: 302 });
    expect(await save(transport)).toMatchObject({ kind: 'rejected', scope: 'run' });
  });
});

it('errors name the request as the server and as we do', async () => {
  const outcome = await save(transport, { mailbox: parseMailbox('nobody@contoso.com') });
  if (outcome.kind === 'done') throw new Error('it was saved');
  const { requestId, clientRequestId, message } = outcome.error.server ?? {};
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(clientRequestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(message).toBe("The requested user 'nobody@contoso.com' is invalid.");
});

it('a receipt names the request', async () => {
  expect((await saved(transport)).requestId).toMatch(/^[0-9a-f-]{36}$/);
});
