import type { SaxesAttributeNS, SaxesParser } from 'saxes';
import { library } from '../library.js';
import { checkDeclaration } from './encoding.js';
import { INSTANCE, PREFIXES, internalized } from './namespaces.js';
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
  const reader = idle ?? new Reader();
  idle = undefined;
  const root = reader.read(source);
  // One that has failed is not used again: its parser stopped in the middle.
  idle = reader;
  return root;
}

const saxes = library<typeof import('saxes')>('saxes');

/** Making a parser costs as much as reading a small request, so one is kept. */
let idle: Reader | undefined;

/**
 * Five handlers and not one more: saxes adds each as a property of its parser, and from the sixth on V8 makes a
 * dictionary of the parser, which is then five times slower.
 */
class Reader {
  private readonly parser: Parser = new (saxes().SaxesParser)({ xmlns: true, position: false });
  private root: XmlElement | undefined;
  private source = '';
  private open: XmlElement[] = [];
  private current: XmlElement | undefined;

  constructor() {
    const { parser } = this;
    parser.on('doctype', () => {
      throw new XmlError('For security reasons DTD is prohibited in this XML document.', parser.position);
    });
    parser.on('opentag', (tag) => {
      const attributes = attributesOf(tag.attributes, parser);
      this.begin(new XmlElement(prefixed(tag.uri, tag.local), attributes, parser.position));
    });
    parser.on('closetag', () => {
      const element = this.open.pop();
      if (element !== undefined) element.end = parser.position;
      this.current = this.open.at(-1);
    });
    const text = (chunk: string) => {
      if (this.current !== undefined) this.current.text += chunk;
    };
    parser.on('text', text);
    parser.on('cdata', text);
  }

  read(source: string): XmlElement {
    this.source = source;
    this.root = undefined;
    this.open = [];
    this.current = undefined;
    this.parse();
    if (this.root === undefined) throw new XmlError('Root element is missing.', 0);
    return this.root;
  }

  private parse(): void {
    const { parser, source } = this;
    try {
      parser.write(source).close();
    } catch (error) {
      // Without a handler of its own for errors, saxes throws them.
      if (error instanceof XmlError || !(error instanceof Error)) throw error;
      throw new XmlError(error.message, parser.position);
    }
  }

  private begin(element: XmlElement): void {
    if (this.open.length >= MAX_DEPTH) {
      throw new XmlError(`Elements are nested deeper than ${MAX_DEPTH}.`, element.start);
    }
    if (this.current === undefined) this.beginRoot(element);
    else this.current.append(element);
    this.open.push(element);
    this.current = element;
  }

  private beginRoot(element: XmlElement): void {
    const wrong = checkDeclaration(this.parser.xmlDecl, this.source);
    if (wrong !== undefined) throw new XmlError(wrong.message, wrong.offset);
    this.root = element;
  }
}

/**
 * One string for all elements of a name: it is compared and looked up faster than one that has just been put together.
 * Bounded, since names come from outside.
 */
const names = new Map(Object.keys(PREFIXES).map((uri) => [uri, new Map<string, string>()]));
const MOST_NAMES = 1000;
/** Most elements are of the namespace of the one before. */
let last = { uri: '', names: names.get('') };

function prefixed(uri: string, local: string): string {
  if (uri !== last.uri) last = { uri, names: names.get(uri) };
  const known = last.names?.get(local);
  if (known !== undefined) return known;
  const prefix = PREFIXES[uri];
  if (prefix === undefined) return `{${uri}}${local}`;
  const name = internalized(prefix + local);
  if (last.names !== undefined && last.names.size < MOST_NAMES) last.names.set(local, name);
  return name;
}

type Parser = SaxesParser<{ xmlns: true; position: false }>;

function attributesOf(
  attributes: Record<string, SaxesAttributeNS>,
  parser: Parser,
): ReadonlyMap<string, string> | undefined {
  let map: Map<string, string> | undefined;
  for (const key in attributes) {
    const attribute = attributes[key];
    if (attribute === undefined || attribute.prefix === 'xmlns' || attribute.name === 'xmlns') continue;
    map ??= new Map();
    if (attribute.uri === '') map.set(attribute.local, attribute.value);
    else map.set(prefixed(attribute.uri, attribute.local), valueOf(attribute, parser));
  }
  return map;
}

/** The value. A name in it means what its prefix means there, which only the parser knows. */
function valueOf({ uri, local, value }: SaxesAttributeNS, parser: Parser): string {
  if (uri !== INSTANCE || local !== 'type') return value;
  const [name = '', prefix = ''] = value.trim().split(':').toReversed();
  return `{${parser.resolve(prefix) ?? ''}}${name}`;
}
