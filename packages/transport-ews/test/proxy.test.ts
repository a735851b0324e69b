import { type SandboxOptions, startSandbox } from '@appointed/sandbox';
import { type EwsCredentials, type EwsTransport, ntlm } from '@appointed/transport-ews';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { proxyFor } from '../src/http/proxy.js';
import { certificateFor } from './certificate-for.js';
import { ALFRED, call, saveOne, SECRET, transportTo } from './placing.js';
import { tunnellingProxy } from './tunnelling-proxy.js';

const HOST = 'mail.contoso.com';

beforeEach(() => {
  for (const name of ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'])
    vi.stubEnv(name, undefined);
});
afterEach(() => vi.unstubAllEnvs());

/** A local Exchange that wants NTLM, and its address by a name that only the proxy knows. */
async function exchangeBehind(options: SandboxOptions = {}) {
  const exchange = await startSandbox({
    mailboxes: [{ address: ALFRED.id }],
    serviceAccounts: [{ user: 'svc', password: SECRET, impersonates: ['*@contoso.com'] }],
    signIn: ['ntlm'],
    ...options,
  });
  return { exchange, url: exchange.ewsUrl.replace('127.0.0.1', HOST) };
}

const credentials: EwsCredentials = ntlm({ user: 'svc', password: SECRET });

function anywhere(): EwsTransport {
  return transportTo(`https://${HOST}/EWS/Exchange.asmx`, { credentials });
}

it('NTLM passes through a proxy, bound to the certificate behind it: a tunnel for each connection, signed in once', async () => {
  const tls = await certificateFor(HOST);
  const { exchange, url } = await exchangeBehind({ tls, extendedProtection: 'require' });
  await using _exchange = exchange;
  await using proxy = await tunnellingProxy();
  vi.stubEnv('HTTPS_PROXY', `http://${proxy.host}`);
  const transport = transportTo(url, { credentials, ca: tls.cert });
  for (const count of [1, 4, 4]) {
    const outcomes = await Promise.all(Array.from({ length: count }, () => transport.check(ALFRED, call())));
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array.from({ length: count }, () => 'done'));
  }
  await transport.close();
  expect(proxy.asked).toEqual(Array.from({ length: 4 }, () => `${HOST}:${exchange.port}`));
  expect(exchange.control.signIns()).toMatchObject({ connections: 4, signedIn: 4 });
});

it('a proxy that wants user and password gets them, and whoever has none is told so', async () => {
  const { exchange, url } = await exchangeBehind();
  await using _exchange = exchange;
  await using proxy = await tunnellingProxy('proxy user:pr0xy:word');
  const save = () => saveOne(transportTo(url, { credentials, insecurePlainHttp: true }));
  vi.stubEnv('http_proxy', `http://proxy%20user:wrong-word@${proxy.host}`);
  const outcome = await save();
  expect(outcome).toMatchObject({
    kind: 'rejected',
    scope: 'run',
    error: {
      code: 'connection_failed',
      message: expect.stringContaining('407'),
      hint: expect.stringContaining('HTTPS_PROXY'),
    },
  });
  expect(JSON.stringify(outcome)).not.toContain('wrong-word');
  vi.stubEnv('http_proxy', `http://proxy%20user:pr0xy%3Aword@${proxy.host}`);
  expect(await save()).toMatchObject({ kind: 'done' });
});

it('a proxy that cannot be reached defers what was to be sent', async () => {
  const proxy = await tunnellingProxy();
  await proxy[Symbol.asyncDispose]();
  vi.stubEnv('HTTPS_PROXY', `http://${proxy.host}`);
  expect(await saveOne(anywhere())).toMatchObject({
    kind: 'deferred',
    error: { code: 'connection_failed' },
  });
});

it.each([
  ['contoso.com', true],
  ['.contoso.com', true],
  ['*.contoso.com', true],
  ['example.com MAIL.contoso.com', true],
  ['*', true],
  ['mail.contoso.com:1', false],
  ['toso.com', false],
  ['', false],
])('with NO_PROXY %j the server is reached without a proxy: %s', (NO_PROXY, isDirect) => {
  expect(proxyOf({ HTTPS_PROXY: 'http://proxy:8080', NO_PROXY })).toBe(isDirect ? undefined : 'proxy:8080');
});

function proxyOf(environment: Record<string, string>): string | undefined {
  return proxyFor(new URL(`https://${HOST}/`), environment)?.host;
}

it('small letters count before capitals, and HTTP_PROXY is for https, too, where nothing else is said', () => {
  expect(proxyOf({ https_proxy: 'http://small:1', HTTPS_PROXY: 'http://capital:1' })).toBe('small:1');
  expect(proxyOf({ HTTP_PROXY: 'http://plain:1' })).toBe('plain:1');
  expect(proxyOf({ HTTP_PROXY: 'http://plain:1', HTTPS_PROXY: 'http://secure:1' })).toBe('secure:1');
});

it('this machine is reached without a proxy', async () => {
  const { exchange } = await exchangeBehind();
  await using _exchange = exchange;
  await using proxy = await tunnellingProxy();
  vi.stubEnv('HTTP_PROXY', `http://${proxy.host}`);
  expect(await saveOne(transportTo(exchange.ewsUrl, { credentials }))).toMatchObject({ kind: 'done' });
  expect(proxy.asked).toEqual([]);
});

it.each(['socks5://user:hush@proxy:1080', 'no address:hush', 'http://user:hush%@proxy:8080'])(
  'what is no HTTP proxy is refused, and not shown: %s',
  (value) => {
    vi.stubEnv('HTTPS_PROXY', value);
    expect(anywhere).toThrow(expect.objectContaining({ code: 'invalid_options' }));
    expect(anywhere).not.toThrow('hush');
  },
);
