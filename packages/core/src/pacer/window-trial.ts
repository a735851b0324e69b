/** Longer than this by chance is not longer, whatever the sizes. */
const TOLERANCE = 1.25;

/** A trial must bring this share of what it would bring if every request took as long as before. */
const LEAST_GAIN = 0.5;

/** What is found to be worked on must be more than before by this factor, or else it is measured noise. */
const CERTAINLY_MORE = 1.1;

/** From this factor on, a size is measured against another one. */
const FAR_FROM_BASE = 1.5;

const FEWEST_ANSWERS = 4;

/** An attempt to find out whether more in flight gets more done: in steps of 1, 2, 4 and so on. */
export class WindowTrial {
  /** The first trial of all: nothing is known yet. */
  readonly isSlowStart: boolean;
  #base: number;
  /** How long a request takes with {@link #base} in flight; undefined until that is known. */
  #baseMs: number | undefined;
  #step = 1;
  /** Once something takes long for many reasons. */
  #isDoubted = false;

  /**
   * @param base as many in flight as are known to be good
   * @param baseMs how long a request takes then, on average; not given, it is the first trial of all
   */
  constructor(base: number, baseMs?: number) {
    this.#base = base;
    this.#baseMs = baseMs;
    this.isSlowStart = baseMs === undefined;
  }

  /** How many more than are known to be good are tried. */
  get step(): number {
    return this.#step;
  }

  /** It is about one more than what has been good for long. */
  get isProbe(): boolean {
    return this.#step === 1 && !this.isSlowStart;
  }

  /** After so many answers that went well a size can be judged. */
  answersNeeded(size: number): number {
    // One more, which is tried again and again, must not be found good by chance.
    return this.isProbe ? 3 * size : Math.max(FEWEST_ANSWERS, size);
  }

  /**
   * Judges a size by how long requests took. They take longer when they wait for each other in the server: so many in
   * flight are worked on as would get as much done if each took no longer than before (Little's law).
   * @returns how many are worth having in flight: `size`, which makes the next step larger, or less; undefined, when it
   * is to be measured once more
   */
  judge(size: number, averageMs: number, answers: number): number | undefined {
    const usualMs = this.#baseMs ?? averageMs;
    const growth = size / this.#base;
    const tolerance = Math.max(TOLERANCE, 1 + (1 - LEAST_GAIN) * (growth - 1)) * (1 + 0.5 / Math.sqrt(answers));
    if (averageMs > usualMs * tolerance) {
      if (!this.#isDoubted) {
        this.#isDoubted = true;
        return undefined;
      }
      const worked = Math.floor((size * usualMs) / averageMs);
      return worked > CERTAINLY_MORE * this.#base ? Math.min(worked, size - 1) : this.#base;
    }
    if (this.#baseMs === undefined || growth >= FAR_FROM_BASE) {
      this.#base = size;
      this.#baseMs = averageMs;
    }
    this.#isDoubted = false;
    this.#step *= 2;
    return size;
  }
}
