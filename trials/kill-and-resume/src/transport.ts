import type { AppointmentTransport } from '@appointed/core';
import type { Sandbox } from '@appointed/sandbox';
import { basic, ews } from '@appointed/transport-ews';
import { clientSecret, graph } from '@appointed/transport-graph';
import { hybrid } from '@appointed/transport-hybrid';
import { APPLICATION, CREDENTIALS } from './settings.js';

/** The transports that are tried. */
export const TRANSPORTS = ['ews', 'graph', 'hybrid'] as const;

/** One of {@link TRANSPORTS}. */
export type TransportName = (typeof TRANSPORTS)[number];

/** Where the servers are. */
export type Addresses = Pick<Sandbox, 'ewsUrl' | 'graphUrl' | 'tokenUrl'>;

export function addressesIn({ ewsUrl }: Sandbox, { graphUrl, tokenUrl }: Sandbox): Addresses {
  return { ewsUrl, graphUrl, tokenUrl };
}

export function transportTo(name: TransportName, addresses: Addresses): AppointmentTransport {
  const exchange = ews({ url: addresses.ewsUrl, credentials: basic(CREDENTIALS) });
  const { clientId, clientSecret: secret } = APPLICATION;
  const authority = new URL(addresses.tokenUrl).origin;
  const credential = clientSecret({ tenant: 'contoso', clientId, secret, authority });
  const online = graph({ credential, baseUrl: addresses.graphUrl });
  if (name === 'hybrid') return hybrid({ exchange, online });
  return name === 'graph' ? online : exchange;
}
