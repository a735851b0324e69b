const SPECIAL = /[&<>"\r\t\n]/;
/** Everything that XML 1.0 forbids: control characters, lone surrogates, U+FFFE and U+FFFF. */
export const FORBIDDEN: RegExp =
  // eslint-disable-next-line no-control-regex -- control characters are the point
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const ALL_FORBIDDEN = new RegExp(FORBIDDEN.source, 'g');
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#xD;' };

/** Text between tags. What XML 1.0 forbids is dropped. */
export function escapeText(text: string): string {
  const allowed = FORBIDDEN.test(text) ? text.replaceAll(ALL_FORBIDDEN, '') : text;
  return SPECIAL.test(allowed) ? allowed.replaceAll(/[&<>\r]/g, (character) => ENTITIES[character] ?? '') : allowed;
}

/** The text of an attribute, for double quotes. White space stays what it is. */
export function escapeAttribute(text: string): string {
  const escaped = escapeText(text);
  if (!SPECIAL.test(escaped)) return escaped;
  return escaped.replaceAll('"', '&quot;').replaceAll('\t', '&#x9;').replaceAll('\n', '&#xA;');
}

/** `<t:Name>text</t:Name>` */
export function element(name: string, text: string): string {
  return `<${name}>${escapeText(text)}</${name}>`;
}
