/** Longer than a transport that keeps the contract needs to settle a call that is over, even on a busy machine. */
const GRACE_MS = 5000;

interface Awaited {
  /** On the clock of `performance.now`. */
  readonly overdueAt: number;
  readonly giveUp: (reason: Error) => void;
}

/**
 * The answers of the transport that a run waits for. A transport that has none some seconds after the time of the call
 * is over or the run was aborted breaks the contract, and must not hold the run. One timer for all: a timer and a
 * listener for each call cost 10 µs.
 */
export class AwaitedAnswers {
  readonly #timeoutMs: number;
  readonly #aborted: AbortSignal;
  // In the order of their ends, since all calls of a run may take equally long.
  readonly #awaited = new Set<Awaited>();
  #timer: NodeJS.Timeout | undefined;

  /** @param timeoutMs how long each call may take */
  constructor(timeoutMs: number, aborted: AbortSignal) {
    this.#timeoutMs = timeoutMs;
    this.#aborted = aborted;
    aborted.addEventListener('abort', () => this.#wake(GRACE_MS), { once: true });
  }

  /**
   * The answer.
   * @throws Error when it is overdue; what the transport throws
   */
  wait<T>(answer: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const awaited = { overdueAt: performance.now() + this.#timeoutMs + GRACE_MS, giveUp: reject };
      this.#awaited.add(awaited);
      if (this.#timer === undefined) this.#wake(this.#timeoutMs + GRACE_MS);
      const settling =
        <V>(settle: (value: V) => void) =>
        (value: V): void => {
          this.#awaited.delete(awaited);
          settle(value);
        };
      // A transport in plain JavaScript may answer without a promise.
      Promise.resolve(answer).then(settling(resolve), settling(reject));
    });
  }

  /** Leaves no timer behind. */
  close(): void {
    clearTimeout(this.#timer);
  }

  #wake(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#giveUp(), ms);
  }

  #giveUp(): void {
    this.#timer = undefined;
    const now = performance.now();
    for (const awaited of this.#awaited) {
      // Once the run was aborted nothing more is sent, and all had the same time to notice.
      if (awaited.overdueAt > now && !this.#aborted.aborted) return this.#wake(awaited.overdueAt - now);
      this.#awaited.delete(awaited);
      awaited.giveUp(new Error('it gave no outcome in time'));
    }
  }
}
