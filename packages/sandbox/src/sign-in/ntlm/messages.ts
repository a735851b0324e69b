import { Refusal } from '../refusal.js';
import { UNICODE } from './flags.js';

const SIGNATURE = Buffer.from('NTLMSSP\0', 'latin1');

/** NEGOTIATE_MESSAGE and AUTHENTICATE_MESSAGE have these numbers; undefined for what is neither. */
export function kindOf(message: Buffer): 1 | 3 | undefined {
  if (message.length < 16 || !message.subarray(0, 8).equals(SIGNATURE)) return undefined;
  const kind = message.readUInt32LE(8);
  return kind === 1 || kind === 3 ? kind : undefined;
}

/** The flags of a NEGOTIATE_MESSAGE (MS-NLMP 2.2.1.1); the rest of it means nothing to a server. */
export function readNegotiate(message: Buffer): number {
  return message.readUInt32LE(12);
}

/** What a CHALLENGE_MESSAGE says (MS-NLMP 2.2.1.2). */
export interface Challenge {
  readonly targetName: string;
  readonly flags: number;
  readonly serverChallenge: Buffer;
  readonly targetInfo: Buffer;
}

/** Where the payload begins; before it is a Version. */
const CHALLENGE_HEAD = 56;
/** Windows Server 2019, and the revision of NTLM that all have. */
const WINDOWS_VERSION = Buffer.from([10, 0, 0x63, 0x45, 0, 0, 0, 15]);

export function writeChallenge({ targetName, flags, serverChallenge, targetInfo }: Challenge): Buffer {
  const name = Buffer.from(targetName, (flags & UNICODE) === 0 ? 'latin1' : 'utf16le');
  const head = Buffer.alloc(CHALLENGE_HEAD);
  SIGNATURE.copy(head);
  head.writeUInt32LE(2, 8);
  writeField(head, 12, name.length, CHALLENGE_HEAD);
  head.writeUInt32LE(flags, 20);
  serverChallenge.copy(head, 24);
  writeField(head, 40, targetInfo.length, CHALLENGE_HEAD + name.length);
  WINDOWS_VERSION.copy(head, 48);
  return Buffer.concat([head, name, targetInfo]);
}

/** What an AUTHENTICATE_MESSAGE says (MS-NLMP 2.2.1.3). */
export interface Authenticate {
  readonly ntResponse: Buffer;
  readonly lmResponse: Buffer;
  readonly domain: string;
  readonly user: string;
  readonly encryptedSessionKey: Buffer;
  readonly flags: number;
  /** Undefined in a message that leaves no room for it. */
  readonly mic: Buffer | undefined;
  /** The message with zeros for its MIC, which is what a MIC is made of. */
  readonly withoutMic: Buffer;
}

const MIC_AT = 72;
const MIC_END = 88;

/** @throws Refusal `malformed` */
export function readAuthenticate(message: Buffer): Authenticate {
  if (message.length < 64) throw new Refusal('malformed');
  const [lm, nt, domain, user, workstation, sessionKey] = [12, 20, 28, 36, 44, 52].map((at) => readField(message, at));
  const flags = message.readUInt32LE(60);
  const encoding = (flags & UNICODE) === 0 ? 'latin1' : 'utf16le';
  const fields = [lm, nt, domain, user, workstation, sessionKey].map((field) => field ?? NONE);
  const payload = Math.min(message.length, ...fields.filter(({ bytes }) => bytes.length > 0).map(({ at }) => at));
  const hasRoom = payload >= MIC_END;
  return {
    lmResponse: (lm ?? NONE).bytes,
    ntResponse: (nt ?? NONE).bytes,
    domain: (domain ?? NONE).bytes.toString(encoding),
    user: (user ?? NONE).bytes.toString(encoding),
    encryptedSessionKey: (sessionKey ?? NONE).bytes,
    flags,
    mic: hasRoom ? message.subarray(MIC_AT, MIC_END) : undefined,
    withoutMic: hasRoom ? Buffer.from(message).fill(0, MIC_AT, MIC_END) : message,
  };
}

interface Field {
  readonly at: number;
  readonly bytes: Buffer;
}

const NONE: Field = { at: 0, bytes: Buffer.alloc(0) };

function readField(message: Buffer, head: number): Field {
  const [length, at] = [message.readUInt16LE(head), message.readUInt32LE(head + 4)];
  if (at + length > message.length) throw new Refusal('malformed');
  return { at, bytes: message.subarray(at, at + length) };
}

function writeField(message: Buffer, head: number, length: number, at: number): void {
  message.writeUInt16LE(length, head);
  message.writeUInt16LE(length, head + 2);
  message.writeUInt32LE(at, head + 4);
}
