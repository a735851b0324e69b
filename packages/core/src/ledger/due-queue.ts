/** What can stand in a {@link DueQueue}. */
export interface Queueable {
  /** Milliseconds since the epoch. Not to be changed while it stands in a queue. */
  dueAt: number;
  readonly row: number;
  /** Breaks ties within a row. */
  readonly order: number;
  /** The queue's own: where it stands, and in which. */
  queue: DueQueue<Queueable> | undefined;
  place: number;
}

/**
 * A queue in the order of due times, rows and enrolment: a binary heap whose members know their places, so that one
 * can leave from the middle. A settled placement must not lie about until its lease would have ended.
 */
export class DueQueue<T extends Queueable> {
  readonly #heap: T[] = [];

  get first(): T | undefined {
    return this.#heap[0];
  }

  add(member: T): void {
    member.queue = this as unknown as DueQueue<Queueable>;
    this.#heap.push(member);
    this.#rise(member, this.#heap.length - 1);
  }

  remove(member: T): void {
    const last = this.#heap.pop();
    member.queue = undefined;
    if (last === undefined || last === member) return;
    // The last one takes the free place, and goes from there to where it belongs.
    this.#rise(last, member.place);
    this.#sink(last, last.place);
  }

  #rise(member: T, from: number): void {
    let place = from;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const other = this.#heap[above];
      if (other === undefined || !isBefore(member, other)) break;
      this.#put(other, place);
      place = above;
    }
    this.#put(member, place);
  }

  #sink(member: T, from: number): void {
    let place = from;
    for (;;) {
      const left = this.#heap[2 * place + 1];
      const right = this.#heap[2 * place + 2];
      const earlier = left !== undefined && right !== undefined && isBefore(right, left) ? right : left;
      if (earlier === undefined || !isBefore(earlier, member)) break;
      const below = earlier === left ? 2 * place + 1 : 2 * place + 2;
      this.#put(earlier, place);
      place = below;
    }
    this.#put(member, place);
  }

  #put(member: T, place: number): void {
    this.#heap[place] = member;
    member.place = place;
  }
}

function isBefore(one: Queueable, other: Queueable): boolean {
  if (one.dueAt !== other.dueAt) return one.dueAt < other.dueAt;
  return one.row === other.row ? one.order < other.order : one.row < other.row;
}
