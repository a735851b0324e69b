// PostgreSQL refuses NUL, and half of a surrogate pair would be written as another character.
const NOT_STORABLE = /^"|\0|\p{Cs}/u;

/** What stands for a text in a column: the text itself or, where it cannot be stored, its JSON. The same text always alike. */
export function storableText(text: string): string {
  return NOT_STORABLE.test(text) ? JSON.stringify(text) : text;
}

/** The text that was stored. */
export function storedText(stored: string): string {
  return stored.startsWith('"') ? JSON.parse(stored) : stored;
}
