import type { Client } from 'undici';
import { Connection } from './connection.js';
import type { Connector } from './connector.js';

/**
 * Connections to one server, one request at a time on each: never more of them than requests that were under way at once.
 * A pool would open others, since undici lets a connection rest for a moment before it is used again.
 */
export class Connections {
  readonly #origin: string;
  readonly #options: Client.Options;
  readonly #connect: Connector;
  readonly #all = new Set<Connection>();
  readonly #idle: Connection[] = [];

  constructor(origin: string, options: Client.Options, connect: Connector) {
    this.#origin = origin;
    this.#options = options;
    this.#connect = connect;
  }

  /** One that nobody uses: the one that was used last, since it is the most likely to be open. Give it back. */
  take(): Connection {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    const connection = new Connection(this.#origin, this.#options, this.#connect);
    this.#all.add(connection);
    connection.client.once('connectionError', () => this.#drop(connection));
    return connection;
  }

  giveBack(connection: Connection): void {
    if (this.#all.has(connection)) this.#idle.push(connection);
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    await Promise.all([...this.#all].map(({ client }) => client.close()));
  }

  /** One that did not come about: undici may believe for ever that something is under way on it. */
  #drop(connection: Connection): void {
    this.#all.delete(connection);
    const place = this.#idle.indexOf(connection);
    if (place >= 0) this.#idle.splice(place, 1);
    connection.client.destroy(null, () => undefined);
  }
}
