import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';

/** How the client calls this server: `https://mail.contoso.com:8443`. */
export function originOf({ socket, headers }: IncomingMessage): string {
  return `${socket instanceof TLSSocket ? 'https' : 'http'}://${headers.host ?? 'localhost'}`;
}
