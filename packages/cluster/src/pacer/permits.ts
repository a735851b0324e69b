import type { Demand, PermitStore } from './permit-store.js';

/** So often a process says what it has and wants, while it has or wants anything. */
const PERIOD_MS = 50;

/** A lease is longer than a request by so much: for so long the store may be out of reach before nothing more is sent. */
const SLACK_MS = 5000;

/** A lane that has a cap. */
export interface CappedLane {
  readonly id: string;
  readonly cap: number;
}

interface LaneState {
  cap: number;
  /** Permits that the store has given. */
  has: number;
  /** Of those, in use. */
  used: number;
  waiting: number;
  /** Those that the store was told to be in use, until it has answered: it may have given the others to somebody else. */
  kept: number | undefined;
}

interface Waiting {
  readonly lanes: readonly CappedLane[];
  readonly timeoutMs: number;
  pass(): void;
}

/**
 * A process's permits. It has some of each lane, uses them again and again, and asks the store now and then for more or
 * fewer: a round trip for each {@link PERIOD_MS}, not for each request.
 */
export class Permits {
  readonly #store: PermitStore;
  readonly #process: string;
  readonly #lanes = new Map<string, LaneState>();
  readonly #line = new Set<Waiting>();
  /** Until then what it has is certainly its own; on the clock of `performance.now`. */
  #certainUntil = 0;
  #longestMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #isAsking = false;
  #isClosed = false;

  constructor(store: PermitStore, process: string) {
    this.#store = store;
    this.#process = process;
  }

  /**
   * Resolves when a request that takes `timeoutMs` at most may be sent on all these lanes.
   * @returns gives the permits back
   * @throws the signal's reason
   */
  async take(lanes: readonly CappedLane[], timeoutMs: number, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    this.#longestMs = Math.max(this.#longestMs, timeoutMs);
    for (const lane of lanes) this.#state(lane).waiting += 1;
    if (this.#isFree(lanes, timeoutMs)) this.#enter(lanes);
    else await this.#wait(lanes, timeoutMs, signal);
    return () => {
      for (const lane of lanes) this.#state(lane).used -= 1;
      this.#admit();
    };
  }

  /** Gives up all that is not in use, and asks no more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#share().catch(() => undefined);
  }

  #state({ id, cap }: CappedLane): LaneState {
    const found = this.#lanes.get(id);
    if (found !== undefined) {
      found.cap = cap;
      return found;
    }
    const state = { cap, has: 0, used: 0, waiting: 0, kept: undefined };
    this.#lanes.set(id, state);
    return state;
  }

  #isFree(lanes: readonly CappedLane[], timeoutMs: number): boolean {
    // Nobody else may be given these permits as long as the request may be alive.
    if (performance.now() + timeoutMs > this.#certainUntil) return false;
    return lanes.every((lane) => {
      const { has, used, kept = has } = this.#state(lane);
      return used < Math.min(has, kept);
    });
  }

  #enter(lanes: readonly CappedLane[]): void {
    for (const lane of lanes) {
      const state = this.#state(lane);
      state.waiting -= 1;
      state.used += 1;
    }
    this.#askIn(PERIOD_MS);
  }

  #wait(lanes: readonly CappedLane[], timeoutMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        this.#line.delete(waiting);
        for (const lane of lanes) this.#state(lane).waiting -= 1;
        reject(signal.reason);
      };
      const waiting: Waiting = {
        lanes,
        timeoutMs,
        pass: () => {
          signal.removeEventListener('abort', giveUp);
          this.#enter(lanes);
          resolve();
        },
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.#line.add(waiting);
      // Who waits behind others waits for the next turn.
      this.#askIn(this.#line.size === 1 ? 0 : PERIOD_MS);
    });
  }

  #admit(): void {
    for (const waiting of this.#line) {
      if (!this.#isFree(waiting.lanes, waiting.timeoutMs)) continue;
      this.#line.delete(waiting);
      waiting.pass();
    }
  }

  #askIn(ms: number): void {
    if (this.#isAsking || this.#isClosed) return;
    if (ms === 0) clearTimeout(this.#timer);
    else if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => void this.#ask(), ms);
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    // What could not be asked is asked again; until then nothing is used that the store may have given to others.
    await this.#share().catch(() => undefined);
    this.#isAsking = false;
    this.#timer = undefined;
    if (this.#lanes.size > 0) this.#askIn(PERIOD_MS);
  }

  async #share(): Promise<void> {
    const began = performance.now();
    const leaseMs = this.#longestMs + SLACK_MS;
    const asked = [...this.#lanes];
    const demands = asked.map(([lane, state]): Demand => {
      const { cap, used, waiting } = state;
      state.kept = used;
      return { lane, cap, kept: used, wanted: this.#isClosed ? used : used + waiting };
    });
    const given = await this.#store.share(this.#process, demands, leaseMs);
    this.#certainUntil = began + leaseMs;
    for (const [index, [lane, state]] of asked.entries()) {
      state.has = given[index] ?? 0;
      state.kept = undefined;
      if (state.has + state.used + state.waiting === 0) this.#lanes.delete(lane);
    }
    this.#admit();
  }
}
