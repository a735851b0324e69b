/** The names of some slots, of which there is at least one. */
export function namesOf(slots: readonly { readonly name: string }[]): readonly [string, ...string[]] {
  const [first, ...others] = slots.map(({ name }) => name);
  if (first === undefined) throw new Error('a run without slots');
  return [first, ...others];
}
