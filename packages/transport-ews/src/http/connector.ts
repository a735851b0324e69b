import type { buildConnector } from 'undici';
import { proxyFor } from './proxy.js';
import { requireCertificates } from './require-certificates.js';
import { throughProxy } from './through-proxy.js';
import { undici } from './undici.js';

/** Opens a socket to where it is told, or says why there is none. */
export type Connector = buildConnector.connector;

/** To which server connections are made, and whom they trust. */
export interface ServerOptions {
  readonly origin: string;
  /** Certificates of the authorities to trust, in PEM; by default Node's. */
  readonly ca?: string | undefined;
}

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Makes connections: with TLS 1.2 or newer, and through the proxy that the environment names for the server.
 * @param isExamined a certificate that is not trusted is looked at, too: for what sends no secret
 * @throws AppointedError `invalid_options`
 */
export function connectorTo({ origin, ca }: ServerOptions, isExamined = false): Connector {
  if (ca !== undefined) requireCertificates(ca);
  const direct = undici().buildConnector({
    timeout: CONNECT_TIMEOUT_MS,
    minVersion: 'TLSv1.2',
    // A session that is resumed does not show the certificate, to which sign-in is bound.
    maxCachedSessions: 0,
    rejectUnauthorized: !isExamined,
    ...(ca === undefined ? {} : { ca }),
  });
  const proxy = proxyFor(new URL(origin));
  return proxy === undefined ? direct : throughProxy(proxy, direct);
}
