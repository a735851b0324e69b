import { Scope } from './scope.js';

/** An application that is registered in Entra, and the mailboxes that Microsoft Graph lets it into. */
export interface ApplicationSeed {
  /** The application (client) id, as it signs in with. */
  clientId: string;
  /** The value of its client secret. */
  clientSecret: string;
  /**
   * Whose mailboxes it may use, as RBAC for Applications scopes them: `["*@contoso.com", "!boss@contoso.com"]`. Nobody's
   * where it is left out.
   */
  mailboxes?: readonly string[];
}

export interface Application {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: Scope;
}

export function makeApplication(seed: ApplicationSeed): Application {
  if (seed.clientId === '') throw new TypeError('applications: an application needs a clientId');
  if (seed.clientSecret === '') throw new TypeError(`applications: ${seed.clientId} needs a clientSecret`);
  return { clientId: seed.clientId, clientSecret: seed.clientSecret, scope: new Scope(seed.mailboxes ?? []) };
}
