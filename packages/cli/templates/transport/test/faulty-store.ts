import type { Mailbox } from '@appointed/core';
import type { NewEntry, Store, StoredEntry } from '../src/store.js';

/** A store whose answers can be held back, or lost. */
export class FaultyStore implements Store {
  readonly #store: Store;
  #fault: 'none' | 'silent' | 'answersLost' = 'none';
  #arrive: () => void = () => undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /** From now on nothing is answered. Resolves when something was asked. */
  silence(): Promise<void> {
    this.#fault = 'silent';
    return new Promise((resolve) => (this.#arrive = resolve));
  }

  /** From now on everything is done, and the answer is lost. */
  loseAnswers(): void {
    this.#fault = 'answersLost';
  }

  check(mailbox: Mailbox): Promise<void> {
    return this.#answer(() => this.#store.check(mailbox));
  }

  add(mailbox: Mailbox, entry: NewEntry): Promise<StoredEntry> {
    return this.#answer(() => this.#store.add(mailbox, entry));
  }

  all(mailbox: Mailbox): Promise<readonly StoredEntry[]> {
    return this.#answer(() => this.#store.all(mailbox));
  }

  get(mailbox: Mailbox, itemId: string): Promise<StoredEntry | undefined> {
    return this.#answer(() => this.#store.get(mailbox, itemId));
  }

  replace(mailbox: Mailbox, itemId: string, entry: NewEntry): Promise<StoredEntry> {
    return this.#answer(() => this.#store.replace(mailbox, itemId, entry));
  }

  delete(mailbox: Mailbox, itemId: string): Promise<boolean> {
    return this.#answer(() => this.#store.delete(mailbox, itemId));
  }

  async #answer<T>(work: () => Promise<T>): Promise<T> {
    this.#arrive();
    if (this.#fault === 'silent') return new Promise(() => undefined);
    const answer = await work();
    if (this.#fault === 'answersLost') throw new Error('the answer was lost');
    return answer;
  }
}
