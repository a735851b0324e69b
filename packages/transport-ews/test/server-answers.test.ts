import type { Outcome, Receipt } from '@appointed/core';
import { describe, expect, it } from 'vitest';
import { answer, createItemResponse, refused, saved, soapFault } from './canned-answers.js';
import { type Behaviour, cannedServer } from './canned-server.js';
import { ALFRED, call, KEY, LESSON, SECRET, saveOne, transportTo } from './placing.js';

async function outcomeOf(behaviour: Behaviour): Promise<Outcome<Receipt>> {
  await using server = await cannedServer(behaviour);
  const outcome = await saveOne(transportTo(server.url));
  // Whatever the server does, a write is sent once.
  expect(server.requests).toHaveLength(1);
  expect(JSON.stringify(outcome)).not.toContain(SECRET);
  return outcome;
}

const HTML = '<!DOCTYPE html><html><body><h1>Service Unavailable</h1></body></html>';
const WHOLE = createItemResponse(saved('item'));

describe('an answer that says what happened', () => {
  it('is done, with the receipt', async () => {
    const outcome = await outcomeOf(answer(200, WHOLE, { 'request-id': 'r-1' }));
    expect(outcome).toEqual({
      kind: 'done',
      value: {
        itemId: 'item',
        changeKey: 'ck-item',
        iCalUid: '0123456789abcdef0123456789abcdef@appointed',
        requestId: 'r-1',
      },
    });
  });

  it.each([
    ['ErrorNonExistentMailbox', 'rejected', 'mailbox'],
    ['ErrorImpersonateUserDenied', 'rejected', 'mailbox'],
    ['ErrorCannotFindUser', 'rejected', 'mailbox'],
    ['ErrorQuotaExceeded', 'rejected', 'mailbox'],
    ['ErrorImpersonationDenied', 'rejected', 'run'],
    ['ErrorCalendarEndDateIsEarlierThanStartDate', 'rejected', 'placement'],
    ['ErrorInvalidRecipients', 'rejected', 'placement'],
    ['ErrorMessageSizeExceeded', 'rejected', 'mailbox'],
    ['ErrorTimeoutExpired', 'unknown', undefined],
    ['ErrorInternalServerError', 'unknown', undefined],
    ['ErrorMailboxStoreUnavailable', 'unknown', undefined],
    ['ErrorItemSave', 'unknown', undefined],
    ['ErrorServerBusy', 'deferred', undefined],
    ['ErrorBatchProcessingStopped', 'deferred', undefined],
  ])('as a response message with %s is %s', async (code, kind, scope) => {
    const outcome = await outcomeOf(answer(200, createItemResponse(refused(code))));
    expect(outcome).toMatchObject({ kind, ...(scope === undefined ? {} : { scope }) });
    expect(outcome).toMatchObject({
      error: { mailbox: 'alfred@contoso.com', server: { code, message: 'Said the server.' } },
    });
  });

  it.each([
    ['ErrorNonExistentMailbox', 500, 'rejected'],
    ['ErrorImpersonateUserDenied', 500, 'rejected'],
    ['ErrorSchemaValidation', 500, 'rejected'],
    ['ErrorServerBusy', 500, 'deferred'],
    ['ErrorServerBusy', 503, 'deferred'],
    ['ErrorInternalServerError', 500, 'unknown'],
    ['ErrorNonExistentMailbox', 200, 'rejected'],
  ])('as a fault with %s and HTTP %i is %s', async (code, status, kind) => {
    const outcome = await outcomeOf(answer(status, soapFault(code)));
    expect(outcome).toMatchObject({ kind, error: { server: { code, httpStatus: status } } });
  });

  it('is found where only the fault code names it', async () => {
    const body = soapFault('ErrorCannotFindUser').replace(/<detail>.*<\/detail>/, '');
    expect(await outcomeOf(answer(200, body))).toMatchObject({
      kind: 'rejected',
      scope: 'mailbox',
      error: { server: { code: 'ErrorCannotFindUser' } },
    });
  });

  it.each([
    ['E-3330: impersonation: user not found', 'ErrorCannotFindUser'],
    ['E-3243: insufficient permissions to impersonate user', 'ErrorImpersonateUserDenied'],
  ])('is found where only a text of gromox names it: %s', async (text, code) => {
    const body = soapFault('Server')
      .replace(/<detail>.*<\/detail>/, '')
      .replace(/(<faultstring[^>]*>)[^<]*/, `$1${text}`);
    expect(await outcomeOf(answer(500, body))).toMatchObject({
      kind: 'rejected',
      scope: 'mailbox',
      error: { server: { code, message: text } },
    });
  });

  it('is busy for as long as BackOffMilliseconds says, on the lane of the mailbox', async () => {
    const busy = refused('ErrorServerBusy', { BackOffMilliseconds: '297749' });
    expect(await outcomeOf(answer(200, createItemResponse(busy)))).toMatchObject({
      kind: 'deferred',
      pause: { lane: 'ews:mailbox:alfred@contoso.com', ms: 297_749 },
      error: { code: 'server_busy', server: { backOffMs: 297_749 } },
    });
  });

  it('is busy where the busy answer is wrapped in an internal error', async () => {
    const wrapped = refused('ErrorInternalServerError', {
      InnerErrorResponseCode: 'ErrorServerBusy',
      InnerErrorMessageText: 'Busy.',
    });
    expect(await outcomeOf(answer(200, createItemResponse(wrapped)))).toMatchObject({ kind: 'deferred' });
  });

  it('names the primary address where the server does', async () => {
    const named = refused('ErrorNonPrimarySmtpAddress', { Primary: 'alfred.smith@contoso.com' });
    expect(await outcomeOf(answer(200, createItemResponse(named)))).toMatchObject({
      kind: 'rejected',
      again: { primaryAddress: 'alfred.smith@contoso.com' },
    });
  });

  it.each([
    ['3', 3000],
    ['0.25', 250],
    ['99999999', 3_600_000],
    [['2', '30'], 2000],
  ])('is deferred for HTTP 429 with Retry-After %s', async (header, ms) => {
    expect(await outcomeOf(answer(429, '', { 'retry-after': header }))).toMatchObject({
      kind: 'deferred',
      pause: { ms },
      error: { code: 'server_busy' },
    });
  });

  it('keeps what the server says for its administrators', async () => {
    const headers = { 'request-id': 'r-7', 'x-feserver': 'EX01', 'x-ms-diagnostics': '2000001;reason="denied"' };
    expect(await outcomeOf(answer(500, soapFault('ErrorAccessDenied'), headers))).toMatchObject({
      error: {
        server: {
          requestId: 'r-7',
          frontEnd: 'EX01',
          diagnostics: '2000001;reason="denied"',
          clientRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        },
      },
    });
  });
});

