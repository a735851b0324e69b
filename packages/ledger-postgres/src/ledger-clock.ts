/** A measurement is replaced by a worse one after so long: clocks drift. */
const VALID_MS = 60_000;

/**
 * Whose time counts: the database's, so that machines whose clocks differ agree on when a lease has ended. Callers know
 * only their own clock; what they give and get is translated.
 */
export class LedgerClock {
  readonly #given: (() => number) | undefined;
  /** What the database's clock shows more than ours. */
  #ahead = 0;
  #uncertainty = Infinity;
  #measuredAt = 0;

  constructor(given: (() => number) | undefined) {
    this.#given = given;
  }

  /** For a statement: the time, or null where it is the database's. */
  get now(): number | null {
    return this.#given?.() ?? null;
  }

  /** The time for callers, in milliseconds since the epoch. */
  get local(): number {
    return this.#given?.() ?? Date.now();
  }

  /** A statement that was asked at `askedAt` (as {@link local} said) has just said what time it is in the database. */
  measured(askedAt: number, databaseNow: number): void {
    if (this.#given !== undefined) return;
    const now = Date.now();
    const uncertainty = (now - askedAt) / 2;
    if (uncertainty > this.#uncertainty && now - this.#measuredAt < VALID_MS) return;
    this.#ahead = Math.round(databaseNow - (askedAt + uncertainty));
    this.#uncertainty = uncertainty;
    this.#measuredAt = now;
  }

  toDatabase(moment: number): number {
    return Math.round(moment) + this.#ahead;
  }

  toLocal(moment: number): number {
    return moment - this.#ahead;
  }
}
