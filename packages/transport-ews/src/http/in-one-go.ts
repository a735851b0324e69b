/**
 * Collects what is to be done with answers, and does it when all that have arrived in this turn of the event loop were
 * read. In turns with reading, its code would have to be loaded into the processor's caches for each of them.
 */
export class InOneGo {
  #due: (() => void)[] = [];

  add(task: () => void): void {
    this.#due.push(task);
    if (this.#due.length === 1) setImmediate(() => this.#doAll());
  }

  #doAll(): void {
    const due = this.#due;
    this.#due = [];
    for (const task of due) task();
  }
}
