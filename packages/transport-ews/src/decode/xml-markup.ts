const ATTRIBUTE = /\s+([^\s<>/="'&]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;
const REFERENCE = /&(?:#x([0-9a-f]{1,8})|#(\d{1,10})|([a-z]+));/gi;
const LARGEST_CODE = 0x10_ffff;

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** The attributes of a start tag, by what stands between its name and its end. */
export function attributesIn(source: string): Readonly<Record<string, string>> {
  const attributes: Record<string, string> = {};
  ATTRIBUTE.lastIndex = 0;
  for (let found = ATTRIBUTE.exec(source); found !== null; found = ATTRIBUTE.exec(source)) {
    const [, name = '', double, single = ''] = found;
    attributes[name] = textOf(double ?? single);
  }
  return attributes;
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
