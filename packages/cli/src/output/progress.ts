const WINDOW_MS = 10_000;

/** How far a call is: counts what the events tell. */
export class Progress {
  /** How many placements there will be, where that is known. */
  readonly total: number | undefined;
  done = 0;
  refused = 0;
  skipped = 0;
  /** Setbacks after which a placement is tried or looked up again. */
  retried = 0;
  /** Ended as deferred or unknown. */
  open = 0;
  readonly #most: number;
  readonly #underWay = new Set<string>();
  readonly #clock: () => number;
  readonly #began: number;
  readonly #recent: { readonly at: number; readonly ended: number }[] = [];

  /** @param most how many requests may be in flight: more have their turn, and wait for that */
  constructor(total: number | undefined, most: number, clock: () => number = () => performance.now()) {
    this.total = total;
    this.#most = most;
    this.#clock = clock;
    this.#began = clock();
  }

  get inFlight(): number {
    return Math.min(this.#underWay.size, this.#most);
  }

  get ended(): number {
    return this.done + this.refused + this.skipped + this.open;
  }

  begun(key: string): void {
    this.#underWay.add(key);
  }

  /** Its turn is over, for good or for now. */
  over(key: string): void {
    this.#underWay.delete(key);
  }

  /** How many end in a second, over the last ten. */
  rate(): number {
    const now = this.#clock();
    this.#recent.push({ at: now, ended: this.ended });
    while (this.#recent.length > 2 && (this.#recent[0]?.at ?? now) < now - WINDOW_MS) this.#recent.shift();
    const first = now - this.#began < WINDOW_MS ? { at: this.#began, ended: 0 } : this.#recent[0];
    const ms = now - (first?.at ?? now);
    return ms <= 0 ? 0 : ((this.ended - (first?.ended ?? 0)) * 1000) / ms;
  }
}
