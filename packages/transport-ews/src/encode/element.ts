import { xmlText } from './xml-text.js';

declare const escaped: unique symbol;

/** XML that is well-formed and escaped. Only the functions of this folder make it. */
export type Xml = string & { readonly [escaped]: true };

/** Attributes by name, in their order. */
export type Attributes = Readonly<Record<string, string>>;

/** Nothing. */
export const NOTHING = '' as Xml;

/** An element around a text. Text and attribute values are escaped here and nowhere else. */
export function textElement(name: string, text: string, attributes?: Attributes): Xml {
  return `<${name}${attributes === undefined ? '' : written(attributes)}>${xmlText(text)}</${name}>` as Xml;
}

/** An element around elements. */
export function element(name: string, attributes: Attributes, ...children: readonly Xml[]): Xml {
  const start = `<${name}${written(attributes)}`;
  return (children.length === 0 ? `${start}/>` : `${start}>${all(children)}</${name}>`) as Xml;
}

/** One after the other. */
export function all(elements: readonly Xml[]): Xml {
  let xml = '';
  for (const one of elements) xml += one;
  return xml as Xml;
}

function written(attributes: Attributes): string {
  let all = '';
  for (const name in attributes) all += ` ${name}="${xmlText(attributes[name] ?? '')}"`;
  return all;
}

/** Where a content will stand: no XML can hold it. */
const HOLE = '\0' as Xml;

/**
 * Elements that are always the same around a content, written once.
 * @param make makes them around what it is given
 */
export function frame(make: (content: Xml) => Xml): (content: Xml) => Xml {
  const [before = NOTHING, behind = NOTHING] = make(HOLE)
    .split(HOLE)
    .map((part) => inOnePiece(part as Xml));
  return (content) => (before + content + behind) as Xml;
}

/** As {@link frame}, around a text, which is escaped. */
export function textFrame(make: (text: Xml) => Xml): (text: string) => Xml {
  const around = frame(make);
  return (text) => around(xmlText(text) as Xml);
}

/** Writes what is said to one mailbox after another only once, as long as it is the same. */
export function remembering<T extends string | number>(write: (value: T) => Xml): (value: T) => Xml {
  let last: T | undefined;
  let written = NOTHING;
  let isRepeated = false;
  return (value) => {
    if (value !== last) {
      last = value;
      written = write(value);
      isRepeated = false;
    } else if (!isRepeated) {
      written = inOnePiece(written);
      isRepeated = true;
    }
    return written;
  };
}

/** A string that was put together is taken apart each time that it becomes a part of another one. */
function inOnePiece(xml: Xml): Xml {
  return Buffer.from(xml).toString() as Xml;
}

/** Elements of one name around texts. */
export function textElements(name: string, attributes: Attributes = {}): (text: string) => Xml {
  return textFrame((text) => element(name, attributes, text));
}

/** XML that another writer made and escaped. */
export function trusted(xml: string): Xml {
  return xml as Xml;
}
