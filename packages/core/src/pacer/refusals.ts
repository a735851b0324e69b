/** So many refusals are several. */
const SEVERAL = 3;

/** Refusals are several at once when so many answers, or as many as are in flight, hold them. */
const FEWEST_ANSWERS = 4;
const MOST_ANSWERS = 16;

/** One refusal in so many answers is nothing to act upon. */
const ANSWERS_TO_A_REFUSAL = 200;

/**
 * What refusals mean together. `few`: perhaps only those mailboxes. `several`: the server refuses many at once. `lasting`:
 * they are rare, and too frequent all the same.
 */
export type Verdict = 'few' | 'several' | 'lasting';

/** Of one request. */
export interface Refusal {
  /** How many were in flight when it was sent, itself included. */
  readonly place: number;
  /** When the quiet that the server asked for ends. */
  readonly quietUntil: number | undefined;
}

/** Tells refusals that concern everybody from those that concern a mailbox now and then. */
export class Refusals {
  #answers = 0;
  #score = 0;
  /** With the number of the answer. */
  #last: (Refusal & { readonly at: number })[] = [];

  /** Something went well. */
  well(): void {
    this.#answers += 1;
    if (this.#score > 0) this.#score -= 1 / ANSWERS_TO_A_REFUSAL;
  }

  /**
   * Something did not.
   * @param size how many may be in flight
   */
  add(size: number, { place, quietUntil }: Refusal): Verdict {
    this.#answers += 1;
    this.#score = Math.max(this.#score, 0) + 1;
    this.#last.push({ at: this.#answers, place, quietUntil });
    if (this.#last.length > SEVERAL) this.#last.shift();
    const [first] = this.#last;
    const within = Math.min(Math.max(size, FEWEST_ANSWERS), MOST_ANSWERS);
    if (this.#last.length === SEVERAL && first !== undefined && this.#answers - first.at < within) return 'several';
    return this.#score > SEVERAL - 1 ? 'lasting' : 'few';
  }

  /** When the first of those that were told to wait lately may go on; undefined when nobody was told. */
  get quietUntil(): number | undefined {
    const ends = this.#last.flatMap(({ quietUntil }) => quietUntil ?? []);
    return ends.length === 0 ? undefined : Math.min(...ends);
  }

  /** As many in flight were too many already. */
  get lowestPlace(): number {
    return Math.min(...this.#last.map(({ place }) => place));
  }

  /** They were acted upon. */
  clear(): void {
    this.#score = 0;
    this.#last = [];
  }
}
