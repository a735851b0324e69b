import type { AppointmentField, FieldDigests } from '@appointed/core';

/**
 * The numbers that stand for fields in the file; never to be changed, and never given to another. A field that has none
 * yet makes its row's digests be stored as JSON, which is five times as long.
 */
const FIELD_NUMBERS = {
  subject: 1,
  body: 2,
  start: 3,
  end: 4,
  location: 5,
  requiredAttendees: 6,
  optionalAttendees: 7,
  resources: 8,
  reminder: 9,
  showAs: 10,
  sensitivity: 11,
  importance: 12,
  categories: 13,
} as const satisfies Partial<Record<AppointmentField, number>>;

const NUMBER_OF: ReadonlyMap<string, number> = new Map(Object.entries(FIELD_NUMBERS));
const NAME_OF: ReadonlyMap<number, string> = new Map(Object.entries(FIELD_NUMBERS).map(([name, n]) => [n, name]));

const DIGEST = /^[0-9a-f]{12}$/;
const DIGEST_BYTES = 6;

/** What stands for digests in the file: for each field its number and the digest's bytes, or JSON. */
export type PackedDigests = string | Uint8Array;

/** Eight digests take 56 bytes instead of 200. */
export function packDigests(digests: FieldDigests): PackedDigests {
  const entries = Object.entries(digests);
  const packed = Buffer.allocUnsafe(entries.length * (1 + DIGEST_BYTES));
  let at = 0;
  for (const [name, digest] of entries) {
    const number = NUMBER_OF.get(name);
    if (number === undefined || !DIGEST.test(digest)) return JSON.stringify(digests);
    at = packed.writeUInt8(number, at);
    at += packed.write(digest, at, 'hex');
  }
  return packed;
}

/** The digests that were packed. @throws Error when the bytes are none that {@link packDigests} makes */
export function unpackDigests(packed: PackedDigests): FieldDigests {
  if (typeof packed === 'string') return JSON.parse(packed);
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  const digests: Record<string, string> = {};
  for (let at = 0; at < bytes.length; at += 1 + DIGEST_BYTES) {
    const name = NAME_OF.get(bytes.readUInt8(at));
    if (name === undefined) throw new Error(`digests hold the field ${bytes[at]}`);
    digests[name] = bytes.toString('hex', at + 1, at + 1 + DIGEST_BYTES);
  }
  return digests;
}
