// What must be written differently inside an element or an attribute, and what XML 1.0 has no way to write at all.
const NOTABLE = /[&<>"\t\n\r\0-\x08\x0B\x0C\x0E-\x1F\uD800-\uDFFF\uFFFE\uFFFF]/;
const EACH_NOTABLE =
  /[&<>"\t\n\r]|[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]|[\uD800-\uDBFF][\uDC00-\uDFFF]|[\uD800-\uDFFF]/g;

const WRITTEN: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // As references, or an XML parser would turn them into spaces (in attributes) or line feeds.
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};

/**
 * A string as the content of an element or of a quoted attribute. Characters that XML 1.0 forbids, lone surrogates
 * among them, are left out.
 */
export function xmlText(value: string): string {
  return NOTABLE.test(value) ? value.replace(EACH_NOTABLE, write) : value;
}

function write(found: string): string {
  return WRITTEN[found] ?? (found.length === 2 ? found : '');
}
