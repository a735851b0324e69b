const SPECIAL = /[&<>"'`=]/g;

/**
 * A text as HTML that shows just that, in the place of text and of an attribute's value, quoted or not. Not within scripts,
 * styles and comments, where nothing is safe.
 */
export function htmlText(text: string): string {
  return text.replaceAll(SPECIAL, (character) => `&#${character.codePointAt(0)};`);
}
