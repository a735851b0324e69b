import { SaxesParser, type SaxesAttributeNS } from 'saxes';
import { PREFIXES } from './namespaces.js';
import { XmlElement } from './xml-element.js';

/** Deeper than any honest request; the stack of whatever walks the tree is safe. */
const MAX_DEPTH = 256;

/** The request is not well-formed, or holds what is refused: a DTD, or more depth than anybody needs. */
export class XmlError extends Error {
  constructor(
    message: string,
    /** Where in the source. */
    readonly offset: number,
  ) {
    super(message);
    this.name = 'XmlError';
  }
}

/**
 * Reads XML into a tree. There are no entities but XML's five and the numeric ones, and a document type is refused:
 * nothing can expand, nothing outside can be read. @throws XmlError
 */
export function readXml(source: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  let current: XmlElement | undefined;
  let nameEnd = 0;

  parser.on('error', (error) => {
    throw new XmlError(error.message, parser.position);
  });
  parser.on('doctype', () => {
    throw new XmlError('For security reasons DTD is prohibited in this XML document.', parser.position);
  });
  parser.on('opentagstart', () => {
    nameEnd = parser.position;
  });
  parser.on('opentag', (tag) => {
    const element = new XmlElement(prefixed(tag.uri, tag.local), attributesOf(tag.attributes), nameEnd);
    if (current === undefined) root = element;
    else current.append(element);
    if (open.length >= MAX_DEPTH) throw new XmlError(`Elements are nested deeper than ${MAX_DEPTH}.`, nameEnd);
    open.push(element);
    current = element;
  });
  parser.on('closetag', () => {
    const element = open.pop();
    if (element !== undefined) element.end = parser.position;
    current = open.at(-1);
  });
  const text = (chunk: string) => {
    if (current !== undefined) current.text = current.text === '' ? chunk : current.text + chunk;
  };
  parser.on('text', text);
  parser.on('cdata', text);

  parser.write(source).close();
  if (root === undefined) throw new XmlError('Root element is missing.', 0);
  return root;
}

function prefixed(uri: string, local: string): string {
  const prefix = PREFIXES[uri];
  return prefix === undefined ? `{${uri}}${local}` : prefix + local;
}

function attributesOf(attributes: Record<string, SaxesAttributeNS>): ReadonlyMap<string, string> | undefined {
  let map: Map<string, string> | undefined;
  for (const key in attributes) {
    const attribute = attributes[key];
    if (attribute === undefined || attribute.prefix === 'xmlns' || attribute.name === 'xmlns') continue;
    map ??= new Map();
    map.set(attribute.uri === '' ? attribute.local : prefixed(attribute.uri, attribute.local), attribute.value);
  }
  return map;
}
