import { type MailboxSeed, type Sandbox, startSandbox } from '@appointed/sandbox';
import { basic, ews, type EwsTransport } from '@appointed/transport-ews';
import {
  clientSecret,
  graph,
  type GraphOptions,
  type GraphTransport,
  type TokenCredential,
} from '@appointed/transport-graph';

const APPLICATION = { clientId: 'app-1', clientSecret: 'correct horse battery staple' };
const ACCOUNT = { user: 'svc', password: 'correct horse battery staple' };
const OTHERS = ['*@contoso.com', '!president@contoso.com'];

/** The first lives in New York, the second has not opened her mailbox yet. */
const OWNERS: readonly Partial<MailboxSeed>[] = [{ timeZone: 'America/New_York' }, { opened: false }];

/**
 * A local Exchange Online with n mailboxes, one that lives on premises, and a president whom neither the application nor
 * the service account may act for.
 */
export function startContoso(mailboxes: number): Promise<Sandbox> {
  return startSandbox({
    mailboxes: [
      ...Array.from({ length: mailboxes }, (_, n) => ({ address: address(n), ...OWNERS[n] })),
      { address: 'president@contoso.com' },
      { address: 'cellar@contoso.com', onPremises: true },
    ],
    applications: [{ ...APPLICATION, mailboxes: OTHERS }],
    serviceAccounts: [{ ...ACCOUNT, impersonates: OTHERS }],
  });
}

export function address(n: number): string {
  return `user${n}@contoso.com`;
}

/** What EWS calls an item that Graph calls so. */
export function ewsId(id: string): string {
  return id.replaceAll('-', '/').replaceAll('_', '+');
}

/** Signs the application in. */
export function applicationOf({ tokenUrl }: Pick<Sandbox, 'tokenUrl'>): TokenCredential {
  const { clientId, clientSecret: secret } = APPLICATION;
  return clientSecret({ tenant: 'contoso', clientId, secret, authority: new URL(tokenUrl).origin });
}

export function graphTo(exchange: Sandbox, options: Partial<GraphOptions> = {}): GraphTransport {
  return graph({ credential: applicationOf(exchange), baseUrl: exchange.graphUrl, ...options });
}

export function ewsTo({ ewsUrl }: Sandbox): EwsTransport {
  return ews({ url: ewsUrl, credentials: basic(ACCOUNT) });
}
