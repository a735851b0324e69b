const BLOCK = 64;

/** The words of a block in the order of each round, and by how much is rotated (RFC 1320, 3.4). */
const ORDERS: readonly (readonly number[])[] = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
  [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
];
const SHIFTS: readonly (readonly number[])[] = [
  [3, 7, 11, 19],
  [3, 5, 9, 13],
  [3, 9, 11, 15],
];
const CONSTANTS = [0, 0x5a827999, 0x6ed9eba1];

type State = readonly [number, number, number, number];

/** MD4 (RFC 1320), by which Windows keeps passwords. Node has it no more: OpenSSL 3 counts it as outdated. */
export function md4(data: Uint8Array): Buffer {
  const padded = pad(data);
  let state: State = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let at = 0; at < padded.length; at += BLOCK) state = digest(state, padded.subarray(at, at + BLOCK));
  const result = Buffer.alloc(16);
  for (const [place, word] of state.entries()) result.writeUInt32LE(word >>> 0, place * 4);
  return result;
}

/** A bit, zeros, and the length in bits, up to whole blocks. */
function pad(data: Uint8Array): Buffer {
  const padded = Buffer.alloc(Math.ceil((data.length + 9) / BLOCK) * BLOCK);
  padded.set(data);
  padded[data.length] = 0x80;
  padded.writeBigUInt64LE(BigInt(data.length) * 8n, padded.length - 8);
  return padded;
}

function digest(state: State, block: Buffer): State {
  let [a, b, c, d] = state;
  for (const [round, order] of ORDERS.entries()) {
    for (const [step, word] of order.entries()) {
      const sum = a + mix(round, b, c, d) + block.readUInt32LE(word * 4) + (CONSTANTS[round] ?? 0);
      [a, b, c, d] = [d, rotate(sum, SHIFTS[round]?.[step % 4] ?? 0), b, c];
    }
  }
  return [(state[0] + a) | 0, (state[1] + b) | 0, (state[2] + c) | 0, (state[3] + d) | 0];
}

function mix(round: number, x: number, y: number, z: number): number {
  if (round === 0) return (x & y) | (~x & z);
  return round === 1 ? (x & y) | (x & z) | (y & z) : x ^ y ^ z;
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
