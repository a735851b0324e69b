/** Longer than a transport that keeps the contract needs to settle a call that is over, even on a busy machine. */
const GRACE_MS = 5000;

/**
 * The answers of the transport that a run waits for. A transport that has none some seconds after the time of the call
 * is over or the run was aborted breaks the contract, and must not hold the run. One timer for all: a timer and a
 * listener for each call cost 10 µs.
 */
export class AwaitedAnswers {
  readonly #timeoutMs: number;
  readonly #aborted: AbortSignal;
  // No Set: each table that it outgrows would keep alive what has ended until the next major garbage collection.
  readonly #awaited: AwaitedAnswer[] = [];
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
      const awaited = new AwaitedAnswer(performance.now() + this.#timeoutMs + GRACE_MS, reject, this.#awaited.length);
      this.#awaited.push(awaited);
      if (this.#timer === undefined) this.#wake(this.#timeoutMs + GRACE_MS);
      // A transport in plain JavaScript may answer without a promise.
      Promise.resolve(answer).then(
        (value) => this.#settle(awaited, resolve, value),
        (cause: unknown) => this.#settle(awaited, reject, cause),
      );
    });
  }

  /** Leaves no timer behind. */
  close(): void {
    clearTimeout(this.#timer);
  }

  #settle<V>(awaited: AwaitedAnswer, settle: (value: V) => void, value: V): void {
    this.#remove(awaited);
    settle(value);
  }

  /** The last one takes its place. */
  #remove(awaited: AwaitedAnswer): void {
    if (awaited.isOver) return;
    awaited.isOver = true;
    const last = this.#awaited.pop();
    if (last === undefined || last === awaited) return;
    this.#awaited[awaited.place] = last;
    last.place = awaited.place;
  }

  #wake(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#giveUp(), ms);
  }

  #giveUp(): void {
    this.#timer = undefined;
    const now = performance.now();
    // Once the run was aborted nothing more is sent, and all had the same time to notice.
    const overdue = this.#aborted.aborted
      ? this.#awaited.slice()
      : this.#awaited.filter(({ overdueAt }) => overdueAt <= now);
    for (const awaited of overdue) {
      this.#remove(awaited);
      awaited.giveUp(new Error('it gave no outcome in time'));
    }
    const next = this.#awaited.reduce((earliest, { overdueAt }) => Math.min(earliest, overdueAt), Infinity);
    if (next !== Infinity) this.#wake(next - now);
  }
}

class AwaitedAnswer {
  /** On the clock of `performance.now`. */
  readonly overdueAt: number;
  readonly giveUp: (reason: Error) => void;
  /** Where it stands. */
  place: number;
  isOver = false;

  constructor(overdueAt: number, giveUp: (reason: Error) => void, place: number) {
    this.overdueAt = overdueAt;
    this.giveUp = giveUp;
    this.place = place;
  }
}
