export const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
export const MESSAGES = 'http://schemas.microsoft.com/exchange/services/2006/messages';
export const TYPES = 'http://schemas.microsoft.com/exchange/services/2006/types';
export const ERRORS = 'http://schemas.microsoft.com/exchange/services/2006/errors';
/** XML Schema's attributes for documents: `xsi:type`. */
export const INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';

/** Whatever prefixes a request uses, elements are known here by these. */
export const PREFIXES: Readonly<Record<string, string>> = {
  [SOAP]: 's:',
  [MESSAGES]: 'm:',
  [TYPES]: 't:',
  [INSTANCE]: 'xsi:',
  'http://www.w3.org/XML/1998/namespace': 'xml:',
};

const URIS = new Map(Object.entries(PREFIXES).map(([uri, prefix]) => [prefix, uri]));

/** The namespace of a name as the reader gives it: `t:Start`, or `{urn:other}Start`. */
export function namespaceOf(name: string): string {
  const brace = name.indexOf('}');
  if (brace > 0) return name.slice(1, brace);
  return URIS.get(name.slice(0, name.indexOf(':') + 1)) ?? '';
}

export function localNameOf(name: string): string {
  return name.slice(Math.max(name.indexOf('}'), name.indexOf(':', name.indexOf('}') + 1)) + 1);
}

/** The engine's own string of that content, as it has of property names: two of these are compared by address alone. */
export function internalized(name: string): string {
  return Object.keys({ [name]: true })[0] ?? name;
}
