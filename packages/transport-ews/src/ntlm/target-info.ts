/** What a pair in the target information is (MS-NLMP 2.2.2.1), as far as it matters here. */
export const AvId = { end: 0, flags: 6, timestamp: 7, targetName: 9, channelBindings: 10 } as const;

/** Attributes of a server, or of how it is signed in to: ids and values, in their order. */
export type TargetInfo = ReadonlyMap<number, Buffer>;

/** @throws Error when the pairs exceed what is there */
export function readTargetInfo(bytes: Buffer): TargetInfo {
  const pairs = new Map<number, Buffer>();
  for (let at = 0; at < bytes.length;) {
    if (at + 4 > bytes.length) throw new Error('the target information breaks off');
    const id = bytes.readUInt16LE(at);
    if (id === AvId.end) break;
    const end = at + 4 + bytes.readUInt16LE(at + 2);
    if (end > bytes.length) throw new Error('the target information breaks off');
    pairs.set(id, bytes.subarray(at + 4, end));
    at = end;
  }
  return pairs;
}

export function writeTargetInfo(pairs: TargetInfo): Buffer {
  const parts = [...pairs].flatMap(([id, value]) => [pairHead(id, value.length), value]);
  return Buffer.concat([...parts, pairHead(AvId.end, 0)]);
}

function pairHead(id: number, length: number): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(length, 2);
  return head;
}
