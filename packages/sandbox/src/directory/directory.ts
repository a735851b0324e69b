import { type Mailbox, type MailboxSeed, makeMailbox } from './mailbox.js';
import { type ServiceAccount, type ServiceAccountSeed, makeServiceAccount } from './service-account.js';

/** Who exists: what Active Directory is to Exchange. */
export class Directory {
  readonly mailboxes: readonly Mailbox[];
  readonly serviceAccounts: readonly ServiceAccount[];
  private readonly byAddress = new Map<string, Mailbox>();
  private readonly byPrincipalName = new Map<string, Mailbox>();
  private readonly bySid = new Map<string, Mailbox>();

  constructor(mailboxes: readonly MailboxSeed[], serviceAccounts: readonly ServiceAccountSeed[]) {
    this.mailboxes = mailboxes.map(makeMailbox);
    this.serviceAccounts = serviceAccounts.map(makeServiceAccount);
    for (const mailbox of this.mailboxes) {
      for (const address of [mailbox.address, ...mailbox.aliases]) this.claim(this.byAddress, address, mailbox);
      this.claim(this.byPrincipalName, mailbox.principalName, mailbox);
      this.claim(this.bySid, mailbox.sid, mailbox);
    }
  }

  /** By the primary address or an alias, in any case. */
  byAnyAddress(address: string): Mailbox | undefined {
    return this.byAddress.get(address.toLowerCase());
  }

  byUserPrincipalName(name: string): Mailbox | undefined {
    return this.byPrincipalName.get(name.toLowerCase());
  }

  bySecurityIdentifier(sid: string): Mailbox | undefined {
    return this.bySid.get(sid.toLowerCase());
  }

  private claim(index: Map<string, Mailbox>, name: string, mailbox: Mailbox): void {
    const key = name.toLowerCase();
    const other = index.get(key);
    if (other !== undefined && other !== mailbox) {
      throw new TypeError(`mailboxes: ${name} belongs to both ${other.address} and ${mailbox.address}; give it to one`);
    }
    index.set(key, mailbox);
  }
}
