import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { SecureVersion } from 'node:tls';
import type { SelfsignedOptions } from 'selfsigned';
import { expect, it } from 'vitest';
import { createItemResponse, saved } from './canned-answers.js';
import { certificateFor } from './certificate-for.js';
import { saveOne, transportTo } from './placing.js';

const DAY_MS = 86_400_000;

interface Made {
  readonly name?: string;
  readonly days?: number;
  readonly tls?: SecureVersion;
  readonly ciphers?: string;
  readonly extensions?: NonNullable<SelfsignedOptions['extensions']>;
}

const FOR_CLIENTS: NonNullable<Made['extensions']> = [
  { name: 'extKeyUsage', clientAuth: true },
  { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
];

/** A server with a certificate, for localhost unless it is said otherwise. */
async function tlsServer({ name = 'localhost', days = 30, tls, ciphers = 'DEFAULT@SECLEVEL=0', ...more }: Made = {}) {
  const made = await certificateFor(name, {
    notBeforeDate: new Date(Date.now() + Math.min(days, 0) * DAY_MS - DAY_MS),
    notAfterDate: new Date(Date.now() + days * DAY_MS),
    ...more,
  });
  let requests = 0;
  const old = tls === undefined ? {} : { minVersion: tls, maxVersion: tls, ciphers };
  const server = createServer({ ...made, ...old }, (request, response) => {
    requests += 1;
    request.resume();
    response.end(createItemResponse(saved('item')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ca: made.cert,
    port: (server.address() as AddressInfo).port,
    requests: () => requests,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

it.each([
  ['nobody vouches for', {}, false, /not trusted: self-signed/, 'option ca'],
  [
    'is for another name',
    { name: 'mail.contoso.com' },
    true,
    /for another name: .*mail\.contoso\.com/,
    'Use an address',
  ],
  ['has expired', { days: -2 }, true, /has expired/, 'renewed'],
  ['is for clients', { extensions: FOR_CLIENTS }, true, /not for servers/, 'server authentication'],
])('a server whose certificate %s gets nothing, and the run stops', async (_what, made, isGiven, words, hint) => {
  await using server = await tlsServer(made);
  const url = `https://localhost:${server.port}/EWS/Exchange.asmx`;
  expect(await saveOne(transportTo(url, isGiven ? { ca: server.ca } : {}))).toMatchObject({
    kind: 'rejected',
    scope: 'run',
    error: {
      code: 'connection_failed',
      message: expect.stringMatching(words),
      hint: expect.stringContaining(hint),
    },
  });
  expect(server.requests()).toBe(0);
});

it('a server that speaks nothing newer than TLS 1.1 gets nothing, and the run stops', async () => {
  await using server = await tlsServer({ tls: 'TLSv1.1' });
  const url = `https://localhost:${server.port}/EWS/Exchange.asmx`;
  expect(await saveOne(transportTo(url, { ca: server.ca }))).toMatchObject({
    kind: 'rejected',
    scope: 'run',
    error: { code: 'connection_failed', message: expect.stringContaining('no TLS 1.2') },
  });
});

it('a server that has no cipher in common gets nothing, and the run stops with a message of one line', async () => {
  await using server = await tlsServer({ tls: 'TLSv1.2', ciphers: 'CAMELLIA128-SHA:@SECLEVEL=0' });
  const url = `https://localhost:${server.port}/EWS/Exchange.asmx`;
  expect(await saveOne(transportTo(url, { ca: server.ca }))).toMatchObject({
    kind: 'rejected',
    scope: 'run',
    error: {
      code: 'connection_failed',
      message: expect.stringMatching(/breaks off the TLS handshake: [\w ]+$/),
      hint: expect.stringContaining('cipher'),
    },
  });
});

it.each(['/etc/ssl/contoso.pem', '', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])(
  'an option ca without a certificate is refused: %j',
  (ca) => {
    expect(() => transportTo('https://mail.contoso.com/EWS/Exchange.asmx', { ca })).toThrow(
      expect.objectContaining({ code: 'invalid_options', field: 'ca' }),
    );
  },
);

it('a certificate of an authority that is trusted is taken', async () => {
  await using server = await tlsServer();
  const url = `https://localhost:${server.port}/EWS/Exchange.asmx`;
  expect(await saveOne(transportTo(url, { ca: server.ca }))).toMatchObject({ kind: 'done' });
});
