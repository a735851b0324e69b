/** What a pair in the target information is (MS-NLMP 2.2.2.1), as far as it matters here. */
export const AvId = { end: 0, flags: 6, timestamp: 7, targetName: 9, channelBindings: 10 } as const;

/** Attributes of a server, or of how it is signed in to: ids and values, in their order. */
export type TargetInfo = ReadonlyMap<number, Buffer>;

/** How long the values are that are read, and not passed on as they came. */
const LENGTHS: Readonly<Record<number, number>> = { [AvId.flags]: 4, [AvId.timestamp]: 8 };

/** @throws Error when the pairs exceed what is there, or one is not as long as its kind is */
export function readTargetInfo(bytes: Buffer): TargetInfo {
  const pairs = new Map<number, Buffer>();
  for (let at = 0; at < bytes.length;) {
    if (at + 4 > bytes.length) throw new Error('the target information breaks off');
    const id = bytes.readUInt16LE(at);
    if (id === AvId.end) break;
    const end = at + 4 + bytes.readUInt16LE(at + 2);
    if (end > bytes.length) throw new Error('the target information breaks off');
    const value = bytes.subarray(at + 4, end);
    if (value.length !== (LENGTHS[id] ?? value.length))
      throw new Error('the target information has a value that is cut');
    pairs.set(id, value);
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
