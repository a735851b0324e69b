import { randomBytes } from 'node:crypto';
import type { Challenge } from './challenge-message.js';
import { NtlmFlag, OFFERED_FLAGS } from './flags.js';
import { SIGNATURE, VERSION } from './negotiate-message.js';
import { rc4 } from './rc4.js';
import { hmacMd5 } from './response-key.js';
import { AvId, type TargetInfo, writeTargetInfo } from './target-info.js';

const HEAD = 72;
const MIC = 16;
/** In MsvAvFlags: the message has an integrity code. */
const HAS_MIC = 2;
/** Between 1601 and 1970, in units of 100 ns. */
const EPOCH = 116_444_736_000_000_000n;

/** Who signs in. */
export interface NtlmIdentity {
  readonly user: string;
  /** Empty for a principal name (`user@domain`). */
  readonly domain: string;
  /** The computer that it is signed in from, for the server's log. */
  readonly workstation: string;
  readonly responseKey: Buffer;
}

/** What the answer to a challenge is bound to. */
export interface NtlmBinding {
  /** `HTTP/mail.contoso.com` */
  readonly servicePrincipal?: string;
  /** MD5 of the channel's bindings; absent where there are none. */
  readonly channel?: Buffer;
}

/** What must never be the same twice; given in tests only. */
export interface NtlmNonces {
  readonly clientChallenge: Buffer;
  readonly sessionKey: Buffer;
  /** FILETIME, in units of 100 ns since 1601. */
  readonly time: bigint;
}

/** The answer to a challenge (MS-NLMP 2.2.1.3, 3.1.5.1.2): an NTLMv2 response, with an integrity code if the server knows the time. */
export function authenticateMessage(
  negotiate: Buffer,
  challenge: Challenge,
  identity: NtlmIdentity,
  binding: NtlmBinding,
  nonces: NtlmNonces = freshNonces(),
): Buffer {
  const { serverChallenge, targetInfo } = challenge;
  const serverTime = targetInfo.get(AvId.timestamp);
  const temp = clientPart(serverTime ?? fileTime(nonces.time), nonces, boundTo(targetInfo, binding));
  const proof = hmacMd5(identity.responseKey, serverChallenge, temp);
  const sessionBaseKey = hmacMd5(identity.responseKey, proof);
  const flags = agreedFlags(challenge.flags);
  const exchanged = (flags & NtlmFlag.keyExchange) !== 0 && (flags & NtlmFlag.sign) !== 0;
  const lm = hmacMd5(identity.responseKey, serverChallenge, nonces.clientChallenge);
  const message = layOut(flags, serverTime !== undefined, [
    Buffer.from(identity.domain, 'utf16le'),
    Buffer.from(identity.user, 'utf16le'),
    Buffer.from(identity.workstation, 'utf16le'),
    // Whoever knows the time is not shown the older response, which is easier to guess from.
    serverTime === undefined ? Buffer.concat([lm, nonces.clientChallenge]) : Buffer.alloc(24),
    Buffer.concat([proof, temp]),
    exchanged ? rc4(sessionBaseKey, nonces.sessionKey) : Buffer.alloc(0),
  ]);
  if (serverTime !== undefined) {
    const sessionKey = exchanged ? nonces.sessionKey : sessionBaseKey;
    hmacMd5(sessionKey, negotiate, challenge.bytes, message).copy(message, HEAD);
  }
  return message;
}

/** What both can; NTLM, in Unicode, whatever the server says. */
function agreedFlags(offered: number): number {
  return ((offered & OFFERED_FLAGS) | NtlmFlag.unicode | NtlmFlag.ntlm | NtlmFlag.requestTarget) >>> 0;
}

function freshNonces(): NtlmNonces {
  return {
    clientChallenge: randomBytes(8),
    sessionKey: randomBytes(16),
    time: BigInt(Date.now()) * 10_000n + EPOCH,
  };
}

function fileTime(time: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(time);
  return bytes;
}

/** What the response is a proof of: NTLMv2_CLIENT_CHALLENGE (MS-NLMP 2.2.2.7), and the four zeros behind it. */
function clientPart(time: Buffer, { clientChallenge }: NtlmNonces, targetInfo: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from([1, 1, 0, 0, 0, 0, 0, 0]),
    time,
    clientChallenge,
    Buffer.alloc(4),
    targetInfo,
    Buffer.alloc(4),
  ]);
}

function boundTo(given: TargetInfo, { servicePrincipal, channel }: NtlmBinding): Buffer {
  const pairs = new Map(given);
  if (given.has(AvId.timestamp)) {
    const flags = Buffer.alloc(4);
    flags.writeUInt32LE(((given.get(AvId.flags)?.readUInt32LE(0) ?? 0) | HAS_MIC) >>> 0);
    pairs.set(AvId.flags, flags);
  }
  if (channel !== undefined) pairs.set(AvId.channelBindings, channel);
  if (servicePrincipal !== undefined) pairs.set(AvId.targetName, Buffer.from(servicePrincipal, 'utf16le'));
  return writeTargetInfo(pairs);
}

/** The head, room for the integrity code, and behind them what the head points to. */
function layOut(flags: number, hasMic: boolean, [domain, user, workstation, lm, nt, key]: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(hasMic ? HEAD + MIC : HEAD);
  SIGNATURE.copy(head);
  head.writeUInt32LE(3, 8);
  const parts: Buffer[] = [];
  let end = head.length;
  for (const [place, part = Buffer.alloc(0)] of [
    [28, domain],
    [36, user],
    [44, workstation],
    [12, lm],
    [20, nt],
    [52, key],
  ] as const) {
    head.writeUInt16LE(part.length, place);
    head.writeUInt16LE(part.length, place + 2);
    head.writeUInt32LE(end, place + 4);
    parts.push(part);
    end += part.length;
  }
  head.writeUInt32LE(flags, 60);
  VERSION.copy(head, 64);
  return Buffer.concat([head, ...parts]);
}
