/** What a round adds to every step: nothing, and the square roots of 2 and 3. */
const ROUNDS = [
  { add: 0, shifts: [3, 7, 11, 19], order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] },
  { add: 0x5a827999, shifts: [3, 5, 9, 13], order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15] },
  { add: 0x6ed9eba1, shifts: [3, 9, 11, 15], order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15] },
] as const;

const MIX: readonly ((x: number, y: number, z: number) => number)[] = [
  (x, y, z) => (x & y) | (~x & z),
  (x, y, z) => (x & y) | (x & z) | (y & z),
  (x, y, z) => x ^ y ^ z,
];

type State = [number, number, number, number];

/**
 * MD4 (RFC 1320): what NTLM makes its keys of. OpenSSL 3, and with it Node, has it in its legacy provider alone. It
 * protects nothing any more, and nothing here relies on it to.
 */
export function md4(message: Buffer): Buffer {
  const blocks = padded(message);
  let state: State = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let at = 0; at < blocks.length; at += 64) state = compress(state, blocks.subarray(at, at + 64));
  const digest = Buffer.alloc(16);
  for (const [index, word] of state.entries()) digest.writeInt32LE(word | 0, index * 4);
  return digest;
}

/** A one, zeros, and the length in bits. */
function padded(message: Buffer): Buffer {
  const blocks = Buffer.alloc((((message.length + 8) >> 6) + 1) * 64);
  message.copy(blocks);
  blocks[message.length] = 0x80;
  blocks.writeBigUInt64LE(BigInt(message.length) * 8n, blocks.length - 8);
  return blocks;
}

function compress(state: State, block: Buffer): State {
  let [a, b, c, d] = state;
  for (const [round, { add, shifts, order }] of ROUNDS.entries()) {
    const mix = MIX[round] as (typeof MIX)[number];
    for (const [step, word] of order.entries()) {
      const sum = (a + mix(b, c, d) + block.readInt32LE(word * 4) + add) | 0;
      const shift = shifts[step % 4] as number;
      [a, b, c, d] = [d, (sum << shift) | (sum >>> (32 - shift)), b, c];
    }
  }
  return [state[0] + a, state[1] + b, state[2] + c, state[3] + d];
}
