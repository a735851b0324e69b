import type { Exchange } from './exchange.js';

/**
 * Exchanges that are not over, and one timer for all of them. No Set: each table that it outgrows would keep alive what
 * has ended until the next major garbage collection, answers and all.
 */
export class Exchanges {
  readonly #exchanges: Exchange[] = [];
  #timer: NodeJS.Timeout | undefined;
  #wakesAt = Number.POSITIVE_INFINITY;

  add(exchange: Exchange): void {
    exchange.place = this.#exchanges.length;
    this.#exchanges.push(exchange);
    if (exchange.deadline < this.#wakesAt) this.#wakeAt(exchange.deadline);
  }

  /** The last one takes its place. */
  delete(exchange: Exchange): void {
    const last = this.#exchanges.pop();
    if (last === undefined || last === exchange) {
      if (this.#exchanges.length === 0) this.#sleep();
      return;
    }
    this.#exchanges[exchange.place] = last;
    last.place = exchange.place;
  }

  giveUp(): void {
    for (const exchange of this.#exchanges.slice()) exchange.giveUp();
  }

  #wakeAt(deadline: number): void {
    clearTimeout(this.#timer);
    this.#wakesAt = deadline;
    this.#timer = setTimeout(() => this.#endOverdue(), Math.max(Math.ceil(deadline - performance.now()), 0));
  }

  #sleep(): void {
    clearTimeout(this.#timer);
    this.#wakesAt = Number.POSITIVE_INFINITY;
  }

  #endOverdue(): void {
    this.#wakesAt = Number.POSITIVE_INFINITY;
    const now = performance.now();
    for (const exchange of this.#exchanges.slice()) if (exchange.deadline <= now) exchange.timeOut();
    const next = this.#exchanges.reduce(
      (earliest, { deadline }) => Math.min(earliest, deadline),
      Number.POSITIVE_INFINITY,
    );
    if (next < Number.POSITIVE_INFINITY) this.#wakeAt(next);
  }
}
