/**
 * Who is to be told when a signal is aborted: one listener for each signal, however many wait, since adding one to a
 * signal takes the longer the more it has. None is left when nobody waits.
 */
export class AbortWatch {
  readonly #watched = new Map<AbortSignal, Watched>();

  add(signal: AbortSignal, giveUp: () => void): void {
    const found = this.#watched.get(signal);
    if (found !== undefined) {
      found.waiting.add(giveUp);
      return;
    }
    const waiting = new Set([giveUp]);
    const listener = (): void => {
      this.#watched.delete(signal);
      for (const each of waiting) each();
    };
    this.#watched.set(signal, { waiting, listener });
    signal.addEventListener('abort', listener, { once: true });
  }

  delete(signal: AbortSignal, giveUp: () => void): void {
    const watched = this.#watched.get(signal);
    if (watched === undefined) return;
    watched.waiting.delete(giveUp);
    if (watched.waiting.size > 0) return;
    this.#watched.delete(signal);
    signal.removeEventListener('abort', watched.listener);
  }
}

interface Watched {
  readonly waiting: Set<() => void>;
  readonly listener: () => void;
}
