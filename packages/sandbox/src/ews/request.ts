import type { Zone } from '../calendar/zone.js';
import { ItemError, SoapFault } from './fault.js';
import { readZone } from './fields/zone-definition.js';
import { headerType, requestType } from './grammar/grammar.js';
import { readXml } from './reader.js';
import { schemaFault } from './schema-fault.js';
import { Violation, validate } from './validator.js';
import type { XmlElement } from './xml-element.js';
import { XmlError } from './xml-error.js';

export interface EwsRequest {
  readonly operation: string;
  readonly body: XmlElement;
  readonly impersonation: XmlElement | undefined;
  readonly zone: Zone | undefined;
  readonly version: string | undefined;
}

/**
 * Those of the schema. Servers answer with `V2017_07_11` and the like, which no request can name: clients know that and
 * do not send them.
 */
const VERSIONS = new Set([
  'Exchange2007',
  'Exchange2007_SP1',
  'Exchange2010',
  'Exchange2010_SP1',
  'Exchange2010_SP2',
  'Exchange2013',
  'Exchange2013_SP1',
  'Exchange2016',
]);

/** Reads an envelope and checks all of it. @throws SoapFault ErrorSchemaValidation, ErrorInvalidRequest, ErrorTimeZone */
export function readEnvelope(source: string): EwsRequest {
  try {
    return checkedEnvelope(readXml(source));
  } catch (error) {
    if (error instanceof XmlError) throw schemaFault(error.message, source, error.offset);
    if (!(error instanceof Violation)) throw error;
    const { element: at, isAtEnd, message } = error;
    const tag = source.lastIndexOf('<', (isAtEnd ? at.end : at.start) - 1);
    throw schemaFault(message, source, tag + (source[tag + 1] === '/' ? 2 : 1));
  }
}

function checkedEnvelope(root: XmlElement): EwsRequest {
  const { header, operation } = partsOf(root);
  const blocks = new Set<string>();
  for (const block of header?.children ?? []) {
    checkHeader(block);
    // The schema counts no header blocks, but of two nobody could say whom to act as.
    if (blocks.has(block.name)) throw invalidRequest();
    blocks.add(block.name);
  }
  const type = requestType(operation.name);
  // An operation that does not exist, or that the sandbox does not serve.
  if (type === undefined) throw invalidRequest();
  validate(operation, type);
  const version = header?.child('t:RequestServerVersion')?.attribute('Version');
  // Exchange answers an unknown version with this and not with a violation.
  if (version !== undefined && !VERSIONS.has(version)) throw invalidRequest();
  return {
    operation: operationOf(operation.localName),
    body: operation,
    impersonation: header?.child('t:ExchangeImpersonation'),
    zone: readContext(header?.child('t:TimeZoneContext')),
    version,
  };
}

/** Of all operations, GetUserAvailability alone has `Request` at the end of its element's name. */
function operationOf(element: string): string {
  return element === 'GetUserAvailabilityRequest' ? 'GetUserAvailability' : element;
}

/** Takes an envelope of SOAP 1.1 apart. One of another version has another namespace, and is no envelope here. */
function partsOf(root: XmlElement): { header: XmlElement | undefined; operation: XmlElement } {
  if (root.name !== 's:Envelope') throw undeclared(root);
  const [first] = root.children;
  const header = first?.name === 's:Header' ? first : undefined;
  const [body, extra] = root.children.slice(header === undefined ? 0 : 1);
  if (body === undefined)
    throw new Violation("The element 'Envelope' has incomplete content: 'Body' is missing.", root, true);
  if (body.name !== 's:Body') throw undeclared(body);
  if (extra !== undefined) throw undeclared(extra);
  for (const part of [root, body, ...(header === undefined ? [] : [header])]) {
    if (part.text.trim() !== '')
      throw new Violation(`The element '${part.localName}' cannot contain text.`, part, false);
  }
  const [operation, second] = body.children;
  if (operation === undefined)
    throw new Violation("The element 'Body' has incomplete content: a request is missing.", body, true);
  if (second !== undefined) throw undeclared(second);
  return { header, operation };
}

function checkHeader(entry: XmlElement): void {
  const type = headerType(entry.name);
  if (type !== undefined) validate(entry, type);
  else if (entry.name.startsWith('t:') || entry.name.startsWith('m:')) throw undeclared(entry);
  else if (/^(1|true)$/.test(entry.attribute('s:mustUnderstand') ?? '')) {
    throw new SoapFault('ErrorInvalidRequest', `The SOAP header ${entry.localName} must be understood, and is not.`);
  }
}

function undeclared(found: XmlElement): Violation {
  const name = found.name.startsWith('{') ? found.name.replace(/^\{(.*)\}/, '$1:') : found.name;
  return new Violation(`The '${name}' element is not declared.`, found, false);
}

function readContext(context: XmlElement | undefined): Zone | undefined {
  if (context === undefined) return undefined;
  try {
    return readZone(context.required('t:TimeZoneDefinition'));
  } catch (error) {
    if (error instanceof ItemError) throw new SoapFault(error.code, error.message);
    throw error;
  }
}

function invalidRequest(): SoapFault {
  return new SoapFault('ErrorInvalidRequest', 'The request is invalid.');
}
