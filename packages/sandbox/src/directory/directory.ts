import { canonicalName } from './account-name.js';
import { Application, type ApplicationSeed } from './application.js';
import { type Mailbox, type MailboxSeed, makeMailbox } from './mailbox.js';
import { type ServiceAccount, type ServiceAccountSeed, makeServiceAccount } from './service-account.js';

/** Who exists: what Active Directory is to Exchange. */
export class Directory {
  private readonly boxes = new Set<Mailbox>();
  private readonly accounts = new Map<string, ServiceAccount>();
  private readonly apps = new Map<string, Application>();
  private readonly byAddress = new Map<string, Mailbox>();
  private readonly byPrincipalName = new Map<string, Mailbox>();
  private readonly bySid = new Map<string, Mailbox>();
  private readonly byGuid = new Map<string, Mailbox>();

  constructor(
    mailboxes: readonly MailboxSeed[],
    serviceAccounts: readonly ServiceAccountSeed[],
    applications: readonly ApplicationSeed[],
  ) {
    for (const seed of mailboxes) this.addMailbox(seed);
    for (const seed of serviceAccounts) this.addServiceAccount(seed);
    for (const seed of applications) this.addApplication(seed);
  }

  get mailboxes(): readonly Mailbox[] {
    return [...this.boxes];
  }

  get serviceAccounts(): readonly ServiceAccount[] {
    return [...this.accounts.values()];
  }

  get applications(): readonly Application[] {
    return [...this.apps.values()];
  }

  /** @throws TypeError for what is malformed, or belongs to another mailbox; then nothing has been added */
  addMailbox(seed: MailboxSeed): Mailbox {
    const mailbox = makeMailbox(seed);
    const claims = this.namesOf(mailbox);
    for (const [index, name] of claims) checkFree(index, name, mailbox);
    for (const [index, name] of claims) index.set(name.toLowerCase(), mailbox);
    this.boxes.add(mailbox);
    return mailbox;
  }

  removeMailbox(mailbox: Mailbox): void {
    for (const [index, name] of this.namesOf(mailbox)) index.delete(name.toLowerCase());
    this.boxes.delete(mailbox);
  }

  /** @throws TypeError for what is malformed, or there already */
  addServiceAccount(seed: ServiceAccountSeed): ServiceAccount {
    const account = makeServiceAccount(seed);
    const name = canonicalName(account.user);
    if (this.accounts.has(name)) {
      throw new TypeError(`serviceAccounts: ${account.user} is there twice; names are not case-sensitive`);
    }
    this.accounts.set(name, account);
    return account;
  }

  /** @param domain where the name comes without: NetBIOS or DNS */
  accountNamed(user: string, domain = ''): ServiceAccount | undefined {
    return this.accounts.get(canonicalName(user, domain));
  }

  /** @returns false if there is none of that name */
  removeServiceAccount(user: string): boolean {
    return this.accounts.delete(canonicalName(user));
  }

  /** @throws TypeError for what is malformed, or there already */
  addApplication(seed: ApplicationSeed): Application {
    const application = new Application(seed);
    if (this.apps.has(application.clientId.toLowerCase())) {
      throw new TypeError(`applications: ${application.clientId} is there twice; client ids are not case-sensitive`);
    }
    this.apps.set(application.clientId.toLowerCase(), application);
    return application;
  }

  /** @returns false if there is none of that id */
  removeApplication(clientId: string): boolean {
    return this.apps.delete(clientId.toLowerCase());
  }

  byClientId(clientId: string): Application | undefined {
    return this.apps.get(clientId.toLowerCase());
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

  /** By the object id, which Microsoft Graph calls a user's id. */
  byObjectId(guid: string): Mailbox | undefined {
    return this.byGuid.get(guid.toLowerCase());
  }

  private namesOf(mailbox: Mailbox): [Map<string, Mailbox>, string][] {
    const names: [Map<string, Mailbox>, string][] = [
      [this.byAddress, mailbox.address],
      [this.byPrincipalName, mailbox.principalName],
      [this.bySid, mailbox.sid],
      [this.byGuid, mailbox.guid],
    ];
    for (const alias of mailbox.aliases) names.push([this.byAddress, alias]);
    return names;
  }
}

function checkFree(index: ReadonlyMap<string, Mailbox>, name: string, mailbox: Mailbox): void {
  const other = index.get(name.toLowerCase());
  if (other !== undefined) {
    throw new TypeError(`mailboxes: ${name} belongs to both ${other.address} and ${mailbox.address}; give it to one`);
  }
}
