/** How bytes in a text column are to be read: the first of them says so. */
const UTF16 = 0;
const BASE64 = 1;
const HEX = 2;
const GUID = 3;

const SHORTEST_HEX = 16;
const SHORTEST_BASE64 = 8;
const GUID_TEXT = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
// SQLite would cut the text at NUL, and write half of a surrogate pair as another character.
const NOT_STORABLE = /\0|\p{Cs}/u;

/** What stands for a text in the file. */
export type PackedText = string | Uint8Array;

/**
 * Makes the ids of servers smaller (base64 by a quarter, hexadecimal digits by half), which is most of what a row needs,
 * and keeps texts whole that SQLite would change. The same text always packs alike, so that it can be searched for.
 */
export function packText(text: string): PackedText {
  if (GUID_TEXT.test(text)) return pack(GUID, text.replaceAll('-', ''), 'hex');
  return (
    packWhole(HEX, text, 'hex', SHORTEST_HEX) ??
    packWhole(BASE64, text, 'base64', SHORTEST_BASE64) ??
    (NOT_STORABLE.test(text) ? pack(UTF16, text, 'utf16le') : text)
  );
}

/** The text that was packed. @throws Error when the bytes are none that {@link packText} makes */
export function unpackText(packed: PackedText): string {
  if (typeof packed === 'string') return packed;
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  switch (bytes[0]) {
    case UTF16:
      return bytes.toString('utf16le', 1);
    case BASE64:
      return bytes.toString('base64', 1);
    case HEX:
      return bytes.toString('hex', 1);
    case GUID:
      return bytes.toString('hex', 1).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    default:
      throw new Error(`a text begins with the byte ${bytes[0]}`);
  }
}

/** Undefined where the bytes would not give the same text back. */
function packWhole(tag: number, text: string, encoding: 'hex' | 'base64', shortest: number): Uint8Array | undefined {
  if (text.length < shortest) return undefined;
  const packed = pack(tag, text, encoding);
  return packed.toString(encoding, 1) === text ? packed : undefined;
}

function pack(tag: number, text: string, encoding: 'hex' | 'base64' | 'utf16le'): Buffer {
  const packed = Buffer.allocUnsafe(1 + Buffer.byteLength(text, encoding));
  packed[0] = tag;
  packed.write(text, 1, encoding);
  return packed;
}
