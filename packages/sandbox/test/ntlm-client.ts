import { createHash, createHmac, randomBytes } from 'node:crypto';
import { Client } from 'undici';
import { md4 } from '../src/sign-in/ntlm/md4.js';
import { Rc4 } from '../src/sign-in/ntlm/rc4.js';
import { folderRequest } from './raw-client.js';

/** Unicode, target, signing, NTLM, extended session security, 128 bits, and a session key of the client's own. */
const FLAGS = 0x6008_8215;

export const NEGOTIATE_MESSAGE: Buffer = negotiateMessage();

/** How a client answers a challenge; what is left out is as it should be. */
export interface Answering {
  user?: string;
  domain?: string;
  password?: string;
  /** `none` by default. */
  mic?: 'none' | 'right' | 'wrong';
  /** What MsvAvChannelBindings holds. */
  binding?: Buffer;
  targetName?: string;
  /** Drawn by lot where it is left out. */
  sessionKey?: Buffer;
  /** Changes the response to the challenge before it is sent. */
  response?: (response: Buffer) => Buffer;
  /** What it says instead of a name that the challenge has told. */
  computer?: string;
}

export interface Seen {
  readonly status: number;
  readonly challenges: readonly string[];
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** One connection to a sandbox, and a client of NTLM that does what tests want, wrong things among them. */
export class NtlmClient implements AsyncDisposable {
  private readonly client: Client;

  constructor(url: string, { ca, scheme = 'NTLM' }: { ca?: string; scheme?: 'NTLM' | 'Negotiate' } = {}) {
    this.scheme = scheme;
    this.client = new Client(url, ca === undefined ? {} : { connect: { ca } });
  }

  private readonly scheme: string;

  /** A GetFolder. @param authorization with its scheme */
  async send(authorization?: string, xml: string = folderRequest('alfred@contoso.com')): Promise<Seen> {
    const { statusCode, headers, body } = await this.client.request({
      method: 'POST',
      path: '/EWS/Exchange.asmx',
      headers: { 'content-type': 'text/xml', ...(authorization !== undefined && { authorization }) },
      body: xml,
    });
    const challenges = [headers['www-authenticate'] ?? []].flat();
    return { status: statusCode, challenges, headers, body: await body.text() };
  }

  /** @returns the two messages so far */
  async begin(): Promise<{ negotiate: Buffer; challenge: Buffer }> {
    const negotiate = Buffer.from(NEGOTIATE_MESSAGE);
    const { challenges } = await this.token(negotiate);
    const [, token = ''] = /^\w+ (\S+)$/.exec(challenges[0] ?? '') ?? [];
    return { negotiate, challenge: Buffer.from(token, 'base64') };
  }

  token(message: Buffer): Promise<Seen> {
    return this.send(`${this.scheme} ${message.toString('base64')}`);
  }

  /** A whole handshake. @returns the answer to the request that ends it */
  async signIn(answering: Answering = {}): Promise<Seen> {
    const { negotiate, challenge } = await this.begin();
    return this.token(answerTo(negotiate, challenge, answering));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.destroy();
  }
}

/** The AUTHENTICATE_MESSAGE. */
export function answerTo(negotiate: Buffer, challenge: Buffer, answering: Answering = {}): Buffer {
  const { user = 'svc', domain = 'CONTOSO', password = 'secret', mic = 'none', response = (same) => same } = answering;
  const key = hmac(md4(utf16(password)), utf16(user.toUpperCase() + domain));
  const blob = Buffer.concat([
    Buffer.from([1, 1, 0, 0, 0, 0, 0, 0]),
    Buffer.alloc(8),
    randomBytes(8),
    Buffer.alloc(4),
    pairs(challenge, answering),
    Buffer.alloc(4),
  ]);
  const proof = hmac(key, challenge.subarray(24, 32), blob);
  const base = hmac(key, proof);
  const session = answering.sessionKey ?? randomBytes(16);
  const payload = [
    utf16(domain),
    utf16(user),
    Buffer.alloc(0),
    Buffer.alloc(24),
    response(Buffer.concat([proof, blob])),
    new Rc4(base).apply(session),
  ] as const;
  const message = withPayload(challenge.readUInt32LE(20), payload);
  if (mic === 'none') return message;
  hmac(session, negotiate, challenge, message).copy(message, 72);
  if (mic === 'wrong') message.writeUInt8(message.readUInt8(72) ^ 1, 72);
  return message;
}

function negotiateMessage(): Buffer {
  const message = Buffer.concat([Buffer.from('NTLMSSP\0\u0001\0\0\0', 'latin1'), Buffer.alloc(28)]);
  message.writeUInt32LE(FLAGS, 12);
  return message;
}

/** What the challenge says of the server, and what the client adds. */
function pairs(challenge: Buffer, { mic = 'none', binding, targetName, computer }: Answering): Buffer {
  const [length, at] = [challenge.readUInt16LE(40), challenge.readUInt32LE(44)];
  const told = challenge.subarray(at, at + length - 4);
  const added: Buffer[] = [];
  if (mic !== 'none') added.push(pair(6, Buffer.from([2, 0, 0, 0])));
  if (targetName !== undefined) added.push(pair(9, utf16(targetName)));
  if (binding !== undefined) added.push(pair(10, binding));
  const said = computer === undefined ? told : pair(1, utf16(computer));
  return Buffer.concat([said, ...added, Buffer.alloc(4)]);
}

function pair(id: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(value.length, 2);
  return Buffer.concat([head, value]);
}

/** Domain, user, workstation, LM and NT response, session key: in this order behind the head, in another within it. */
function withPayload(flags: number, payload: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(88);
  Buffer.from('NTLMSSP\0\u0003', 'latin1').copy(head);
  let at = head.length;
  for (const [index, field] of [28, 36, 44, 12, 20, 52].entries()) {
    const length = payload[index]?.length ?? 0;
    head.writeUInt16LE(length, field);
    head.writeUInt16LE(length, field + 2);
    head.writeUInt32LE(at, field + 4);
    at += length;
  }
  head.writeUInt32LE(flags, 60);
  return Buffer.concat([head, ...payload]);
}

/** What a client binds itself to that has been shown this certificate: tls-server-end-point. */
export function bindingTo(certificate: Buffer, hash = 'sha256'): Buffer {
  const data = Buffer.concat([Buffer.from('tls-server-end-point:'), createHash(hash).update(certificate).digest()]);
  const head = Buffer.alloc(20);
  head.writeUInt32LE(data.length, 16);
  return createHash('md5').update(head).update(data).digest();
}

function hmac(key: Buffer, ...parts: readonly Buffer[]): Buffer {
  const made = createHmac('md5', key);
  for (const part of parts) made.update(part);
  return made.digest();
}

function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le');
}
