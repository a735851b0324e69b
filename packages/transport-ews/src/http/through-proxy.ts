import type { buildConnector } from 'undici';
import { undici } from './undici.js';

const TIMEOUT_MS = 10_000;

/**
 * Makes connections through a tunnel of a proxy (CONNECT), each through one of its own: so a connection that is signed in
 * remains one from end to end. User and password in the proxy's address are for the proxy.
 * @param connect makes the connection to the server, inside the tunnel
 */
export function throughProxy(proxy: URL, connect: buildConnector.connector): buildConnector.connector {
  const headers = authorizationFor(proxy);
  return (target, callback) => {
    void pass(target, callback);
  };

  async function pass(target: buildConnector.Options, callback: buildConnector.Callback): Promise<void> {
    let tunnel: Tunnel;
    try {
      tunnel = await openTunnel(proxy, hostOf(target), headers);
    } catch (error) {
      callback(error as Error, null);
      return;
    }
    if (target.protocol === 'https:') connect({ ...target, httpSocket: tunnel }, callback);
    else callback(null, tunnel);
  }
}

function hostOf({ hostname, port, protocol }: buildConnector.Options): string {
  const name = hostname.includes(':') ? `[${hostname}]` : hostname;
  return `${name}:${port || (protocol === 'https:' ? 443 : 80)}`;
}

type Tunnel = NonNullable<buildConnector.Options['httpSocket']>;

async function openTunnel(proxy: URL, host: string, headers: Readonly<Record<string, string>>): Promise<Tunnel> {
  const { Client } = undici();
  const client = new Client(proxy.origin, { connect: { timeout: TIMEOUT_MS }, headersTimeout: TIMEOUT_MS });
  try {
    const { statusCode, socket } = await client.connect({ path: host, headers: { ...headers, host } });
    if (statusCode === 200) return socket as Tunnel;
    socket.on('error', () => undefined).destroy();
    throw new ProxyError(proxy, statusCode);
  } finally {
    void client.close();
  }
}

/** A proxy makes no tunnel. */
class ProxyError extends Error {
  readonly code: string;

  constructor(proxy: URL, status: number) {
    super(`the proxy ${proxy.host} answered ${status}`);
    this.code = status === 407 ? 'ERR_PROXY_SIGN_IN' : 'ERR_PROXY';
  }
}

function authorizationFor({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair, 'utf8').toString('base64')}` };
}
