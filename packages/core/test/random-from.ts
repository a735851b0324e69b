/** Chance that can be repeated. */
export interface Random {
  /** At least 0, and less than 1. */
  uniform(): number;
  /** Of the standard normal distribution. */
  normal(): number;
}

/** Numbers that follow from a seed: Mulberry32, and Box and Muller. */
export function randomFrom(seed: number): Random {
  let state = seed;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}
