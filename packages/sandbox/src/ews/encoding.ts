import type { SoapFault } from './fault.js';
import { schemaFault } from './schema-fault.js';

/** What an XML declaration says of the document. */
interface Declaration {
  readonly version?: string | undefined;
  readonly encoding?: string | undefined;
}

/** What is wrong with an XML declaration: requests are XML 1.0 in UTF-8, whatever they call it. */
export function checkDeclaration({ version, encoding }: Declaration, source: string): Complaint | undefined {
  if (version !== undefined && version !== '1.0') {
    return { message: `Version number '${version}' is invalid.`, offset: offsetOf('version', version, source) };
  }
  if (encoding === undefined || /^utf-8$/i.test(encoding)) return undefined;
  if (/^us-ascii$/i.test(encoding) && Buffer.byteLength(source) === source.length) return undefined;
  const message = `System does not support '${encoding}' encoding.`;
  return { message, offset: offsetOf('encoding', encoding, source) };
}

interface Complaint {
  readonly message: string;
  /** Where in the source. */
  readonly offset: number;
}

function offsetOf(name: string, value: string, source: string): number {
  return source.indexOf(value, source.indexOf(name) + name.length);
}

/** The fault of a body that is not UTF-8: it says where the first wrong byte is. */
export function encodingFault(body: Buffer): SoapFault {
  const decoded = body.toString('utf8');
  // What is wrong comes out as U+FFFD, which is other bytes when it is encoded again.
  const encoded = Buffer.from(decoded);
  let at = 0;
  while (at < body.length && body[at] === encoded[at]) at += 1;
  const { length } = body.subarray(0, at).toString('utf8');
  return schemaFault('Invalid character in the given encoding.', decoded, length);
}
