import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../src/index.js';
import { der, readAllDer, readDer } from '../src/sign-in/der.js';
import { readAuthenticate } from '../src/sign-in/ntlm/messages.js';
import { firstSignature } from '../src/sign-in/ntlm/signature.js';
import { NEGOTIATE_MESSAGE, NtlmClient, answerTo, type Seen } from './ntlm-client.js';

const KERBEROS = Buffer.from('2a864886f712010202', 'hex');
const NTLMSSP = Buffer.from('2b06010401823702020a', 'hex');
const SPNEGO = Buffer.from('2b0601050502', 'hex');
/** The session key that the client brings; it is known here, to sign with. */
const SESSION_KEY = Buffer.alloc(16, 7);

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({
    mailboxes: [{ address: 'alfred@contoso.com' }],
    serviceAccounts: [{ user: 'svc', password: 'secret', impersonates: ['*'] }],
    signIn: ['negotiate'],
  });
});
beforeEach(() => sandbox.control.reset());
afterAll(() => sandbox.close());

const mechanisms = (...ids: readonly Buffer[]) => der(0x30, ...ids.map((id) => der(0x06, id)));

function offer(list: Buffer, token: Buffer): Buffer {
  const init = der(0x30, der(0xa0, list), der(0xa2, der(0x04, token)));
  return der(0x60, der(0x06, SPNEGO), der(0xa0, init));
}

function response(token: Buffer, signature?: Buffer): Buffer {
  const mic = signature === undefined ? [] : [der(0xa3, der(0x04, signature))];
  return der(0xa1, der(0x30, der(0xa2, der(0x04, token)), ...mic));
}

/** What the server has answered: its state, and the token of the mechanism and the signature if there are any. */
function answered({ challenges }: Seen): { state: number | undefined; token: Buffer; signature: Buffer } {
  const [, text = ''] = /^Negotiate (\S+)$/.exec(challenges[0] ?? '') ?? [];
  const fields = new Map(
    readAllDer(readDer(readDer(Buffer.from(text, 'base64')).body).body).map(({ tag, body }) => [tag, body]),
  );
  const inside = (tag: number) => readDer(fields.get(tag) ?? der(0x04)).body;
  return { state: inside(0xa0)[0], token: inside(0xa2), signature: inside(0xa3) };
}

/** A client that would rather have had Kerberos. @param sign makes the signature over the list of mechanisms */
async function second(client: NtlmClient, sign: (list: Buffer, flags: number) => Buffer | undefined): Promise<Seen> {
  const list = mechanisms(KERBEROS, NTLMSSP);
  const chosen = await client.token(offer(list, Buffer.from('a ticket')));
  expect([chosen.status, answered(chosen).state]).toEqual([401, 3]);
  const { token: challenge } = answered(await client.token(response(NEGOTIATE_MESSAGE)));
  const authenticate = answerTo(NEGOTIATE_MESSAGE, challenge, { mic: 'right', sessionKey: SESSION_KEY });
  return client.token(response(authenticate, sign(list, readAuthenticate(authenticate).flags)));
}

const signed = (list: Buffer, flags: number) =>
  firstSignature({ flags, sessionKey: SESSION_KEY }, 'client-to-server', list);

describe('SPNEGO', () => {
  test('with NTLM alone needs no signature', async () => {
    await using client = new NtlmClient(sandbox.url, { scheme: 'Negotiate' });
    const first = answered(await client.token(offer(mechanisms(NTLMSSP), NEGOTIATE_MESSAGE)));
    expect(first.state).toBe(1);
    const last = await client.token(response(answerTo(NEGOTIATE_MESSAGE, first.token)));
    expect([last.status, answered(last).state]).toEqual([200, 0]);
  });

  test('begins anew with bare NTLM, which nothing was offered with', async () => {
    await using client = new NtlmClient(sandbox.url, { scheme: 'Negotiate' });
    await client.token(offer(mechanisms(KERBEROS, NTLMSSP), Buffer.from('a ticket')));
    expect((await client.signIn()).status).toBe(200);
  });

  test('takes an offer without a message, and goes on with the next', async () => {
    await using client = new NtlmClient(sandbox.url, { scheme: 'Negotiate' });
    const bare = der(0x60, der(0x06, SPNEGO), der(0xa0, der(0x30, der(0xa0, mechanisms(NTLMSSP)))));
    expect(answered(await client.token(bare)).state).toBe(1);
    const { token: challenge } = answered(await client.token(response(NEGOTIATE_MESSAGE)));
    expect((await client.token(response(answerTo(NEGOTIATE_MESSAGE, challenge)))).status).toBe(200);
  });

  test('chooses NTLM where Kerberos comes first, and answers the signature that it then wants', async () => {
    await using client = new NtlmClient(sandbox.url, { scheme: 'Negotiate' });
    const last = await second(client, signed);
    expect([last.status, answered(last).state]).toEqual([200, 0]);
    const flags = NEGOTIATE_MESSAGE.readUInt32LE(12);
    const right = firstSignature({ flags, sessionKey: SESSION_KEY }, 'server-to-client', mechanisms(KERBEROS, NTLMSSP));
    expect(answered(last).signature).toEqual(right);
    expect((await client.send()).status).toBe(200);
  });

  test.each<[name: string, sign: (list: Buffer, flags: number) => Buffer | undefined]>([
    ['does not sign', () => undefined],
    ['has signed another list', (_, flags) => signed(mechanisms(NTLMSSP), flags)],
    ['signs with nothing', () => Buffer.alloc(0)],
  ])('refuses who is brought to NTLM and %s: somebody may have taken Kerberos away', async (_, sign) => {
    await using client = new NtlmClient(sandbox.url, { scheme: 'Negotiate' });
    expect((await second(client, sign)).status).toBe(401);
    expect(sandbox.control.signIns().refused).toEqual({ wrongMic: 1 });
    expect((await client.send()).status).toBe(401);
  });

  test.each([
    ['Kerberos alone', offer(mechanisms(KERBEROS), Buffer.from('a ticket')), 'noKerberos'],
    ['Kerberos without SPNEGO', der(0x60, der(0x06, KERBEROS), Buffer.from('a ticket')), 'noKerberos'],
    ['a response to nothing', response(NEGOTIATE_MESSAGE), 'noChallenge'],
    ['an offer that holds no message', offer(mechanisms(NTLMSSP), Buffer.from('rubbish')), 'malformed'],
    ['an offer that breaks off', offer(mechanisms(NTLMSSP), NEGOTIATE_MESSAGE).subarray(0, 40), 'malformed'],
  ])('refuses %s', async (_, token, reason) => {
    await using client = new NtlmClient(sandbox.url, { scheme: 'Negotiate' });
    expect((await client.token(token)).status).toBe(401);
    expect(sandbox.control.signIns().refused).toEqual({ [reason]: 1 });
  });
});
