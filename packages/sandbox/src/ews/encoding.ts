import type { SoapFault } from './fault.js';
import { schemaFault } from './schema-fault.js';
import { XmlError } from './xml-error.js';

const SPACE = String.raw`[ \t\r\n]`;
const IS = `${SPACE}*=${SPACE}*`;
const DECLARATION = new RegExp(
  String.raw`^<\?xml${SPACE}+version${IS}(["'])(?<version>1\.[0-9]+)\1` +
    String.raw`(?:${SPACE}+encoding${IS}(["'])(?<encoding>[A-Za-z][A-Za-z0-9._\-]*)\3)?` +
    String.raw`(?:${SPACE}+standalone${IS}(["'])(?:yes|no)\5)?${SPACE}*\?>`,
);

/**
 * Checks the XML declaration: requests are XML 1.0 in UTF-8, whatever they call it.
 * @returns where it ends; 0 if there is none @throws XmlError
 */
export function endOfDeclaration(source: string): number {
  if (!/^<\?xml[ \t\r\n?]/.test(source)) return 0;
  const match = DECLARATION.exec(source);
  if (match === null) throw new XmlError('Syntax for an XML declaration is invalid.', 0);
  const [declaration] = match;
  const { version = '', encoding = 'utf-8' } = match.groups ?? {};
  if (version !== '1.0') throw new XmlError(`Version number '${version}' is invalid.`, declaration.indexOf(version));
  const isAscii = /^us-ascii$/i.test(encoding) && Buffer.byteLength(source) === source.length;
  if (!isAscii && !/^utf-8$/i.test(encoding)) {
    const at = declaration.indexOf(encoding, declaration.indexOf('encoding') + 'encoding'.length);
    throw new XmlError(`System does not support '${encoding}' encoding.`, at);
  }
  return declaration.length;
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
