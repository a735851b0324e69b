import { Exchanges } from './exchanges.js';

/** What an abort gives up. One listener for all that have a signal in common: to take one away, all are searched. */
export class ExchangesBySignal {
  readonly #exchanges = new WeakMap<AbortSignal, Exchanges>();

  of(signal: AbortSignal): Exchanges {
    const known = this.#exchanges.get(signal);
    if (known !== undefined) return known;
    const exchanges = new Exchanges();
    this.#exchanges.set(signal, exchanges);
    signal.addEventListener('abort', () => exchanges.giveUp(), { once: true });
    return exchanges;
  }
}
