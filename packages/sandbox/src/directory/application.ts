import { X509Certificate } from 'node:crypto';
import { Scope } from './scope.js';

/** An application that is registered in Entra, and the mailboxes that Microsoft Graph lets it into. */
export interface ApplicationSeed {
  /** The application (client) id, as it signs in with. */
  clientId: string;
  /** The value of its client secret. An application needs this, a certificate, or both. */
  clientSecret?: string;
  /** When the secret ends, in ISO 8601: `2027-01-01T00:00:00Z`. Never where it is left out. */
  secretEnds?: string;
  /** The certificate (PEM) that its client assertions are signed with. */
  certificate?: string;
  /** The tenant that it is registered in; every tenant's where it is left out. */
  tenant?: string;
  /** Its administrator has switched it off. */
  disabled?: boolean;
  /**
   * Whose mailboxes it may use, as RBAC for Applications scopes them: `["*@contoso.com", "!boss@contoso.com"]`. Nobody's
   * where it is left out.
   */
  mailboxes?: readonly string[];
  /** What it may do there: `["Calendars.ReadWrite", "MailboxSettings.Read"]` where it is left out. */
  mailboxPermissions?: readonly string[];
  /**
   * What was consented to in Entra: the roles in its tokens, `["User.Read.All"]` where it is left out. A permission for
   * mailboxes that is among them goes for everybody's, whatever `mailboxes` says.
   */
  permissions?: readonly string[];
}

/** What an operation of Microsoft Graph wants, each by the permissions that bring it. */
export const PERMISSIONS: Readonly<Record<'directory' | 'settings' | 'reading' | 'writing', readonly string[]>> = {
  directory: ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  settings: ['MailboxSettings.Read', 'MailboxSettings.ReadWrite'],
  reading: ['Calendars.Read', 'Calendars.ReadWrite'],
  writing: ['Calendars.ReadWrite'],
};

export class Application {
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  /** Milliseconds since the epoch. */
  readonly secretEnds: number;
  readonly certificate: X509Certificate | undefined;
  readonly tenant: string | undefined;
  readonly disabled: boolean;
  /** The roles in its tokens. */
  readonly permissions: readonly string[];
  private readonly scope: Scope;
  private readonly mailboxPermissions: readonly string[];

  /** @throws TypeError for what is malformed */
  constructor(seed: ApplicationSeed) {
    const { clientId, clientSecret, certificate, secretEnds } = seed;
    if (clientId === '') throw new TypeError('applications: an application needs a clientId');
    if ((clientSecret ?? '') === '' && certificate === undefined) {
      throw new TypeError(`applications: ${clientId} needs a clientSecret, a certificate, or both`);
    }
    this.clientId = clientId;
    this.clientSecret = clientSecret;
    this.secretEnds = secretEnds === undefined ? Number.POSITIVE_INFINITY : Date.parse(secretEnds);
    if (Number.isNaN(this.secretEnds)) {
      throw new TypeError(`applications: secretEnds of ${clientId} is no time; write 2027-01-01T00:00:00Z`);
    }
    this.certificate = certificate === undefined ? undefined : readCertificate(clientId, certificate);
    this.tenant = seed.tenant;
    this.disabled = seed.disabled ?? false;
    this.scope = new Scope(seed.mailboxes ?? []);
    this.mailboxPermissions = seed.mailboxPermissions ?? ['Calendars.ReadWrite', 'MailboxSettings.Read'];
    this.permissions = seed.permissions ?? ['User.Read.All'];
  }

  /** May it in this mailbox? What was consented to in Entra, and what Exchange has assigned, add up. */
  may(want: keyof typeof PERMISSIONS, address: string): boolean {
    const has = (granted: readonly string[]): boolean => PERMISSIONS[want].some((one) => granted.includes(one));
    return has(this.permissions) || (this.scope.includes(address) && has(this.mailboxPermissions));
  }
}

function readCertificate(clientId: string, pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw new TypeError(`applications: certificate of ${clientId} is none; give it as PEM`, { cause });
  }
}
