const FIRST_CAPACITY = 1024;
const NINE = 0x39;

/**
 * Whole numbers by key, for as many keys as a list has rows. Eight bytes of each key and four of its number, in flat
 * tables: 25 MB for a million, outside the JavaScript heap. Two different keys of a million look alike with a probability
 * of 1 in 37 million. Keys are hexadecimal, evenly spread (digests), with 16 digits or more.
 */
export class KeyTable {
  #highs = new Uint32Array(FIRST_CAPACITY);
  #lows = new Uint32Array(FIRST_CAPACITY);
  #numbers = new Uint32Array(FIRST_CAPACITY);
  /** How many keys there are. */
  size = 0;

  has(key: string): boolean {
    return this.get(key) > 0;
  }

  /** The number of a key; 0 where it has none. */
  get(key: string): number {
    return this.#numbers[this.#place(partOf(key, 0), partOf(key, 1))] ?? 0;
  }

  /** @param number from 1 to 4,294,967,295 */
  set(key: string, number: number): void {
    const high = partOf(key, 0);
    const low = partOf(key, 1);
    const place = this.#place(high, low);
    const isNew = this.#numbers[place] === 0;
    this.#put(place, high, low, number);
    if (isNew) this.#count();
  }

  /**
   * Gives a key a number, unless it has one.
   * @param number from 1 to 4,294,967,295
   * @returns the one that it had before; 0 where it had none
   */
  add(key: string, number: number): number {
    const high = partOf(key, 0);
    const low = partOf(key, 1);
    const place = this.#place(high, low);
    const before = this.#numbers[place] ?? 0;
    if (before > 0) return before;
    this.#put(place, high, low, number);
    this.#count();
    return 0;
  }

  #count(): void {
    this.size += 1;
    if (this.size * 2 > this.#numbers.length) this.#grow();
  }

  /** Where a key is, or could be put. */
  #place(high: number, low: number): number {
    const last = this.#numbers.length - 1;
    let place = low & last;
    while (this.#numbers[place] !== 0 && (this.#lows[place] !== low || this.#highs[place] !== high)) {
      place = (place + 1) & last;
    }
    return place;
  }

  #put(place: number, high: number, low: number, number: number): void {
    this.#highs[place] = high;
    this.#lows[place] = low;
    this.#numbers[place] = number;
  }

  #grow(): void {
    const [highs, lows, numbers] = [this.#highs, this.#lows, this.#numbers];
    const capacity = numbers.length * 2;
    this.#highs = new Uint32Array(capacity);
    this.#lows = new Uint32Array(capacity);
    this.#numbers = new Uint32Array(capacity);
    numbers.forEach((number, from) => {
      const [high = 0, low = 0] = [highs[from], lows[from]];
      if (number > 0) this.#put(this.#place(high, low), high, low, number);
    });
  }
}

/** One of the first two groups of eight digits. */
function partOf(key: string, group: 0 | 1): number {
  let part = 0;
  for (let at = 8 * group; at < 8 * group + 8; at += 1) part = (part << 4) | digitOf(key.charCodeAt(at));
  return part >>> 0;
}

/** Parsing a number would take ten times as long, for every mailbox. */
function digitOf(code: number): number {
  return code <= NINE ? code & 0xf : (code & 0xf) + 9;
}
