import { localNameOf } from './namespaces.js';

const NONE: readonly XmlElement[] = [];

/** An element of a request. Names carry a fixed prefix (`t:Start`), whatever the request's own prefixes are. */
export class XmlElement {
  /** All text directly inside, joined. */
  text = '';
  /** Where the end tag ends in the source. */
  end = 0;
  private nodes: XmlElement[] | undefined = undefined;

  constructor(
    readonly name: string,
    /** Attributes without `xmlns`, by name; those of a namespace carry its prefix. `xsi:type` is `{namespace}name`. */
    readonly attributes: ReadonlyMap<string, string> | undefined,
    /** Where the start tag ends in the source. */
    readonly start: number,
  ) {}

  get children(): readonly XmlElement[] {
    return this.nodes ?? NONE;
  }

  get localName(): string {
    return localNameOf(this.name);
  }

  /** The same element under another name. */
  renamed(name: string): XmlElement {
    const copy = new XmlElement(name, this.attributes, this.start);
    copy.text = this.text;
    copy.nodes = this.nodes;
    return copy;
  }

  append(child: XmlElement): void {
    if (this.nodes === undefined) this.nodes = [child];
    else this.nodes.push(child);
  }

  /** The first child of that name. */
  child(name: string): XmlElement | undefined {
    return this.nodes?.find((child) => child.name === name);
  }

  /** The first child of that name, which the grammar guarantees. */
  required(name: string): XmlElement {
    const child = this.child(name);
    if (child === undefined) throw new Error(`the grammar let ${this.name} pass without ${name}`);
    return child;
  }

  /** A child's text, white space around it removed. */
  value(name: string): string | undefined {
    return this.child(name)?.text.trim();
  }

  attribute(name: string): string | undefined {
    return this.attributes?.get(name);
  }
}
