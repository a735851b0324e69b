import { createRunner } from '@appointed/core';
import { type Sandbox, type SandboxOptions, startSandbox } from '@appointed/sandbox';
import { ntlm, type NtlmOptions } from '@appointed/transport-ews';
import { describe, expect, it } from 'vitest';
import { certificateFor } from './certificate-for.js';
import { address } from './contoso.js';
import { ALFRED, call, saveOne, SECRET, transportTo } from './placing.js';

const ACCOUNT = { user: 'CONTOSO\\svc', password: SECRET };

/** A local Exchange that wants NTLM. */
function start(options: SandboxOptions = {}, mailboxes = 0): Promise<Sandbox> {
  return startSandbox({
    mailboxes: [
      { address: 'alfred@contoso.com' },
      ...Array.from({ length: mailboxes }, (_, n) => ({ address: address(n) })),
    ],
    serviceAccounts: [{ ...ACCOUNT, impersonates: ['*@contoso.com'] }],
    signIn: ['negotiate', 'ntlm'],
    ...options,
  });
}

async function signsIn(exchange: Sandbox, options: Partial<NtlmOptions> = {}, ca?: string): Promise<string> {
  const url = exchange.ewsUrl.replace('127.0.0.1', 'localhost');
  const credentials = ntlm({ ...ACCOUNT, ...options });
  const outcome = await saveOne(transportTo(url, { credentials, ...(ca === undefined ? {} : { ca }) }));
  return outcome.kind === 'done' ? 'done' : outcome.error.code;
}

describe('a local Exchange that wants NTLM', () => {
  it.each([
    [{ user: 'CONTOSO\\svc' }, 'done'],
    [{ user: 'contoso\\SVC' }, 'done'],
    [{ user: 'svc', domain: 'CONTOSO' }, 'done'],
    [{ user: 'svc@contoso.com' }, 'done'],
    [{ password: 'wrong' }, 'sign_in_failed'],
    [{ user: 'CONTOSO\\somebody' }, 'sign_in_failed'],
  ])('lets in who is known: %j: %s', async (options, expected) => {
    await using exchange = await start();
    expect(await signsIn(exchange, options)).toBe(expected);
  });

  it.each([
    ['require', 'auto', 'done'],
    ['require', 'on', 'done'],
    ['require', 'off', 'sign_in_failed'],
    ['allow', 'auto', 'done'],
    ['allow', 'off', 'done'],
  ] as const)(
    'with Extended Protection, %s, and channelBinding %s: %s',
    async (extendedProtection, channelBinding, expected) => {
      const tls = await certificateFor('localhost');
      await using exchange = await start({ extendedProtection, tls });
      expect(await signsIn(exchange, { channelBinding }, tls.cert)).toBe(expected);
    },
  );

  it('with Extended Protection, over plain HTTP: the name of the service is enough, and where a binding must be, it is refused', async () => {
    await using exchange = await start({ extendedProtection: 'require' });
    expect(await signsIn(exchange)).toBe('done');
    expect(await signsIn(exchange, { channelBinding: 'on' })).toBe('sign_in_failed');
  });

  it('is bound on each of several connections, although TLS could resume the session of the first', async () => {
    const tls = await certificateFor('localhost');
    await using exchange = await start({ extendedProtection: 'require', tls });
    const url = exchange.ewsUrl.replace('127.0.0.1', 'localhost');
    const transport = transportTo(url, { credentials: ntlm(ACCOUNT), ca: tls.cert });
    for (const count of [1, 6]) {
      const outcomes = await Promise.all(Array.from({ length: count }, () => transport.check(ALFRED, call())));
      expect(outcomes.map(({ kind }) => kind)).toEqual(Array.from({ length: count }, () => 'done'));
    }
    await transport.close();
    expect(exchange.control.signIns()).toMatchObject({ connections: 6, signedIn: 6, refused: {} });
  });

  it.each(['sha1', 'sha384', 'sha512'] as const)('is bound to a certificate signed with %s', async (algorithm) => {
    const tls = await certificateFor('localhost', { keyType: 'rsa', keySize: 2048, algorithm });
    await using exchange = await start({ extendedProtection: 'require', tls });
    expect(await signsIn(exchange, {}, tls.cert)).toBe('done');
  });
});

it('2,000 placements over 16 connections, each signed in once, some killed on the way, none placed twice', async () => {
  const MAILBOXES = 2000;
  await using exchange = await start(
    {
      extendedProtection: 'require',
      faults: [{ fault: 'reset', operation: 'CreateItem', every: 250, stored: 'before' }],
    },
    MAILBOXES,
  );
  const transport = transportTo(exchange.ewsUrl, { credentials: ntlm(ACCOUNT) });
  await using runner = await createRunner({ transport, maxInFlight: 16 });
  const { counts } = await runner.run({
    mailboxes: Array.from({ length: MAILBOXES }, (_, n) => address(n)),
    settleMs: 10,
    factory: {
      getAppointment: () => ({
        subject: 'Lesson',
        start: new Date('2027-01-15T09:00Z'),
        end: new Date('2027-01-15T10:00Z'),
      }),
    },
  });
  expect(counts).toMatchObject({ done: MAILBOXES });
  for (let n = 0; n < MAILBOXES; n += 1) expect(exchange.items(address(n))).toHaveLength(1);
  const { connections, challenges, signedIn, refused } = exchange.control.signIns();
  expect({ challenges, signedIn, refused }).toEqual({ challenges: connections, signedIn: connections, refused: {} });
  // One more for each that was killed.
  expect(connections).toBeLessThanOrEqual(16 + MAILBOXES / 250);
}, 60_000);
