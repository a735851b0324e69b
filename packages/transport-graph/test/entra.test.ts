import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppointedError } from '@appointed/core';
import { type Sandbox, startSandbox } from '@appointed/sandbox';
import { clientCertificate, clientSecret, graph, type TokenCredential } from '@appointed/transport-graph';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAILBOX, save } from './placing.js';

const SECRET = 'Tr0ub4dor&3-staple';
const tenant = 'contoso.onmicrosoft.com';

let exchange: Sandbox;
let made: { readonly private: string; readonly cert: string };

beforeAll(async () => {
  made = await generate([{ name: 'commonName', value: 'appointed' }]);
  exchange = await startSandbox({
    mailboxes: [{ address: MAILBOX.id }],
    applications: [
      { clientId: 'by-secret', clientSecret: SECRET, tenant, mailboxes: ['*'] },
      { clientId: 'by-certificate', certificate: made.cert, tenant, mailboxes: ['*'] },
    ],
  });
});
afterAll(() => exchange.close());

/** What becomes of an appointment. */
async function saved(credential: TokenCredential): Promise<Awaited<ReturnType<typeof save>>> {
  const transport = graph({ credential, baseUrl: exchange.graphUrl });
  const outcome = await save(transport);
  await transport.close();
  return outcome;
}

function bySecret(changes: Partial<Parameters<typeof clientSecret>[0]> = {}): TokenCredential {
  return clientSecret({ tenant, clientId: 'by-secret', secret: SECRET, authority: exchange.url, ...changes });
}

describe('an application signs in', () => {
  it('by a secret', async () => {
    expect(await saved(bySecret())).toMatchObject({ kind: 'done' });
  });

  it.each([
    ['before', () => made.private + made.cert],
    ['behind', () => made.cert + made.private],
  ])('by a certificate, with its key %s it', async (_, certificate) => {
    const application = { tenant, clientId: 'by-certificate', authority: exchange.url };
    const credential = clientCertificate({ ...application, certificate: certificate() });
    expect(await saved(credential)).toMatchObject({ kind: 'done' });
  });

  it('with a token that lasts as long as Entra says', async () => {
    const given = await bySecret().getToken('https://graph.microsoft.com/.default');
    expect(given?.expiresOnTimestamp).toBeGreaterThan(Date.now() + 3_500_000);
    expect(given?.expiresOnTimestamp).toBeLessThan(Date.now() + 3_600_000);
  });
});

describe('without a token', () => {
  it.each([
    ['a wrong secret', { secret: `${SECRET}!` }, 'invalid_client: AADSTS7000215: Invalid client secret provided.'],
    ['another tenant', { tenant: 'typo.com' }, "invalid_request: AADSTS90002: Tenant 'typo.com' not found."],
    ['another application', { clientId: 'x' }, "unauthorized_client: AADSTS700016: Application with identifier 'x'"],
  ])('the run stops, and says why: %s', async (_, changes, words) => {
    const outcome = await saved(bySecret(changes));
    expect(outcome).toMatchObject({ kind: 'rejected', scope: 'run', error: { code: 'sign_in_failed' } });
    const told = outcome.kind === 'done' ? '' : outcome.error.message;
    expect(told).toContain(words);
    expect(told).not.toContain('Trace ID');
    expect(JSON.stringify(outcome)).not.toContain(SECRET);
  });

  it('since Entra is busy it is tried again later', async () => {
    await using entra = await canned(503, '<html>');
    expect(await saved(bySecret({ authority: entra.url }))).toMatchObject({ kind: 'deferred' });
  });

  it('the run stops where something else than Entra answers', async () => {
    await using page = await canned(200, '<html>');
    const outcome = await saved(bySecret({ authority: page.url }));
    expect(outcome).toMatchObject({ kind: 'rejected', scope: 'run' });
    expect(outcome.kind === 'rejected' && outcome.error.message).toContain('gave no token: it answered 200');
  });

  it('since nobody is there it is tried again later', async () => {
    const gone = await canned(200, '');
    await gone[Symbol.asyncDispose]();
    const outcome = await saved(bySecret({ authority: gone.url }));
    expect(outcome).toMatchObject({ kind: 'deferred', error: { code: 'connection_failed' } });
    expect(outcome.kind === 'deferred' && outcome.error.message).toMatch(/127\.0\.0\.1:\d+ was not reached: .*REFUSED/);
  });
});

it.each([
  ['tenant', () => bySecret({ tenant: 'https://contoso.com' })],
  ['clientId', () => bySecret({ clientId: '' })],
  ['secret', () => bySecret({ secret: '' })],
  ['authority', () => bySecret({ authority: 'http://login.contoso.com' })],
  ['certificate', () => clientCertificate({ tenant, clientId: 'x', certificate: `SECRET ${SECRET}` })],
  ['certificate', () => clientCertificate({ tenant, clientId: 'x', certificate: made.private })],
])('%s that makes no sense is refused, and not repeated', (field, make) => {
  let error: unknown;
  try {
    make();
  } catch (thrown) {
    error = thrown;
  }
  expect(AppointedError.is(error) && [error.code, error.field]).toEqual(['invalid_options', field]);
  expect(String(error)).not.toContain(SECRET);
});

/** A server that always says the same. */
async function canned(status: number, body: string): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer((_request, response) => response.writeHead(status).end(body)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
