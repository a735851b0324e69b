/** A connection that is lost comes back by itself; without a listener its errors would end the process. */
export function quietly<T extends { on(event: 'error', listener: () => void): unknown }>(connection: T): T {
  connection.on('error', () => undefined);
  return connection;
}
