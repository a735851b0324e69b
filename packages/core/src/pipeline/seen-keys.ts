const FIRST_CAPACITY = 1024;

/**
 * Which keys a run has met, so that a row that stands in the list twice is noticed. Eight bytes of each key in a flat
 * table: 16 MB for a million, outside the JavaScript heap. Two different keys of a million look alike with a
 * probability of 1 in 37 million.
 */
export class SeenKeys {
  #table = new BigUint64Array(FIRST_CAPACITY);
  #size = 0;

  has(key: string): boolean {
    const mark = markOf(key);
    return this.#table[findPlace(this.#table, mark)] === mark;
  }

  /** Adds a key. @returns whether it is new */
  add(key: string): boolean {
    const mark = markOf(key);
    const place = findPlace(this.#table, mark);
    if (this.#table[place] === mark) return false;
    this.#table[place] = mark;
    this.#size += 1;
    if (this.#size * 2 > this.#table.length) this.#grow();
    return true;
  }

  #grow(): void {
    const larger = new BigUint64Array(this.#table.length * 2);
    for (const mark of this.#table) if (mark !== 0n) larger[findPlace(larger, mark)] = mark;
    this.#table = larger;
  }
}

/** Zero marks an empty place. */
function markOf(key: string): bigint {
  return BigInt(`0x${key.slice(0, 16)}`) || 1n;
}

function findPlace(table: BigUint64Array, mark: bigint): number {
  const last = table.length - 1;
  let place = Number(mark & BigInt(last));
  while (table[place] !== 0n && table[place] !== mark) place = (place + 1) & last;
  return place;
}
