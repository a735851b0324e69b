const LONGEST_ADDRESS = 254;
const ATEXT = '[^\\s\\p{C}()<>\\[\\]:;@\\\\,."]';
const LABEL = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}_-]{0,61}[\\p{L}\\p{N}])?';
const ADDRESS = new RegExp(`^${ATEXT}+(?:\\.${ATEXT}+)*@${LABEL}(?:\\.${LABEL})*$`, 'u');

/** Is it an address of the form `local@domain` (RFC 5321's dot-string, letters of any script, no display name)? */
export function isAddress(text: string): boolean {
  return text.length <= LONGEST_ADDRESS && ADDRESS.test(text);
}
