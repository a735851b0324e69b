import type { Message } from './messages.js';

/** Who listens to the messages that arrive. */
export class Listeners {
  readonly #listeners = new Set<(message: Message) => void>();

  listen(listener: (message: Message) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param text a message as it travels */
  tell(text: string): void {
    const message = JSON.parse(text) as Message;
    for (const listener of this.#listeners) listener(message);
  }
}
