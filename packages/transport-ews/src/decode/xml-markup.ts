const REFERENCE = /&(?:#x([0-9a-f]{1,8})|#(\d{1,10})|([a-z]+));/gi;
const LARGEST_CODE = 0x10_ffff;

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** The attributes of a start tag, by what stands between its name and its end, which is well-formed. */
export function attributesIn(source: string): Readonly<Record<string, string>> {
  const attributes: Record<string, string> = {};
  let at = 0;
  for (let equals = source.indexOf('='); equals >= 0; equals = source.indexOf('=', at)) {
    const quote = firstQuote(source, equals);
    const end = source.indexOf(source.charAt(quote), quote + 1);
    attributes[source.slice(at, equals).trim()] = textOf(source.slice(quote + 1, end));
    at = end + 1;
  }
  return attributes;
}

function firstQuote(source: string, from: number): number {
  let at = from + 1;
  while (source.charAt(at) !== '"' && source.charAt(at) !== "'") at += 1;
  return at;
}

/**
 * What a text or an attribute's value means. Characters that XML has no way to write are left out, since servers write
 * them; an entity that is not XML's own stays as it is written.
 */
export function textOf(raw: string): string {
  return raw.includes('&') ? raw.replace(REFERENCE, meaningOf) : raw;
}

function meaningOf(reference: string, hexadecimal?: string, decimal?: string, name?: string): string {
  if (name !== undefined) return ENTITIES.get(name) ?? reference;
  const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  return code === 0 || code > LARGEST_CODE ? '' : String.fromCodePoint(code);
}
