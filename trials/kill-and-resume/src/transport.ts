import type { AppointmentTransport } from '@appointed/core';
import type { Sandbox } from '@appointed/sandbox';
import { basic, ews } from '@appointed/transport-ews';
import { graph, type TokenCredential } from '@appointed/transport-graph';
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
  const online = graph({ credential: clientSecret(addresses), baseUrl: addresses.graphUrl });
  if (name === 'hybrid') return hybrid({ exchange, online });
  return name === 'graph' ? online : exchange;
}

function clientSecret({ tokenUrl }: Addresses): TokenCredential {
  return {
    async getToken(scope) {
      const { clientId: client_id, clientSecret: client_secret } = APPLICATION;
      const body = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret, scope });
      const response = await fetch(tokenUrl, { method: 'POST', body });
      const { access_token: token, expires_in: seconds } = (await response.json()) as Record<string, unknown>;
      return { token: String(token), expiresOnTimestamp: Date.now() + Number(seconds) * 1000 };
    },
  };
}
