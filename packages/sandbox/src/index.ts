import { CalendarStore } from './calendar/calendar-store.js';
import { findZone } from './calendar/zone.js';
import { People } from './control/people.js';
import { SandboxControl } from './control/sandbox-control.js';
import type { SandboxItem } from './control/sandbox-item.js';
import { Directory } from './directory/directory.js';
import type { MailboxSeed } from './directory/mailbox.js';
import type { ServiceAccountSeed } from './directory/service-account.js';
import { EwsEndpoint } from './ews/endpoint.js';
import { Credentials } from './http/credentials.js';
import { EWS_PATH, listen, makeServer } from './http/server.js';

export type { ItemEdit } from './control/item-edit.js';
export type { Deletion, ItemReference } from './control/people.js';
export type { Answer, SandboxControl } from './control/sandbox-control.js';
export type { SandboxAttendee, SandboxItem } from './control/sandbox-item.js';
export type { MailboxSeed } from './directory/mailbox.js';
export type { ServiceAccountSeed } from './directory/service-account.js';

/** How a sandbox starts. */
export interface SandboxOptions {
  /** The mailboxes that exist. */
  mailboxes?: readonly MailboxSeed[];
  /** The accounts that may sign in, and whom each may impersonate. */
  serviceAccounts?: readonly ServiceAccountSeed[];
  /** The port to listen on; 0, the default, takes a free one. */
  port?: number;
  /** The address to listen on; `127.0.0.1` by default: nobody else reaches it unless told so. */
  host?: string;
  /** What the server takes for the current time. */
  clock?: () => Date;
}

/** A running sandbox. `await using sandbox = await startSandbox(…)` closes it at the end of its block. */
export interface Sandbox extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Where EWS is: `http://127.0.0.1:PORT/EWS/Exchange.asmx`. */
  readonly ewsUrl: string;
  readonly port: number;
  /** What a test does behind its clients' backs: reads what is stored, acts as people do. */
  readonly control: SandboxControl;
  /** Everything in a mailbox, all folders: plain frozen data. @throws TypeError for an unknown mailbox */
  items(mailbox: string): readonly SandboxItem[];
  /** Stops listening and drops every connection. */
  close(): Promise<void>;
}

/**
 * Starts a local Exchange.
 *
 * @throws TypeError if an option is wrong: it names the entry and says what is
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = options.clock ?? (() => new Date());
  const now = () => clock().getTime();
  const directory = new Directory(options.mailboxes ?? [], options.serviceAccounts ?? []);
  for (const { address, timeZone } of directory.mailboxes) {
    if (findZone(timeZone) === undefined) {
      throw new TypeError(`mailboxes: time zone "${timeZone}" of ${address} is unknown; write an IANA or Windows name`);
    }
  }
  const store = new CalendarStore(now);
  const endpoint = new EwsEndpoint(directory, store, now);
  const server = makeServer(endpoint, new Credentials(directory.serviceAccounts));
  const host = options.host ?? '127.0.0.1';
  const port = await listen(server, options.port ?? 0, host);
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  };
  const control = new SandboxControl(new People(directory, store));
  const items = (mailbox: string) => control.items(mailbox);
  return { url, ewsUrl: url + EWS_PATH, port, control, items, close, [Symbol.asyncDispose]: close };
}
