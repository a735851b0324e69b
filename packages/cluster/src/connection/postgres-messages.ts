import { Client, type Pool } from 'pg';
import { SCHEMA } from './postgres-schema.js';
import { Listeners } from './listeners.js';
import type { Message, Messages } from './messages.js';

/** A connection that was lost is made anew after so long. */
const RECONNECT_MS = 500;

/** Messages by PostgreSQL's notifications. */
export class PostgresMessages implements Messages {
  readonly #pool: Pool;
  readonly #address: string;
  readonly #cluster: string;
  readonly #listeners = new Listeners();
  #client: Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(pool: Pool, address: string, cluster: string) {
    this.#pool = pool;
    this.#address = address;
    this.#cluster = cluster;
  }

  tell(message: Message): void {
    const text = JSON.stringify({ cluster: this.#cluster, message: JSON.stringify(message) });
    void this.#pool.query('SELECT pg_notify($1, $2)', [SCHEMA, text]).catch(() => undefined);
  }

  listen(listener: (message: Message) => void): () => void {
    return this.#listeners.listen(listener);
  }

  /** Begins to receive, on a connection of its own. */
  async connect(): Promise<void> {
    const client = new Client({ connectionString: this.#address, keepAlive: true });
    this.#client = client;
    client.on('error', () => undefined);
    client.on('end', () => this.#reconnect());
    client.on('notification', ({ payload = '' }) => this.#receive(payload));
    await client.connect();
    await client.query(`LISTEN ${SCHEMA}`);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#client?.end();
  }

  #receive(payload: string): void {
    const { cluster, message } = JSON.parse(payload) as { readonly cluster: string; readonly message: string };
    if (cluster === this.#cluster) this.#listeners.tell(message);
  }

  #reconnect(): void {
    if (this.#isClosed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.connect().catch(() => this.#reconnect()), RECONNECT_MS);
  }
}
