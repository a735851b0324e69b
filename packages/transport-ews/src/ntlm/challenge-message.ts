import { SIGNATURE } from './negotiate-message.js';
import { readTargetInfo, type TargetInfo } from './target-info.js';

/** The server's message (MS-NLMP 2.2.1.2). */
export interface Challenge {
  readonly flags: number;
  readonly serverChallenge: Buffer;
  readonly targetInfo: TargetInfo;
  /** The whole message, which the integrity code covers. */
  readonly bytes: Buffer;
}

/** @throws Error when it is no such message */
export function readChallenge(bytes: Buffer): Challenge {
  if (bytes.length < 48 || !bytes.subarray(0, 8).equals(SIGNATURE) || bytes.readUInt32LE(8) !== 2) {
    throw new Error('the server sent no NTLM challenge');
  }
  const start = bytes.readUInt32LE(44);
  const end = start + bytes.readUInt16LE(40);
  if (end > bytes.length) throw new Error('the NTLM challenge breaks off');
  return {
    flags: bytes.readUInt32LE(20),
    serverChallenge: bytes.subarray(24, 32),
    targetInfo: readTargetInfo(bytes.subarray(start, end)),
    bytes,
  };
}
