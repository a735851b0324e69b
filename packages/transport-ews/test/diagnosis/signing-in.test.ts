import { connect, createServer } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { type SandboxOptions, startSandbox } from '@appointed/sandbox';
import { kerberos, ntlm } from '@appointed/transport-ews';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { certificateFor } from '../certificate-for.js';
import { SECRET } from '../placing.js';
import { tunnellingProxy } from '../tunnelling-proxy.js';
import { codes, examine, finding } from './examining.js';

const ACCOUNT = { user: 'CONTOSO\\svc', password: SECRET };

function start(options: SandboxOptions) {
  return startSandbox({
    mailboxes: [{ address: 'alfred@contoso.com' }],
    serviceAccounts: [{ ...ACCOUNT, impersonates: ['*@contoso.com'] }],
    signIn: ['negotiate', 'ntlm'],
    ...options,
  });
}

/** Ends TLS with a certificate of its own, and begins it anew to where it leads. */
async function bridge(own: { readonly cert: string; readonly key: string }, port: number) {
  const server = createServer(own, (socket) => {
    const onward = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
    socket.pipe(onward).pipe(socket);
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      one.on('error', () => undefined).on('close', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}/EWS/Exchange.asmx`,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('a diagnosis of signing in by NTLM', () => {
  it('says that it works', async () => {
    const tls = await certificateFor('localhost');
    await using exchange = await start({ tls, extendedProtection: 'require' });
    const url = exchange.ewsUrl.replace('127.0.0.1', 'localhost');
    const findings = await examine(url, { credentials: ntlm(ACCOUNT), ca: tls.cert });
    expect(finding(findings, 'sign_in_offered').message).toBe('offers Negotiate, NTLM; NTLM is used.');
    expect(finding(findings, 'signed_in').message).toContain('by NTLM');
  });

  it('says that something before Exchange ends TLS with another certificate', async () => {
    const [own, other] = [await certificateFor('localhost'), await certificateFor('localhost')];
    await using exchange = await start({ tls: own, extendedProtection: 'allow' });
    await using balancer = await bridge(other, exchange.port);
    const findings = await examine(balancer.url, { credentials: ntlm(ACCOUNT), ca: other.cert });
    expect(finding(findings, 'channel_binding_broken')).toMatchObject({
      level: 'problem',
      advice: expect.stringContaining("channelBinding: 'off'"),
    });
    const unbound = { credentials: ntlm({ ...ACCOUNT, channelBinding: 'off' }), ca: other.cert } as const;
    expect(codes(await examine(balancer.url, unbound))).toContain('signed_in');
  });

  it('says that a channel binding is required', async () => {
    const tls = await certificateFor('localhost');
    await using exchange = await start({ tls, extendedProtection: 'require' });
    const url = exchange.ewsUrl.replace('127.0.0.1', 'localhost');
    const credentials = ntlm({ ...ACCOUNT, channelBinding: 'off' });
    expect(codes(await examine(url, { credentials, ca: tls.cert }))).toContain('channel_binding_required');
  });

  it('says that the account is refused, bound or not', async () => {
    const tls = await certificateFor('localhost');
    await using exchange = await start({ tls });
    const url = exchange.ewsUrl.replace('127.0.0.1', 'localhost');
    const credentials = ntlm({ ...ACCOUNT, password: 'wrong' });
    const findings = await examine(url, { credentials, ca: tls.cert });
    const { advice } = finding(findings, 'sign_in_refused');
    expect(advice).toContain('tried twice, with and without a channel binding');
    expect(advice).not.toContain('tried once');
    expect(exchange.control.signIns().challenges).toBe(2);
  });

  it('blames no channel binding where the second try gets no answer', async () => {
    const tls = await certificateFor('localhost');
    const faults = [{ fault: 'reset', operation: 'NtlmAuthenticate', after: 1 }] as const;
    await using exchange = await start({ tls, faults });
    const url = exchange.ewsUrl.replace('127.0.0.1', 'localhost');
    const credentials = ntlm({ ...ACCOUNT, password: 'wrong' });
    expect(codes(await examine(url, { credentials, ca: tls.cert }))).toContain('sign_in_refused');
    expect(exchange.control.report().requests.byFault['reset']).toBe(1);
  });

  it('says how Windows authentication is switched on where it is not offered', async () => {
    await using exchange = await start({ signIn: ['basic'] });
    for (const credentials of [ntlm(ACCOUNT), kerberos()]) {
      const findings = await examine(exchange.ewsUrl, { credentials });
      expect(finding(findings, 'sign_in_not_offered').commands).toEqual([
        "Set-WebServicesVirtualDirectory -Identity 'SERVER\\EWS (Default Web Site)' -WindowsAuthentication $true",
      ]);
    }
  });
});

describe('a diagnosis through a proxy', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('takes the same way as runs do', async () => {
    const name = 'mail.contoso.com';
    const tls = await certificateFor(name);
    await using exchange = await start({ tls, extendedProtection: 'require' });
    await using proxy = await tunnellingProxy();
    vi.stubEnv('https_proxy', `http://${proxy.host}`);
    vi.stubEnv('no_proxy', '');
    const url = exchange.ewsUrl.replace('127.0.0.1', name);
    const findings = await examine(url, { credentials: ntlm(ACCOUNT), ca: tls.cert });
    expect(codes(findings)).toEqual(expect.arrayContaining(['certificate_trusted', 'sign_in_offered', 'signed_in']));
    expect(new Set(proxy.asked)).toEqual(new Set([`${name}:${exchange.port}`]));
  });
});
