/** Works on some things at once, and never on more. */
export class AtOnce {
  readonly #most: number;
  readonly #underWay = new Set<Promise<void>>();
  readonly #fail: (error: unknown) => void;

  /** @param fail told what a piece of work throws */
  constructor(most: number, fail: (error: unknown) => void) {
    this.#most = most;
    this.#fail = fail;
  }

  /** Begins a piece of work, and waits until there is room for another. */
  async begin(work: () => Promise<void>): Promise<void> {
    const turn = work()
      .catch(this.#fail)
      .finally(() => this.#underWay.delete(turn));
    this.#underWay.add(turn);
    if (this.#underWay.size >= this.#most) await Promise.race(this.#underWay);
  }

  /** All that was begun has ended. */
  async ended(): Promise<void> {
    await Promise.all(this.#underWay);
  }
}
