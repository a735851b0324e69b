import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where a worker says how it is. */
export interface HealthOptions {
  /** 0: any that is free. */
  readonly port: number;
  /** By default `127.0.0.1`. */
  readonly host?: string;
}

/** How a worker is. */
export interface Health {
  /** `ready` comes with HTTP status 200, the others with 503. */
  readonly status: 'ready' | 'draining' | 'unreachable';
  /** How many orders it works on. */
  readonly orders: number;
}

/** Answers `GET /health`. */
export class HealthServer {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(
    { port, host = '127.0.0.1' }: HealthOptions,
    health: () => Promise<Health>,
  ): Promise<HealthServer> {
    const server = createServer((request, response) => {
      void answer(request, response, health);
    });
    server.listen(port, host);
    await once(server, 'listening');
    return new HealthServer(server);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

async function answer(
  { url }: IncomingMessage,
  response: ServerResponse,
  health: () => Promise<Health>,
): Promise<void> {
  if (url !== '/health') {
    response.writeHead(404).end();
    return;
  }
  const now = await health();
  response.writeHead(now.status === 'ready' ? 200 : 503, { 'content-type': 'application/json' });
  response.end(JSON.stringify(now));
}
