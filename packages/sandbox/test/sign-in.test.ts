import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../src/index.js';
import { basic } from './ews-client.js';
import { NtlmClient, answerTo } from './ntlm-client.js';

const organisation = {
  mailboxes: [{ address: 'alfred@contoso.com' }],
  serviceAccounts: [
    { user: 'svc', password: 'secret', token: 'token', impersonates: ['*'] },
    { user: 'FABRIKAM\\svc', password: 'fabric', impersonates: ['*'] },
    { user: 'zoe@fabrikam.com', password: 'zoes', impersonates: ['*'] },
    { user: 'gone', password: 'secret', token: 'gone', disabled: true },
    { user: 'bearer', token: 'bearer' },
  ],
} satisfies SandboxOptions;

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ ...organisation, signIn: ['negotiate', 'ntlm', 'basic', 'bearer'] });
});
beforeEach(() => sandbox.control.reset());
afterAll(() => sandbox.close());

const connect = (scheme: 'NTLM' | 'Negotiate' = 'NTLM') => new NtlmClient(sandbox.url, { scheme });
const refused = () => Object.keys(sandbox.control.signIns().refused);

describe('a request without credentials', () => {
  test('is told what is offered, in the order in which it is', async () => {
    await using client = connect();
    expect(await client.send()).toMatchObject({
      status: 401,
      challenges: ['Negotiate', 'NTLM', 'Basic realm="Exchange"', expect.stringMatching(/^Bearer client_id=/)],
    });
    expect(refused()).toEqual(['noCredentials']);
  });

  test.each<[name: string, authorization: string]>([
    ['Basic', basic('svc', 'secret')],
    ['Bearer', 'Bearer token'],
    ['NTLM', 'NTLM TlRMTVNTUAABAAAABoIIAAAAAAAAAAAAAAAAAAAAAAA='],
  ])('by %s where only Negotiate is offered is refused like one', async (_, authorization) => {
    await using strict = await startSandbox({ ...organisation, signIn: ['negotiate'] });
    await using client = new NtlmClient(strict.url);
    expect(await client.send(authorization)).toMatchObject({ status: 401, challenges: ['Negotiate'] });
    expect(strict.control.signIns()).toMatchObject({ challenges: 0, refused: { notOffered: 1 } });
  });
});

describe('an account', () => {
  test.each([
    ['svc', '', 'secret'],
    ['svc', 'CONTOSO', 'secret'],
    ['SVC', 'contoso', 'secret'],
    ['svc', 'contoso.com', 'secret'],
    ['svc@contoso.com', '', 'secret'],
    ['svc', 'FABRIKAM', 'fabric'],
    ['zoe@fabrikam.com', '', 'zoes'],
  ])('signs in as %s of "%s"', async (user, domain, password) => {
    await using client = connect();
    expect((await client.signIn({ user, domain, password })).status).toBe(200);
    expect(sandbox.control.signIns()).toEqual({ connections: 1, challenges: 1, signedIn: 1, refused: {} });
  });

  test.each([
    ['a wrong password', { password: 'Secret' }, 'wrongPassword'],
    ["another domain's password", { domain: 'FABRIKAM' }, 'wrongPassword'],
    ['a domain that there is not', { domain: 'NORTHWIND' }, 'unknownAccount'],
    ['a suffix that is no domain', { user: 'zoe', domain: 'fabrikam.com', password: 'zoes' }, 'unknownAccount'],
    ['a name that there is not', { user: 'who' }, 'unknownAccount'],
    ['an account without a password', { user: 'bearer', password: '' }, 'unknownAccount'],
    ['an account that is disabled', { user: 'gone' }, 'disabled'],
  ])('does not with %s', async (_, answering, reason) => {
    await using client = connect();
    const answer = await client.signIn(answering);
    expect([answer.status, answer.challenges.length]).toEqual([401, 4]);
    expect(refused()).toEqual([reason]);
    // It has no more rights than before.
    expect((await client.send()).status).toBe(401);
  });

  test('has the same names for Basic', async () => {
    await using client = connect();
    const status = async (user: string, password: string) => (await client.send(basic(user, password))).status;
    expect(await status('CONTOSO\\svc', 'secret')).toBe(200);
    expect(await status('svc@contoso.com', 'secret')).toBe(200);
    expect(await status('FABRIKAM\\svc', 'fabric')).toBe(200);
    expect(await status('FABRIKAM\\svc', 'secret')).toBe(401);
    expect(await status('gone', 'secret')).toBe(401);
    expect((await client.send('Bearer gone')).status).toBe(401);
  });

  test('is there once, however its name is written', async () => {
    const twice = { serviceAccounts: [...organisation.serviceAccounts, { user: 'CONTOSO\\SVC', password: 'x' }] };
    await expect(startSandbox(twice)).rejects.toThrow('CONTOSO\\SVC is there twice');
  });

  test('that is removed is out, also on the connections that it had signed in', async () => {
    await using client = connect();
    sandbox.control.createServiceAccount({ user: 'temp', password: 'secret', impersonates: ['*'] });
    expect((await client.signIn({ user: 'temp' })).status).toBe(200);
    sandbox.control.removeServiceAccount('temp');
    expect((await client.send()).status).toBe(401);
  });
});

