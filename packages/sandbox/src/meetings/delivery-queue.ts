interface Delivery {
  readonly due: number;
  readonly act: () => void;
}

/**
 * What happens a moment after it was asked for, in the order in which it was: mail that is on its way, a room that
 * thinks. One timer serves all of it, and nothing is left when the sandbox closes.
 */
export class DeliveryQueue {
  private readonly waiting: Delivery[] = [];
  private timer: NodeJS.Timeout | undefined;
  private closed = false;
  private readonly listeners: (() => void)[] = [];

  /** @param delayMs how long everything takes */
  constructor(private readonly delayMs: number) {}

  get pending(): number {
    return this.waiting.length;
  }

  put(act: () => void): void {
    if (this.closed) return;
    this.waiting.push({ due: performance.now() + this.delayMs, act });
    this.wake();
  }

  /** Resolves when nothing is on its way any more: at once if nothing is. */
  quiet(): Promise<void> {
    if (this.waiting.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.listeners.push(resolve));
  }

  /** What is on its way gets lost. */
  drop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting.length = 0;
    this.tell();
  }

  close(): void {
    this.closed = true;
    this.drop();
  }

  private wake(): void {
    const [next] = this.waiting;
    if (next === undefined || this.timer !== undefined) return;
    this.timer = setTimeout(() => this.work(), Math.max(0, next.due - performance.now()));
  }

  private work(): void {
    this.timer = undefined;
    const now = performance.now();
    const due = this.waiting.findIndex((delivery) => delivery.due > now);
    for (const { act } of this.waiting.splice(0, due < 0 ? this.waiting.length : due)) attempt(act);
    if (this.waiting.length === 0) this.tell();
    else this.wake();
  }

  private tell(): void {
    for (const listener of this.listeners.splice(0)) listener();
  }
}

/** A delivery that fails is a defect of the sandbox, and keeps no other from arriving. */
function attempt(act: () => void): void {
  try {
    act();
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}
