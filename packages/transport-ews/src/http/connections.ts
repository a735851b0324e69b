import { Client } from 'undici';

/**
 * Connections to one server, one request at a time on each: never more of them than requests that were under way at once.
 * A pool would open others, since undici lets a connection rest for a moment before it is used again.
 */
export class Connections {
  readonly #origin: string;
  readonly #options: Client.Options;
  readonly #all = new Set<Client>();
  readonly #idle: Client[] = [];

  constructor(origin: string, options: Client.Options) {
    this.#origin = origin;
    this.#options = options;
  }

  /** One that nobody uses: the one that was used last, since it is the most likely to be open. Give it back. */
  take(): Client {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    const client = new Client(this.#origin, this.#options);
    this.#all.add(client);
    client.once('connectionError', () => this.#drop(client));
    return client;
  }

  giveBack(client: Client): void {
    if (this.#all.has(client)) this.#idle.push(client);
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    await Promise.all([...this.#all].map((client) => client.close()));
  }

  /** One that did not come about: undici may believe for ever that something is under way on it. */
  #drop(client: Client): void {
    this.#all.delete(client);
    const place = this.#idle.indexOf(client);
    if (place >= 0) this.#idle.splice(place, 1);
    client.destroy(null, () => undefined);
  }
}
