/** Every text is searched, and nearly none holds any of these: one class of characters is found fastest. */
const SUSPICIOUS = /[\0-\x08\x0B\x0C\x0E-\x1F\uD800-\uDFFF\uFFFE\uFFFF]/;
const UNSTORABLE =
  /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/**
 * A text without the characters that no calendar server takes: those that XML 1.0 has no way to write, and lone
 * surrogates. Left out here, once, so that what is checked is what is sent, through whichever transport.
 */
export function storableText(text: string): string {
  return SUSPICIOUS.test(text) ? text.replace(UNSTORABLE, '') : text;
}