describe('an answer that does not say what happened', () => {
  it.each<[string, Behaviour, string]>([
    ['HTML with 200', answer(200, HTML), 'response_unreadable'],
    ['HTML with 500', answer(500, HTML), 'server_failed'],
    ['500 and an empty body', answer(500, ''), 'server_failed'],
    ['500 and plain text', answer(500, 'Internal Server Error'), 'server_failed'],
    ['500 and half a fault', answer(500, soapFault('ErrorServerBusy').slice(0, 300)), 'server_failed'],
    ['502', answer(502, HTML), 'server_failed'],
    ['503', answer(503, HTML, { 'retry-after': '5' }), 'server_failed'],
    ['504', answer(504, ''), 'server_failed'],
    ['a response that is cut off', answer(200, WHOLE.slice(0, -40)), 'response_unreadable'],
    ['another protocol’s XML', answer(200, '<feed><entry/></feed>'), 'response_unreadable'],
    ['fewer results than items', answer(200, createItemResponse()), 'response_unreadable'],
    ['success without an item', answer(200, WHOLE.replace(/<t:ItemId[^>]*>/, '')), 'response_unreadable'],
    ['a document type declaration', answer(200, `<!DOCTYPE a [<!ENTITY b "c">]>${WHOLE}`), 'response_unreadable'],
  ])('is unknown for %s', async (_name, behaviour, code) => {
    expect(await outcomeOf(behaviour)).toMatchObject({
      kind: 'unknown',
      error: { code, mailbox: 'alfred@contoso.com' },
    });
  });

  it('is unknown when the connection breaks before the answer', async () => {
    const outcome = await outcomeOf((response) => response.socket?.resetAndDestroy());
    expect(outcome).toMatchObject({ kind: 'unknown', error: { code: 'connection_lost' } });
  });

  it('is unknown when the connection breaks in the middle of the answer', async () => {
    const outcome = await outcomeOf((response) => {
      response.writeHead(200, { 'content-length': String(WHOLE.length) });
      response.write(WHOLE.slice(0, 100), () => response.socket?.resetAndDestroy());
    });
    expect(outcome).toMatchObject({ kind: 'unknown', error: { code: 'connection_lost' } });
  });

  it('is unknown when no answer comes in time', async () => {
    await using server = await cannedServer(() => undefined);
    const outcome = await saveOne(transportTo(server.url), { timeoutMs: 150 });
    expect(outcome).toMatchObject({ kind: 'unknown', error: { code: 'timed_out' } });
    // The server's log knows the request by its id.
    const [request] = server.requests;
    expect(outcome).toMatchObject({ error: { server: { clientRequestId: request?.headers['client-request-id'] } } });
  });

  it('is unknown when the answer trickles past the deadline', async () => {
    await using server = await cannedServer((response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(timer));
    });
    const outcome = await saveOne(transportTo(server.url), { timeoutMs: 150 });
    expect(outcome).toMatchObject({ kind: 'unknown', error: { code: 'timed_out' } });
  });

  it('is unknown when the run is aborted while the server is at work', async () => {
    const abort = new AbortController();
    await using server = await cannedServer(() => abort.abort());
    const outcome = await saveOne(transportTo(server.url), { signal: abort.signal });
    expect(outcome).toMatchObject({ kind: 'unknown', error: { code: 'aborted' } });
  });
});

