const FIRST_CAPACITY = 1024;

/**
 * Whole numbers by key, for as many keys as a list has rows. Eight bytes of each key and four of its number, in flat
 * tables: 25 MB for a million, outside the JavaScript heap. Two different keys of a million look alike with a probability
 * of 1 in 37 million. Keys are hexadecimal, evenly spread (digests), with 16 digits or more.
 */
export class KeyTable {
  #marks = new BigUint64Array(FIRST_CAPACITY);
  #numbers = new Uint32Array(FIRST_CAPACITY);
  /** How many keys there are. */
  size = 0;

  has(key: string): boolean {
    const mark = markOf(key);
    return this.#marks[findPlace(this.#marks, mark)] === mark;
  }

  /** The number of a key; 0 where it has none. */
  get(key: string): number {
    return this.#numbers[findPlace(this.#marks, markOf(key))] ?? 0;
  }

  /** @param number from 0 to 4,294,967,295 */
  set(key: string, number: number): void {
    const mark = markOf(key);
    const place = findPlace(this.#marks, mark);
    this.#numbers[place] = number;
    if (this.#marks[place] === mark) return;
    this.#marks[place] = mark;
    this.size += 1;
    if (this.size * 2 > this.#marks.length) this.#grow();
  }

  #grow(): void {
    const marks = new BigUint64Array(this.#marks.length * 2);
    const numbers = new Uint32Array(marks.length);
    for (const [place, mark] of this.#marks.entries()) {
      if (mark === 0n) continue;
      const moved = findPlace(marks, mark);
      marks[moved] = mark;
      numbers[moved] = this.#numbers[place] ?? 0;
    }
    this.#marks = marks;
    this.#numbers = numbers;
  }
}

/** Zero marks an empty place. */
function markOf(key: string): bigint {
  return BigInt(`0x${key.slice(0, 16)}`) || 1n;
}

function findPlace(marks: BigUint64Array, mark: bigint): number {
  const last = marks.length - 1;
  let place = Number(mark & BigInt(last));
  while (marks[place] !== 0n && marks[place] !== mark) place = (place + 1) & last;
  return place;
}
