import { type Namespace, XML, namespace } from './namespaces.js';
import type { StartTag } from './start-tag.js';
import { XmlError } from './xml-error.js';

const XMLNS = 'http://www.w3.org/2000/xmlns/';

/** What prefixes stand for inside an element: what it does not declare itself is as it is outside. */
export class Prefixes {
  /** What start tags here have been found to say, by what stands between `<` and `>`. */
  readonly tags: Map<string, StartTag> = new Map();
  private readonly declared = new Map<string, Namespace>();

  constructor(private readonly outer?: Prefixes) {
    if (outer === undefined) this.declared.set('', namespace('')).set('xml', namespace(XML));
  }

  /** @param prefix empty for the default namespace @throws XmlError for what Namespaces in XML 1.0 forbids */
  declare(prefix: string, uri: string, at: number): void {
    if (this.declared.has(prefix)) {
      throw new XmlError(`'${prefix === '' ? 'xmlns' : `xmlns:${prefix}`}' is a duplicate attribute name.`, at);
    }
    if (prefix === 'xmlns' || uri === XMLNS) throw new XmlError('Prefix "xmlns" is reserved for use by XML.', at);
    if ((prefix === 'xml') !== (uri === XML)) {
      const text = `Prefix "xml" is reserved for use by XML and can be mapped only to namespace name "${XML}".`;
      throw new XmlError(text, at);
    }
    if (prefix !== '' && uri === '') throw new XmlError('Invalid namespace declaration.', at);
    this.declared.set(prefix, namespace(uri));
  }

  /** The namespace of a prefix; undefined if there is none. */
  resolve(prefix: string): Namespace | undefined {
    return this.declared.get(prefix) ?? this.outer?.resolve(prefix);
  }

  /** The name that a name in the source means. @throws XmlError if its prefix means nothing */
  expand(name: string, at: number): string {
    const colon = name.indexOf(':');
    const prefix = colon < 0 ? '' : name.slice(0, colon);
    const found = this.resolve(prefix);
    if (found === undefined) throw new XmlError(`'${prefix}' is an undeclared prefix.`, at);
    return found.name(name.slice(colon + 1));
  }
}
