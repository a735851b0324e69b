/** How bytes in a text column are to be read: the first of them says so. */
const UTF16 = 0;
const BASE64 = 1;
const HEX = 2;
const GUID = 3;

const BASE64_TEXT = /^[A-Za-z0-9+/]{8,}={0,2}$/;
const HEX_TEXT = /^(?:[0-9a-f]{2}){8,}$/;
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
  if (HEX_TEXT.test(text)) return tagged(HEX, Buffer.from(text, 'hex'));
  if (GUID_TEXT.test(text)) return tagged(GUID, Buffer.from(text.replaceAll('-', ''), 'hex'));
  if (text.length % 4 === 0 && BASE64_TEXT.test(text)) {
    const bytes = Buffer.from(text, 'base64');
    // Spare bits before the padding may be set, and would be lost.
    if (bytes.toString('base64') === text) return tagged(BASE64, bytes);
  }
  return NOT_STORABLE.test(text) ? tagged(UTF16, Buffer.from(text, 'utf16le')) : text;
}

/** The text that was packed. @throws Error when the bytes are none that {@link packText} makes */
export function unpackText(packed: PackedText): string {
  if (typeof packed === 'string') return packed;
  const bytes = Buffer.from(packed.buffer, packed.byteOffset + 1, packed.byteLength - 1);
  switch (packed[0]) {
    case UTF16:
      return bytes.toString('utf16le');
    case BASE64:
      return bytes.toString('base64');
    case HEX:
      return bytes.toString('hex');
    case GUID:
      return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    default:
      throw new Error(`a text begins with the byte ${packed[0]}`);
  }
}

function tagged(tag: number, bytes: Buffer): Uint8Array {
  const packed = Buffer.allocUnsafe(bytes.length + 1);
  packed[0] = tag;
  bytes.copy(packed, 1);
  return packed;
}
