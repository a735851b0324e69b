const UNSTORABLE =
  /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/**
 * A text without the characters that no calendar server takes: those that XML 1.0 has no way to write, and lone
 * surrogates. Left out here, once, so that what is checked is what is sent, through whichever transport.
 */
export function storableText(text: string): string {
  return text.replace(UNSTORABLE, '');
}
