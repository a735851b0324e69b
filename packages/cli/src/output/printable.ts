// Control characters (a terminal obeys them), line separators, and the marks that turn the direction of writing: what a
// server or a file says must not look like something else.
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A text as one line that a terminal can show: what it would obey is written as `\u{1b}`. */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, (sign) => SHORT[sign] ?? `\\u{${sign.charCodeAt(0).toString(16)}}`);
}
