/** The name, or where something has it already, the name with a number. */
export function freeName(name: string, taken: ReadonlyMap<string, unknown>): string {
  const names = Array.from({ length: taken.size + 1 }, (_, n) => (n === 0 ? name : `${name}-${n + 1}`));
  return names.find((one) => !taken.has(one)) ?? name;
}