describe('an answer that says that nothing was done', () => {
  it.each<[string, Behaviour, object]>([
    ['401', answer(401, ''), { scope: 'run', error: { code: 'sign_in_failed' } }],
    ['403', answer(403, HTML), { scope: 'mailbox', error: { code: 'server_rejected' } }],
    ['404', answer(404, HTML), { scope: 'mailbox', error: { code: 'server_rejected' } }],
    ['456', answer(456, ''), { scope: 'mailbox', error: { code: 'server_rejected' } }],
    [
      'a redirect',
      answer(302, '', { location: 'http://127.0.0.1:1/' }),
      { scope: 'run', error: { code: 'server_rejected' } },
    ],
  ])('is rejected for %s', async (_name, behaviour, expected) => {
    expect(await outcomeOf(behaviour)).toMatchObject({ kind: 'rejected', ...expected });
  });
});

describe('answers that come to the wrong request', () => {
  it('are noticed by the id of the request', async () => {
    const outcome = await outcomeOf(answer(200, WHOLE, { 'client-request-id': 'another' }));
    expect(outcome).toMatchObject({ kind: 'unknown', error: { code: 'response_unreadable' } });
  });

  it('cannot come after an answer that was odd: its connection is left', async () => {
    const behind = new Set<unknown>();
    await using server = await cannedServer((response, request, count) => {
      const { socket } = response;
      // A server that answered twice, as one does that fails while it writes its failure, is an answer behind from then on.
      const late = behind.has(socket) ? count - 1 : count;
      behind.add(socket);
      if (count === 1) answer(500, '')(response, request, count);
      else answer(200, createItemResponse(saved(`answer-to-${late}`)))(response, request, count);
    });
    const transport = transportTo(server.url);
    const save = async () => {
      const request = { mailbox: ALFRED, sendMode: 'none' as const, items: [{ key: KEY, content: LESSON }] };
      const [outcome] = await transport.save(request, call());
      // A connection is used again in a later turn of the event loop.
      await new Promise((resolve) => setTimeout(resolve, 5));
      return outcome;
    };
    expect(await save()).toMatchObject({ kind: 'unknown' });
    expect(await save()).toMatchObject({ kind: 'done', value: { itemId: 'answer-to-2' } });
    await transport.close();
  });
});

describe('a request that was never sent', () => {
  it('is deferred when nobody listens', async () => {
    const server = await cannedServer(() => undefined);
    await server[Symbol.asyncDispose]();
    expect(await saveOne(transportTo(server.url))).toMatchObject({
      kind: 'deferred',
      error: { code: 'connection_failed' },
    });
  });

  it('is deferred when its time to be sent has passed', async () => {
    await using server = await cannedServer(answer(200, WHOLE));
    const outcome = await saveOne(transportTo(server.url), { sendBy: Date.now() - 1 });
    expect(outcome).toMatchObject({ kind: 'deferred', error: { code: 'timed_out' } });
    expect(server.requests).toHaveLength(0);
  });

  it('is deferred when the run was aborted before', async () => {
    await using server = await cannedServer(answer(200, WHOLE));
    const outcome = await saveOne(transportTo(server.url), { signal: AbortSignal.abort() });
    expect(outcome).toMatchObject({ kind: 'deferred', error: { code: 'aborted' } });
    expect(server.requests).toHaveLength(0);
  });

  it('is rejected, with the whole run, when the transport was closed', async () => {
    await using server = await cannedServer(answer(200, WHOLE));
    const transport = transportTo(server.url);
    await transport.close();
    expect(await saveOne(transport)).toMatchObject({
      kind: 'rejected',
      scope: 'run',
      error: { code: 'connection_failed' },
    });
  });
});
