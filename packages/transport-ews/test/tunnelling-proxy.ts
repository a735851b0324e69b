import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

/** A proxy on loopback that makes tunnels, to this machine whatever host is asked for. */
export interface TunnellingProxy extends AsyncDisposable {
  readonly host: string;
  /** `mail.contoso.com:443`, one for each tunnel that was asked for. */
  readonly asked: readonly string[];
}

/** @param pair `user:password`, without which nobody is let through */
export async function tunnellingProxy(pair?: string): Promise<TunnellingProxy> {
  const asked: string[] = [];
  const server = createServer((_request, response) => {
    response.writeHead(400).end('Tunnels only');
  });
  server.on('connect', (request, socket) => {
    const target = request.url ?? '';
    asked.push(target);
    const expected = pair === undefined ? undefined : `Basic ${Buffer.from(pair).toString('base64')}`;
    socket.on('error', () => undefined);
    if (request.headers['proxy-authorization'] !== expected) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    const onward = connect(Number(target.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
