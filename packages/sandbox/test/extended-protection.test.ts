import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExtendedProtection, type Sandbox, startSandbox } from '../src/index.js';
import { channelBindingOf } from '../src/sign-in/channel-binding.js';
import { type Certificate, certificate } from './certificate.js';
import { type Answering, NtlmClient, bindingTo } from './ntlm-client.js';

const organisation = {
  mailboxes: [{ address: 'alfred@contoso.com' }],
  serviceAccounts: [{ user: 'svc', password: 'secret', impersonates: ['*'] }],
  signIn: ['negotiate', 'ntlm'] as const,
};

let own: Certificate;
let other: Certificate;

beforeAll(async () => {
  [own, other] = await Promise.all([certificate({ names: ['localhost', 'mail.contoso.com'] }), certificate()]);
});

/** Signs in to a sandbox of its own. @returns 200, or why not */
async function attempt(sandbox: Sandbox, answering: Answering): Promise<string> {
  sandbox.control.reset();
  await using client = new NtlmClient(sandbox.url, { ca: own.ca });
  const { status } = await client.signIn({ mic: 'right', ...answering });
  return status === 200 ? 'in' : Object.keys(sandbox.control.signIns().refused).join();
}

describe.each<[level: ExtendedProtection, expected: Record<string, string>]>([
  ['none', { none: 'in', zeros: 'in', right: 'in', wrong: 'in', evil: 'in' }],
  ['allow', { none: 'in', zeros: 'in', right: 'in', wrong: 'wrongChannelBinding', evil: 'wrongTargetName' }],
  [
    'require',
    {
      none: 'noChannelBinding',
      zeros: 'noChannelBinding',
      right: 'in',
      wrong: 'wrongChannelBinding',
      evil: 'wrongTargetName',
    },
  ],
])('over TLS, Extended Protection "%s"', (extendedProtection, expected) => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ ...organisation, extendedProtection, tls: own });
  });
  afterAll(() => sandbox.close());

  test.each<[name: string, answering: () => Answering, key: string]>([
    ['no binding', () => ({}), 'none'],
    ['a binding of zeros, which is none', () => ({ binding: Buffer.alloc(16) }), 'zeros'],
    ['a binding to the certificate', () => ({ binding: bindingTo(own.raw) }), 'right'],
    ['a binding to another certificate', () => ({ binding: bindingTo(other.raw) }), 'wrong'],
    [
      'a binding to the certificate and the name of another server',
      () => ({ binding: bindingTo(own.raw), targetName: 'HTTP/evil.example' }),
      'evil',
    ],
  ])('%s', async (_, answering, key) => {
    expect(await attempt(sandbox, answering())).toBe(expected[key]);
  });
});

describe('a target name', () => {
  test.each([
    ['HTTP/localhost', 'in'],
    ['http/LOCALHOST:8443', 'in'],
    ['HTTP/127.0.0.1', 'in'],
    ['HTTP/[::1]:443', 'in'],
    ['HTTP/mail.contoso.com', 'in'],
    ['HTTP/sandbox.contoso.com', 'in'],
    ['', 'in'],
    ['HTTP/mail.contoso.com.evil.example', 'wrongTargetName'],
    ['HTTP/', 'wrongTargetName'],
    ['ldap/localhost', 'wrongTargetName'],
    ['localhost', 'wrongTargetName'],
  ])('"%s" over TLS: %s', async (targetName, expected) => {
    await using sandbox = await startSandbox({ ...organisation, extendedProtection: 'allow', tls: own });
    expect(await attempt(sandbox, { targetName })).toBe(expected);
  });

  test.each([
    [undefined, 'noTargetName'],
    ['', 'noTargetName'],
    ['HTTP/127.0.0.1', 'in'],
    ['HTTP/evil.example', 'wrongTargetName'],
  ])('is what is required without TLS: %j', async (targetName, expected) => {
    await using sandbox = await startSandbox({ ...organisation, extendedProtection: 'require' });
    expect(await attempt(sandbox, targetName === undefined ? {} : { targetName })).toBe(expected);
  });
});

describe('a certificate', () => {
  test.each<[hash: string, keyType: 'ec' | 'rsa', bound: string]>([
    ['sha256', 'rsa', 'sha256'],
    ['sha384', 'ec', 'sha384'],
    ['sha512', 'ec', 'sha512'],
  ])('that is signed with %s (%s) is bound to by its %s', async (hash, keyType, bound) => {
    const signed = await certificate({ hash, keyType });
    await using sandbox = await startSandbox({ ...organisation, extendedProtection: 'require', tls: signed });
    await using client = new NtlmClient(sandbox.url, { ca: signed.ca });
    expect((await client.signIn({ mic: 'right', binding: bindingTo(signed.raw, bound) })).status).toBe(200);
  });

  test('that is signed with SHA-1, which OpenSSL serves no more, is bound to by SHA-256', async () => {
    const { cert, raw } = await certificate({ hash: 'sha1', keyType: 'rsa' });
    expect(channelBindingOf(new X509Certificate(cert))).toEqual(bindingTo(raw, 'sha256'));
  });

  test('that is signed by RSASSA-PSS is bound to by the hash in its parameters', () => {
    const pss = new X509Certificate(readFileSync(new URL('certificates/rsa-pss-sha384.pem', import.meta.url)));
    expect(channelBindingOf(pss)).toEqual(bindingTo(pss.raw, 'sha384'));
  });

  test('that is signed by Ed25519, for which no binding is defined, is refused', () => {
    const ed25519 = new X509Certificate(readFileSync(new URL('certificates/ed25519.pem', import.meta.url)));
    expect(() => channelBindingOf(ed25519)).toThrow(/^tls.cert: .*; sign it by RSA or ECDSA$/);
  });

  test('that is none is refused as the sandbox starts', async () => {
    await expect(startSandbox({ tls: { cert: 'x', key: 'y' } })).rejects.toThrow(/^tls: give cert and key as PEM/);
    await expect(startSandbox({ tls: { cert: own.cert, key: other.key } })).rejects.toThrow(/^tls: /);
  });
});

test('over TLS all addresses are of HTTPS, and the page and the control API answer', async () => {
  await using sandbox = await startSandbox({ ...organisation, tls: own });
  for (const url of [sandbox.url, sandbox.ewsUrl, sandbox.graphUrl, sandbox.tokenUrl]) expect(url).toMatch(/^https:/);
});