describe('NTLM', () => {
  test('signs in a connection, not a request, and no other connection', async () => {
    await using client = connect();
    await using other = connect();
    await client.signIn();
    for (let request = 0; request < 3; request += 1) expect((await client.send()).status).toBe(200);
    expect((await other.send()).status).toBe(401);
    expect(sandbox.control.signIns()).toMatchObject({ connections: 2, challenges: 1, signedIn: 1 });
    const rows = sandbox.control.requests();
    expect(rows.map(({ operation, connection }) => [operation, connection === rows[0]?.connection])).toEqual([
      ['NtlmNegotiate', true],
      ...Array.from({ length: 4 }, () => ['GetFolder', true]),
      [undefined, false],
    ]);
  });

  test('begins anew with a new message, and ends what was', async () => {
    await using client = connect();
    await client.signIn();
    await client.begin();
    expect((await client.send()).status).toBe(401);
  });

  test.each<[name: string, scheme: 'NTLM' | 'Negotiate']>([
    ['with the scheme of its own', 'NTLM'],
    ['bare in Negotiate', 'Negotiate'],
  ])('comes %s', async (_, scheme) => {
    await using client = connect(scheme);
    const { challenge } = await client.begin();
    expect(challenge.toString('latin1', 0, 8)).toBe('NTLMSSP\0');
    expect((await client.signIn()).status).toBe(200);
  });

  test('has a challenge for each handshake', async () => {
    await using client = connect();
    const [first, second] = [await client.begin(), await client.begin()];
    expect(first.challenge.subarray(24, 32)).not.toEqual(second.challenge.subarray(24, 32));
  });

  test.each<[name: string, attempt: (client: NtlmClient, other: NtlmClient) => Promise<{ status: number }>]>([
    [
      'is given twice',
      async (client) => {
        const { negotiate, challenge } = await client.begin();
        const answer = answerTo(negotiate, challenge);
        await client.token(answer);
        return client.token(answer);
      },
    ],
    [
      'comes on another connection',
      async (client, other) => {
        const { negotiate, challenge } = await client.begin();
        await other.begin();
        return other.token(answerTo(negotiate, challenge));
      },
    ],
    [
      'comes on a connection without a challenge',
      async (client, other) => {
        const { negotiate, challenge } = await client.begin();
        return other.token(answerTo(negotiate, challenge));
      },
    ],
    [
      'comes after a wrong one',
      async (client) => {
        const { negotiate, challenge } = await client.begin();
        await client.token(answerTo(negotiate, challenge, { password: 'wrong' }));
        return client.token(answerTo(negotiate, challenge));
      },
    ],
    [
      'comes by another scheme',
      async (client) => {
        const { negotiate, challenge } = await client.begin();
        return client.send(`Negotiate ${answerTo(negotiate, challenge).toString('base64')}`);
      },
    ],
  ])('refuses an answer that %s', async (_, attempt) => {
    await using client = connect();
    await using other = connect();
    expect((await attempt(client, other)).status).toBe(401);
  });

  test.each([
    ['is LM and NTLMv1', { response: (response: Buffer) => response.subarray(0, 24) }, 'ntlmV1'],
    ['is nobody', { response: () => Buffer.alloc(0) }, 'noCredentials'],
    ['has another server’s name', { computer: 'EVIL' }, 'wrongTargetInfo'],
    ['has been changed on its way', { response: flipLast }, 'wrongPassword'],
    ['has a wrong MIC', { mic: 'wrong' as const }, 'wrongMic'],
  ])('refuses an answer that %s', async (_, answering, reason) => {
    await using client = connect();
    expect((await client.signIn(answering)).status).toBe(401);
    expect(refused()).toEqual([reason]);
  });

  test('takes a MIC over all three messages, and finds one that has been changed', async () => {
    await using client = connect();
    expect((await client.signIn({ mic: 'right' })).status).toBe(200);
    const { negotiate, challenge } = await client.begin();
    negotiate.writeUInt32LE(0, 12);
    expect((await client.token(answerTo(negotiate, challenge, { mic: 'right' }))).status).toBe(401);
    expect(refused()).toEqual(['wrongMic']);
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['rubbish', Buffer.from('rubbish')],
    ['a challenge', Buffer.from('NTLMSSP\0\u0002\0\0\0'.padEnd(56, '\0'), 'latin1')],
    ['an answer that breaks off', Buffer.from('NTLMSSP\0\u0003\0\0\0'.padEnd(40, '\0'), 'latin1')],
    ['Kerberos', Buffer.from('602306092a864886f71201020201000000000000000000000000000000000000000000', 'hex')],
    ['SPNEGO that breaks off', Buffer.from('60480606', 'hex')],
  ])('refuses %s, and the server goes on', async (_, message) => {
    for (const scheme of ['NTLM', 'Negotiate'] as const) {
      await using client = connect(scheme);
      await client.begin();
      expect((await client.token(message)).status).toBe(401);
      expect((await client.signIn()).status).toBe(200);
    }
  });

  test('refuses what has been changed anywhere, whatever comes out', async () => {
    const message = fc.record({
      negotiate: fc.boolean(),
      changes: fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { minLength: 1, maxLength: 8 }),
      length: fc.nat(400),
    });
    await using client = connect('Negotiate');
    await fc.assert(
      fc.asyncProperty(message, async ({ negotiate, changes, length }) => {
        const begun = await client.begin();
        const whole = negotiate ? begun.negotiate : answerTo(begun.negotiate, begun.challenge, { mic: 'right' });
        const changed = Buffer.from(whole.subarray(0, length));
        for (const [at, byte] of changes) if (at < changed.length) changed.writeUInt8(byte, at);
        fc.pre(!changed.equals(whole));
        expect((await client.token(changed)).status).toBe(401);
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  test('guards Autodiscover as well', async () => {
    const url = `${sandbox.url}/autodiscover/autodiscover.xml`;
    const response = await fetch(url, { method: 'POST', body: '<x/>' });
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringMatching(/^Negotiate, NTLM, Basic/),
    ]);
  });
});

test.each([
  [{ signIn: [] }, /signIn: must be a list of negotiate, ntlm, basic, bearer/],
  [{ signIn: ['kerberos'] }, /signIn: must be a list of/],
  [{ extendedProtection: 'always' }, /extendedProtection: must be one of none, allow, require/],
])('%j is refused with a reason', async (options, message) => {
  await expect(startSandbox(options as SandboxOptions)).rejects.toThrow(message);
});

function flipLast(response: Buffer): Buffer {
  const changed = Buffer.from(response);
  changed.writeUInt8(changed.readUInt8(changed.length - 8) ^ 1, changed.length - 8);
  return changed;
}
