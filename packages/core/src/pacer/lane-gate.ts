import type { PaceChange } from './pace-change.js';
import type { Lane } from './pacer.js';
import { TokenBucket } from './token-bucket.js';
import { type Ended, Window } from './window.js';

/** A server that refuses everything, and does not say for how long, gets so much quiet, and twice as much each time. */
const FIRST_REST_MS = 100;
const LONGEST_REST_MS = 10_000;

/** A longer delay makes Node's timers fire at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** Who waits at a gate. */
export interface Waiting {
  /** The gate has opened. Goes on, or waits at another gate. */
  retry(from: LaneGate): void;
}

/** Where the requests of one lane pass: how many are in flight, how long it is quiet, and who waits. */
export class LaneGate {
  readonly id: string;
  /** Permits given and requests that wait, here or at another gate: it is needed as long as there are any. */
  users = 0;
  #inFlight = 0;
  #cap = Number.POSITIVE_INFINITY;
  #quietUntil = 0;
  #restMs = FIRST_REST_MS;
  #window: Window | undefined;
  #budget: Lane['budget'];
  #bucket: TokenBucket | undefined;
  readonly #line: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(id: string) {
    this.id = id;
  }

  /** What the transport says of the lane. @param most the size that a window of a shared lane may have; none without it */
  describe({ maxInFlight, budget, shared }: Lane, most: number | undefined): void {
    this.#cap = maxInFlight ?? Number.POSITIVE_INFINITY;
    if (shared === true && most !== undefined) this.#window ??= new Window(Math.min(most, this.#cap));
    if (budget?.requests === this.#budget?.requests && budget?.perMs === this.#budget?.perMs) return;
    this.#budget = budget;
    this.#bucket = budget && new TokenBucket(budget, performance.now());
  }

  /** May a request pass, or must it wait behind others? */
  isClosed(): boolean {
    return this.#line.length > 0 || this.#opensIn() > 0;
  }

  isOpen(): boolean {
    return this.#opensIn() === 0;
  }

  /** A request passes. @returns how many are in flight with it */
  enter(): number {
    this.#bucket?.take(performance.now());
    this.#inFlight += 1;
    return this.#inFlight;
  }

  /** A request that has passed has ended. @returns what that changes */
  leave(ended: Ended, next: number): PaceChange | undefined {
    this.#inFlight -= 1;
    if (this.#window === undefined) return undefined;
    if (ended.went === 'well') this.#restMs = FIRST_REST_MS;
    const decision = this.#window.ended(ended, next);
    if (decision === undefined) return undefined;
    const { reason, quietUntil, isExhausted = false } = decision;
    if (quietUntil !== undefined) return this.quiet(quietUntil, next);
    if (isExhausted) {
      const rest = this.#restMs;
      this.#restMs = Math.min(2 * rest, LONGEST_REST_MS);
      return this.quiet(performance.now() + rest, next);
    }
    return { lane: this.id, limit: this.#window.size, reason };
  }

  /** Nothing passes until then. @param next the number of the next request */
  quiet(until: number, next: number): PaceChange | undefined {
    if (until <= this.#quietUntil) return undefined;
    this.#quietUntil = until;
    this.#window?.restart(next);
    return { lane: this.id, limit: 0, reason: 'quiet', quietMs: until - performance.now() };
  }

  wait(waiting: Waiting): void {
    this.#line.push(waiting);
    this.#wakeUp();
  }

  giveUp(waiting: Waiting): void {
    const index = this.#line.indexOf(waiting);
    if (index >= 0) this.#line.splice(index, 1);
    if (this.#line.length === 0) this.#sleep();
  }

  /** Lets pass who waits, as long as it is open. */
  admit(): void {
    if (this.#line.length === 0) return;
    while (this.isOpen()) {
      const first = this.#line.shift();
      if (first === undefined) return this.#sleep();
      first.retry(this);
    }
    this.#wakeUp();
  }

  /** A gate is there for each mailbox: what says nothing any more must not stay. */
  isForgettable(): boolean {
    if (this.users > 0 || this.#window !== undefined) return false;
    const now = performance.now();
    return this.#quietUntil <= now && (this.#bucket?.isFull(now) ?? true);
  }

  /** Milliseconds; infinite, when it opens only after a request has ended. */
  #opensIn(): number {
    if (this.#inFlight >= this.#cap || this.#inFlight >= (this.#window?.size ?? this.#cap)) {
      return Number.POSITIVE_INFINITY;
    }
    if (this.#quietUntil === 0 && this.#bucket === undefined) return 0;
    const now = performance.now();
    return Math.max(0, this.#quietUntil - now, this.#bucket?.waitMs(now) ?? 0);
  }

  /** A timer only while somebody waits, so that it never keeps a finished process alive. */
  #wakeUp(): void {
    if (this.#timer !== undefined || this.#line.length === 0) return;
    const ms = this.#opensIn();
    if (ms === Number.POSITIVE_INFINITY) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.admit();
      },
      Math.min(Math.ceil(ms), LONGEST_TIMER_MS),
    );
  }

  #sleep(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
