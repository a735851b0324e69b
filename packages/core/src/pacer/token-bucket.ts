import type { Budget } from './pacer.js';

/** So much of a budget may be spent at once: a server that counts by the minute should not get it all in one second. */
const AT_ONCE = 1 / 10;

/**
 * A budget of requests that refills evenly. As it is full at first, it refills a little slower than the budget says: no
 * stretch of time, wherever it begins, has more requests than the budget.
 */
export class TokenBucket {
  readonly #capacity: number;
  readonly #perMs: number;
  #tokens: number;
  #at: number;

  constructor({ requests, perMs }: Budget, now: number) {
    this.#capacity = Math.ceil(requests * AT_ONCE);
    this.#perMs = (requests - this.#capacity + 1) / perMs;
    this.#tokens = this.#capacity;
    this.#at = now;
  }

  /** Milliseconds until a request may be sent; 0 for at once. */
  waitMs(now: number): number {
    this.#refill(now);
    return this.#tokens >= 1 ? 0 : (1 - this.#tokens) / this.#perMs;
  }

  /** One request is sent. */
  take(now: number): void {
    this.#refill(now);
    this.#tokens -= 1;
  }

  /** Nothing would be forgotten with it. */
  isFull(now: number): boolean {
    this.#refill(now);
    return this.#tokens >= this.#capacity;
  }

  #refill(now: number): void {
    // Sums of fractions end a hair below a whole number: nobody should wait for a millionth of a token.
    const tokens = this.#tokens + (now - this.#at) * this.#perMs + Number.EPSILON * this.#capacity;
    this.#tokens = Math.min(this.#capacity, tokens);
    this.#at = now;
  }
}
