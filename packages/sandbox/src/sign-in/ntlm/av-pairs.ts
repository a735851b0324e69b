/** Kinds of AV_PAIR (MS-NLMP 2.2.2.1): what the server says about itself, and the client about the connection. */
export const AvId = {
  end: 0,
  nbComputerName: 1,
  nbDomainName: 2,
  dnsComputerName: 3,
  dnsDomainName: 4,
  flags: 6,
  timestamp: 7,
  targetName: 9,
  channelBindings: 10,
} as const;

export type AvPairs = ReadonlyMap<number, Buffer>;

/** Reads pairs up to their end. @returns undefined for what breaks off, or has a kind twice */
export function readAvPairs(buffer: Buffer): AvPairs | undefined {
  const pairs = new Map<number, Buffer>();
  for (let at = 0; at + 4 <= buffer.length;) {
    const [id, length] = [buffer.readUInt16LE(at), buffer.readUInt16LE(at + 2)];
    if (id === AvId.end) return pairs;
    at += 4 + length;
    if (at > buffer.length || pairs.has(id)) return undefined;
    pairs.set(id, buffer.subarray(at - length, at));
  }
  return undefined;
}

export function writeAvPairs(pairs: AvPairs): Buffer {
  return Buffer.concat(
    [...pairs, [AvId.end, Buffer.alloc(0)] as const].flatMap(([id, value]) => [head(id, value), value]),
  );
}

function head(id: number, { length }: Buffer): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt16LE(id, 0);
  bytes.writeUInt16LE(length, 2);
  return bytes;
}
