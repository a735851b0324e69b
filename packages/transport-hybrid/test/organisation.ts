import { parseAppointment, parseMailbox } from '@appointed/core';
import { type MailboxSeed, type Sandbox, type SandboxItem, startSandbox } from '@appointed/sandbox';
import { basic, ews, type EwsTransport } from '@appointed/transport-ews';
import { clientSecret, graph, type GraphTransport } from '@appointed/transport-graph';
import { hybrid, type HybridTransport } from '@appointed/transport-hybrid';
import { keyOf } from '../../transport-graph/test/server-side.js';

const APPLICATION = { clientId: 'app-1', clientSecret: 'correct horse battery staple' };
const ACCOUNT = { user: 'svc', password: 'correct horse battery staple' };
const OTHERS = ['*@contoso.com', '!president@contoso.com'];

/** Half of an organisation on premises, half of it online: who is not here is known to be there. */
export interface Organisation extends AsyncDisposable {
  readonly exchange: Sandbox;
  readonly online: Sandbox;
  readonly transport: HybridTransport;
  /** Another transport, which has learnt nothing yet. Whoever gets it closes it. */
  connect(): HybridTransport;
  /** The server where a mailbox lives. */
  home(address: string): Sandbox;
  /** What is in a mailbox, and not deleted. */
  items(address: string): readonly SandboxItem[];
  /** Migrates a mailbox to the other side: items keep their keys and UIDs, and get other ids. */
  move(address: string): Promise<void>;
}

export async function startOrganisation(
  mailboxes: { readonly exchange: readonly string[]; readonly online: readonly string[] },
  seed: (address: string) => Partial<MailboxSeed> = () => ({}),
): Promise<Organisation> {
  const inOnline = new Set(mailboxes.online);
  const all = [...mailboxes.exchange, ...mailboxes.online, 'president@contoso.com'];
  const exchange = await startSandbox({
    mailboxes: all.map((address) => ({ address, ...seed(address), remote: inOnline.has(address) })),
    serviceAccounts: [{ ...ACCOUNT, impersonates: OTHERS }],
  });
  const online = await startSandbox({
    mailboxes: all.map((address) => ({ address, ...seed(address), onPremises: !inOnline.has(address) })),
    serviceAccounts: [{ ...ACCOUNT, impersonates: OTHERS }],
    applications: [{ ...APPLICATION, mailboxes: OTHERS }],
  });
  const connect = (): HybridTransport =>
    hybrid({
      exchange: ewsTo(exchange),
      online: graphTo(online),
    });
  const transport = connect();
  const home = (address: string): Sandbox => (inOnline.has(address) ? online : exchange);
  return {
    exchange,
    online,
    transport,
    connect,
    home,
    items: (address) =>
      home(address)
        .items(address)
        .filter(({ folder }) => folder !== 'deleteditems'),
    async move(address) {
      const [from, to] = inOnline.has(address) ? [online, exchange] : [exchange, online];
      const items = from.items(address);
      for (const server of [from, to]) server.control.removeMailbox(address);
      exchange.control.createMailbox({ address, remote: to === online });
      online.control.createMailbox({ address, onPremises: to === exchange });
      if (!inOnline.delete(address)) inOnline.add(address);
      await restore(to, address, items);
    },
    async [Symbol.asyncDispose]() {
      await transport.close();
      await Promise.all([exchange.close(), online.close()]);
    },
  };
}

/** Puts items into a mailbox as they were elsewhere. */
async function restore(server: Sandbox, address: string, items: readonly SandboxItem[]): Promise<void> {
  const transport = ewsTo(server);
  const call = { signal: new AbortController().signal, sendBy: Date.now() + 10_000, timeoutMs: 10_000 };
  const mailbox = parseMailbox(address);
  for (const item of items) {
    const { subject = '', start, end, location = '', uid } = item;
    const content = parseAppointment({ subject, start: new Date(start), end: new Date(end), location });
    const key = keyOf(item) ?? '';
    const [outcome] = await transport.save({ mailbox, sendMode: 'none', items: [{ key, uid, content }] }, call);
    if (outcome?.kind !== 'done') throw new Error(`${address} was not moved`);
  }
  await transport.close();
}

function ewsTo({ ewsUrl }: Sandbox): EwsTransport {
  return ews({ url: ewsUrl, credentials: basic(ACCOUNT) });
}

function graphTo({ graphUrl, tokenUrl }: Sandbox): GraphTransport {
  const { clientId, clientSecret: secret } = APPLICATION;
  const credential = clientSecret({ tenant: 'contoso', clientId, secret, authority: new URL(tokenUrl).origin });
  return graph({ credential, baseUrl: graphUrl });
}
