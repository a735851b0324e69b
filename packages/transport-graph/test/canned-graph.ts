import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { graph, type GraphOptions, type GraphTransport } from '@appointed/transport-graph';

/** A request as it came. */
export interface Received {
  readonly method: string;
  /** Decoded, below the version. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  readonly json: unknown;
}

/** An answer: JSON, or a text as it is. */
export interface Canned {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: unknown;
}

/** A server that answers as a test says, one answer for each request; the last one again and again. */
export async function cannedGraph(
  answers: readonly Canned[],
  options: Partial<GraphOptions> = {},
): Promise<AsyncDisposable & { readonly transport: GraphTransport; readonly received: readonly Received[] }> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const url = new URL(request.url ?? '', 'http://localhost');
    received.push({
      method: request.method ?? '',
      path: decodeURIComponent(url.pathname.replace(/^\/v1\.0/, '')),
      query: Object.fromEntries(url.searchParams),
      headers: request.headers,
      json: text === '' ? undefined : JSON.parse(text),
    });
    const { status, headers = {}, body = '' } = answers[received.length - 1] ?? answers.at(-1) ?? { status: 500 };
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const credential = {
    getToken: () => Promise.resolve({ token: 'a-token', expiresOnTimestamp: Date.now() + 3_600_000 }),
  };
  const transport = graph({ credential, baseUrl: `http://127.0.0.1:${port}/v1.0`, ...options });
  return {
    transport,
    received,
    async [Symbol.asyncDispose]() {
      await transport.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
