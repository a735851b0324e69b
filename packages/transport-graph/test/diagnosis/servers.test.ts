import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Diagnosis } from '@appointed/core';
import { GRAPH_DIAGNOSIS_CODES } from '@appointed/transport-graph';
import { generate } from 'selfsigned';
import { describe, expect, it } from 'vitest';
import { codes, examine, finding } from './examining.js';

const UNKNOWN = { error: { code: 'InvalidAuthenticationToken', message: 'Access token is empty.' } };
const credential = { getToken: () => Promise.reject(new Error('not asked for')) };

/** What is found about a server that behaves so. */
async function found(behave: RequestListener, timeoutMs = 5000): Promise<readonly Diagnosis[]> {
  const server = createServer(behave).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1.0`;
  try {
    return await examine({ credential, baseUrl }, { limits: { timeoutMs } });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

describe('a diagnosis of the way to Graph', () => {
  it('says that there is none', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const findings = await examine({ credential, baseUrl: `http://127.0.0.1:${port}/v1.0` });
    expect(codes(findings)).toEqual(['server_unreachable', 'sign_in_untested']);
    expect(findings[0]?.message).toContain('ECONNREFUSED');
  });

  it('waits no longer than it may', async () => {
    const [first] = await found(() => undefined, 300);
    expect(first).toMatchObject({ code: 'server_unreachable', message: expect.stringContaining('within 300 ms') });
  });

  it.each([
    [404, {}, '', 'address_wrong', 'has nothing at /v1.0 (404).'],
    [302, { location: '/login' }, '', 'address_wrong', 'redirects to /login (302).'],
    [503, {}, '', 'service_unavailable', 'answers 503.'],
    [200, {}, '<html>', 'not_graph', 'does not answer as Microsoft Graph does: 200 to a request without a token.'],
    [401, {}, '', 'not_graph', 'does not answer as Microsoft Graph does: 401 to a request without a token.'],
  ])('says what %i means, and asks for no token', async (status, headers, body, code, message) => {
    const findings = await found((_request, response) => response.writeHead(status, headers).end(body));
    expect(codes(findings).slice(2)).toEqual([code, 'sign_in_untested']);
    expect(finding(findings, code)).toMatchObject({ level: 'problem', message });
  });

  it.each([
    [600_000, 'problem', 'ahead of'],
    [-600_000, 'problem', 'behind'],
    [120_000, 'warning', 'ahead of'],
    [30_000, 'ok', 'the same time'],
  ])('compares the clocks: %i ms', async (ms, level, words) => {
    const date = new Date(Date.now() + ms).toUTCString();
    const findings = await found((_request, response) =>
      response.writeHead(401, { date }).end(JSON.stringify(UNKNOWN)),
    );
    const clock = findings.find(({ code }) => code.startsWith('clock_'));
    expect(clock).toMatchObject({ level, message: expect.stringContaining(words) });
  });

  it('says that a server tells no time', async () => {
    const findings = await found((_request, response) => {
      response.sendDate = false;
      response.writeHead(401).end(JSON.stringify(UNKNOWN));
    });
    expect(codes(findings)).toContain('clock_unknown');
  });

  it('says that the certificate is not trusted, and asks for no token', async () => {
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], { keyType: 'ec' });
    const server = createSecureServer({ cert, key }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const baseUrl = `https://localhost:${(server.address() as AddressInfo).port}/v1.0`;
    const findings = await examine({ credential, baseUrl });
    server.closeAllConnections();
    server.close();
    expect(codes(findings)).toEqual(['certificate_untrusted', 'sign_in_untested']);
    expect(findings[0]?.message).toContain('self-signed certificate');
  });
});

it('has a code for each of its findings', () => {
  expect(new Set(GRAPH_DIAGNOSIS_CODES).size).toBe(GRAPH_DIAGNOSIS_CODES.length);
});
