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
  if (children.length === 0) return `${start}/>` as Xml;
  let content = '';
  for (const child of children) content += child;
  return `${start}>${content}</${name}>` as Xml;
}

function written(attributes: Attributes): string {
  let all = '';
  for (const name in attributes) all += ` ${name}="${xmlText(attributes[name] ?? '')}"`;
  return all;
}

/** XML that another writer made and escaped. */
export function trusted(xml: string): Xml {
  return xml as Xml;
}
