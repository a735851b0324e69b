import type { Socket } from 'node:net';
import type { ServiceAccount } from '../directory/service-account.js';
import type { NtlmHandshake } from './ntlm/handshake.js';
import type { Spnego } from './spnego.js';

/** A challenge that waits for its answer, and how it came. */
export interface Pending {
  readonly scheme: 'negotiate' | 'ntlm';
  readonly spnego: Spnego;
  /** Undefined while a client that would rather have had Kerberos has not begun with NTLM. */
  readonly handshake: NtlmHandshake | undefined;
}

/** A connection, as long as the sandbox needs to know it: NTLM signs in connections, not requests. */
export interface Connection {
  /** Counts from 1 since the start. */
  readonly number: number;
  account: ServiceAccount | undefined;
  pending: Pending | undefined;
}

/** The connections that have brought requests. */
export class Connections {
  private known = new WeakMap<Socket, Connection>();
  private count = 0;

  of(socket: Socket): Connection {
    const known = this.known.get(socket);
    if (known !== undefined) return known;
    this.count += 1;
    const connection: Connection = { number: this.count, account: undefined, pending: undefined };
    this.known.set(socket, connection);
    return connection;
  }
}
