import { TextDecoder } from 'node:util';
import { CommandError } from '../command-error.js';
import type { Encoding } from './list-options.js';

/**
 * The text of a list: in the encoding that its byte order mark names, in UTF-8 where its first special characters are
 * that, and else in Windows-1252, which Excel writes.
 * @throws CommandError `list_unreadable`
 */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
  encoding?: Encoding,
): AsyncGenerator<string> {
  let decoder = encoding === undefined ? undefined : decoderFor(encoding);
  let isFirst = true;
  for await (const chunk of bytes) {
    if (isFirst) decoder ??= decoderOfMark(chunk);
    isFirst = false;
    // As long as all is ASCII every encoding says the same.
    if (decoder === undefined && !isAscii(chunk))
      decoder = isUtf8(chunk) ? decoderFor('utf-8') : decoderFor('windows-1252');
    yield decoder === undefined ? Buffer.from(chunk).toString('latin1') : decode(decoder, chunk, name);
  }
  if (decoder !== undefined) yield decode(decoder, undefined, name);
}

function decoderFor(encoding: Encoding): TextDecoder {
  return new TextDecoder(encoding, { fatal: true });
}

function decoderOfMark([first, second, third]: Uint8Array): TextDecoder | undefined {
  if (first === 0xff && second === 0xfe) return decoderFor('utf-16le');
  if (first === 0xef && second === 0xbb && third === 0xbf) return decoderFor('utf-8');
  return undefined;
}

function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 0x80);
}

/** Also where the last character is cut off. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    decoderFor('utf-8').decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function decode(decoder: TextDecoder, chunk: Uint8Array | undefined, name: string): string {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined });
  } catch (cause) {
    const message = `${name} is not ${decoder.encoding} throughout`;
    throw new CommandError('list_unreadable', message, 'Save it as UTF-8, or name its --encoding.', cause);
  }
}
