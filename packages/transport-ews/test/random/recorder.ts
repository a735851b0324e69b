import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands between a client and a server, and keeps what is sent. */
export interface Recorder extends AsyncDisposable {
  readonly url: string;
  /** The bodies of the requests since it was last asked. */
  take(): readonly string[];
}

/** Passes everything on to a server. */
export async function recorderOf(target: string): Promise<Recorder> {
  let bodies: string[] = [];
  const server = createServer(async (request, response) => {
    const body = await textOf(request);
    bodies.push(body);
    const { authorization = '', soapaction = '' } = request.headers as Record<string, string>;
    const headers = { authorization, soapaction, 'content-type': 'text/xml; charset=utf-8' };
    const answer = await fetch(target, { method: 'POST', body, headers });
    response.writeHead(answer.status, { 'content-type': 'text/xml; charset=utf-8' });
    response.end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${new URL(target).pathname}`,
    take() {
      const taken = bodies;
      bodies = [];
      return taken;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
