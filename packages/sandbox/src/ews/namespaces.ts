export const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
export const MESSAGES = 'http://schemas.microsoft.com/exchange/services/2006/messages';
export const TYPES = 'http://schemas.microsoft.com/exchange/services/2006/types';
export const ERRORS = 'http://schemas.microsoft.com/exchange/services/2006/errors';
/** XML Schema's attributes for documents: `xsi:type`. */
const INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';
/** What the prefix `xml` always stands for. */
export const XML = 'http://www.w3.org/XML/1998/namespace';

/** Names kept for a namespace: more than the schemas have, and bounded, since names come from outside. */
const MOST_NAMES = 1000;

/** A namespace, and how names of it are known here: `t:Start`, or `{urn:other}Start`. */
export class Namespace {
  private readonly names = new Map<string, string>();

  constructor(
    readonly uri: string,
    private readonly prefix: string = `{${uri}}`,
  ) {}

  /** One string for all elements of a name: two of these are compared by address alone. */
  name(local: string): string {
    const known = this.names.get(local);
    if (known !== undefined) return known;
    const name = internalized(this.prefix + local);
    if (this.names.size < MOST_NAMES) this.names.set(local, name);
    return name;
  }
}

/** Whatever prefixes a request uses, its elements are known here by these. */
const PREFIXES: readonly (readonly [prefix: string, uri: string])[] = [
  ['s:', SOAP],
  ['m:', MESSAGES],
  ['t:', TYPES],
  ['xsi:', INSTANCE],
  ['xml:', XML],
];

const URIS = new Map(PREFIXES);
const KNOWN = new Map(PREFIXES.map(([prefix, uri]) => [uri, new Namespace(uri, prefix)]));

export function namespace(uri: string): Namespace {
  return KNOWN.get(uri) ?? new Namespace(uri);
}

/** The namespace of a name: of `t:Start`, or of `{urn:other}Start`. */
export function namespaceOf(name: string): string {
  const brace = name.indexOf('}');
  if (brace > 0) return name.slice(1, brace);
  return URIS.get(name.slice(0, name.indexOf(':') + 1)) ?? '';
}

export function localNameOf(name: string): string {
  return name.slice(Math.max(name.indexOf('}'), name.indexOf(':', name.indexOf('}') + 1)) + 1);
}

/** The engine's own string of that content, as it has of property names. */
export function internalized(name: string): string {
  return Object.keys({ [name]: true })[0] ?? name;
}
