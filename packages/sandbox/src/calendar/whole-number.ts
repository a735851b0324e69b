/** How many bits the types of custom properties have that hold whole numbers. */
const BITS: ReadonlyMap<string, number> = new Map([
  ['Short', 16],
  ['Integer', 32],
  ['Long', 64],
]);

/** Whether a custom property's type holds whole numbers. */
export function isWholeNumberType(type: string): boolean {
  return BITS.has(type);
}

/** Whether a text is a whole number that fits the type, which is one of those. */
export function isWholeNumber(type: string, text: string): boolean {
  if (!/^[+-]?\d{1,20}$/.test(text)) return false;
  const number = BigInt(text.replace('+', ''));
  return BigInt.asIntN(BITS.get(type) ?? 0, number) === number;
}
