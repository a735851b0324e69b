import { refuseOption } from '../refuse-option.js';
import { trustedUrl } from '../trusted-url.js';

const AUTHORITY = 'https://login.microsoftonline.com';

/** An application that is registered in Microsoft Entra. */
export interface EntraApplication {
  /** The tenant's id, or one of its domains: `contoso.onmicrosoft.com`. */
  readonly tenant: string;
  /** The application's (client) id. */
  readonly clientId: string;
  /**
   * Where Entra is. By default `https://login.microsoftonline.com`; national clouds have their own:
   * `https://login.microsoftonline.us`, `https://login.partner.microsoftonline.cn`.
   */
  readonly authority?: string;
}

/** Where an application gets its tokens. @throws AppointedError `invalid_options` */
export function tokenUrl({ tenant, clientId, authority = AUTHORITY }: EntraApplication): string {
  const { origin } = trustedUrl('authority', authority, AUTHORITY);
  // What is not filled in yet, or a whole URL, is no tenant.
  if (!/^[\w.-]+$/.test(tenant)) throw refuseOption('tenant', 'is no id of a tenant, and none of its domains');
  if (!/^[\w.-]+$/.test(clientId)) throw refuseOption('clientId', 'is no id of an application');
  return `${origin}/${tenant}/oauth2/v2.0/token`;
}
