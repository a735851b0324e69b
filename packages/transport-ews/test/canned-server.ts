import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived. */
export interface ReceivedRequest {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Answers one request, in whatever way. */
export type Behaviour = (response: ServerResponse, request: ReceivedRequest, count: number) => void;

/** A real HTTP server on loopback that answers as it is told, and keeps what it received. */
export interface CannedServer extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly ReceivedRequest[];
  readonly connections: number;
}

/** @param listenOn its port; by default one that is free */
export async function cannedServer(behave: Behaviour, listenOn = 0): Promise<CannedServer> {
  const requests: ReceivedRequest[] = [];
  let connections = 0;
  const server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const request = { headers: message.headers, body: Buffer.concat(chunks).toString('utf8') };
      requests.push(request);
      behave(response, request, requests.length);
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(listenOn, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/EWS/Exchange.asmx`,
    requests,
    get connections() {
      return connections;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
