import { KeyTable } from '../pipeline/key-table.js';
import { digestKey } from './digest-key.js';

const MOST_KEPT = 10;

/** Something that came so many times. */
export interface Frequent<T> {
  readonly thing: T;
  readonly count: number;
}

/** How often each of many things comes. Holds a counter for each of them, and only the most frequent themselves. */
export class Frequencies<T> {
  readonly #counts = new KeyTable();
  // Exact: whoever is among the most frequent at the end was so when it came last.
  readonly #top = new Map<string, Frequent<T>>();
  /** No more than the count of the last of the top: it only rises. */
  #least = 0;
  /** How many of them came more than once. */
  repeated = 0;

  /** @param name the same for the same thing */
  add(name: string, thing: T): void {
    const key = digestKey(name);
    const count = this.#counts.get(key) + 1;
    this.#counts.set(key, count);
    if (count === 2) this.repeated += 1;
    if (this.#makeRoom(name, count)) this.#top.set(name, { thing: this.#top.get(name)?.thing ?? thing, count });
  }

  /** How many different ones came. */
  get size(): number {
    return this.#counts.size;
  }

  /** The most frequent, the most first: at most ten. */
  top(): readonly Frequent<T>[] {
    return [...this.#top.values()].toSorted((one, other) => other.count - one.count);
  }

  /** @returns whether it is among the most frequent now */
  #makeRoom(name: string, count: number): boolean {
    if (this.#top.size < MOST_KEPT || this.#top.has(name)) return true;
    // Most that come are not: the least of the top is looked for only when it may have to go.
    if (count <= this.#least) return false;
    const [least] = [...this.#top].toSorted(([, one], [, other]) => one.count - other.count);
    this.#least = least?.[1].count ?? 0;
    return least !== undefined && count > this.#least && this.#top.delete(least[0]);
  }
}
