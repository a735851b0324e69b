interface Pending {
  readonly timer: NodeJS.Timeout;
  readonly act: () => void;
}

/** The longest that a Node timer can hold. */
const LONGEST_MS = 2_147_483_647;

/** What faults have put off. All of it can be dropped at once, so that nothing outlives the sandbox. */
export class Timers {
  private readonly late = new Set<Pending>();
  private readonly waiting = new Set<NodeJS.Timeout>();
  private closed = false;

  /** How many late stores are still to come. */
  get lateStores(): number {
    return this.late.size;
  }

  /** Does something later, unless it is dropped. */
  later(ms: number, act: () => void): void {
    if (this.closed) return;
    const pending: Pending = {
      act,
      timer: setTimeout(
        () => {
          this.late.delete(pending);
          act();
        },
        Math.min(ms, LONGEST_MS),
      ),
    };
    this.late.add(pending);
  }

  /** Waits. A wait that is dropped never ends; its connection has been dropped too. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.closed) return;
      const timer = setTimeout(
        () => {
          this.waiting.delete(timer);
          resolve();
        },
        Math.min(ms, LONGEST_MS),
      );
      this.waiting.add(timer);
    });
  }

  /** Does at once what was put off. */
  settle(): void {
    for (const pending of this.late) {
      clearTimeout(pending.timer);
      this.late.delete(pending);
      pending.act();
    }
  }

  /** Late stores are dropped: they never happen. */
  dropLateStores(): void {
    for (const { timer } of this.late) clearTimeout(timer);
    this.late.clear();
  }

  close(): void {
    this.closed = true;
    this.dropLateStores();
    for (const timer of this.waiting) clearTimeout(timer);
    this.waiting.clear();
  }
}
