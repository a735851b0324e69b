import { OFFERED_FLAGS } from './flags.js';

/** What each message begins with. */
export const SIGNATURE: Buffer = Buffer.from('NTLMSSP\0', 'latin1');

/** The version of NTLM that is spoken: 15, that of all Windows since Server 2003; of which Windows, nothing is said. */
export const VERSION: Buffer = Buffer.from([0, 0, 0, 0, 0, 0, 0, 15]);

/** The first message, the same for everybody (MS-NLMP 2.2.1.1): without domain and workstation. */
export function negotiateMessage(): Buffer {
  const head = Buffer.alloc(24);
  head.writeUInt32LE(1, 0);
  head.writeUInt32LE(OFFERED_FLAGS, 4);
  return Buffer.concat([SIGNATURE, head, VERSION]);
}
