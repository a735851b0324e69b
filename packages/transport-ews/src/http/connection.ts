import type { Socket } from 'node:net';
import type { Client } from 'undici';
import type { Connector } from './connector.js';
import { undici } from './undici.js';

/** One connection to a server, one request at a time. It is opened when a request is sent, and anew when it was closed. */
export class Connection {
  readonly client: Client;
  #socket: Socket | undefined;
  #signedIn: Socket | undefined;

  constructor(origin: string, options: Client.Options, connect: Connector) {
    const { Client: UndiciClient } = undici();
    this.client = new UndiciClient(origin, {
      ...options,
      connect: (target, callback) => {
        connect(target, (...[error, socket]) => {
          if (error !== null) return callback(error, null);
          this.#socket = socket;
          return callback(null, socket);
        });
      },
    });
  }

  /** The one that was opened last: requests are sent on it. */
  get socket(): Socket | undefined {
    return this.#socket;
  }

  /** The socket, if it is open and signed in. */
  get signedIn(): Socket | undefined {
    return this.#signedIn?.destroyed === false ? this.#signedIn : undefined;
  }

  /** Whether what is sent on a socket needs no further sign-in. */
  set signedIn(socket: Socket | undefined) {
    this.#signedIn = socket;
  }
}
