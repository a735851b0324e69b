import * as Flag from './flags.js';
import type { NtlmIdentity } from './handshake.js';
import { hmacMd5, md5 } from './keys.js';
import { Rc4 } from './rc4.js';

type Direction = 'client-to-server' | 'server-to-client';

/**
 * The first signature of a side over a message: MAC of MS-NLMP 3.4.4.2, with extended session security.
 * @returns undefined where the client has not asked for that
 */
export function firstSignature(
  { flags, sessionKey }: Pick<NtlmIdentity, 'flags' | 'sessionKey'>,
  direction: Direction,
  message: Buffer,
): Buffer | undefined {
  if ((flags & Flag.EXTENDED_SESSION_SECURITY) === 0 || (flags & Flag.SIGN) === 0) return undefined;
  const number = Buffer.alloc(4);
  const sum = hmacMd5(derived(sessionKey, direction, 'signing'), number, message).subarray(0, 8);
  const sealing = derived(sessionKey.subarray(0, sealingStrength(flags)), direction, 'sealing');
  const shown = (flags & Flag.KEY_EXCHANGE) === 0 ? sum : new Rc4(sealing).apply(sum);
  return Buffer.concat([Buffer.from([1, 0, 0, 0]), shown, number]);
}

/** SIGNKEY and SEALKEY, MS-NLMP 3.4.5.2 and 3.4.5.3. */
function derived(key: Buffer, direction: Direction, use: 'signing' | 'sealing'): Buffer {
  return md5(key, Buffer.from(`session key to ${direction} ${use} key magic constant\0`, 'latin1'));
}

function sealingStrength(flags: number): number {
  if ((flags & Flag.KEY_128) !== 0) return 16;
  return (flags & Flag.KEY_56) === 0 ? 5 : 7;
}
