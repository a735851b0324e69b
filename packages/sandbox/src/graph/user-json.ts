import type { Mailbox } from '../directory/mailbox.js';
import { GraphError } from './graph-error.js';

/** What comes where nothing is selected. */
const DEFAULT = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
];

/** A user as the directory tells of it. @param select names with commas between @throws GraphError for an unknown one */
export function userJson(mailbox: Mailbox, select: string | undefined): Record<string, unknown> {
  const user: Readonly<Record<string, unknown>> = {
    businessPhones: [],
    displayName: mailbox.name,
    givenName: null,
    jobTitle: null,
    mail: mailbox.address,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: mailbox.culture,
    surname: null,
    userPrincipalName: mailbox.principalName,
    id: mailbox.guid,
    accountEnabled: !mailbox.room,
    mailNickname: mailbox.address.slice(0, mailbox.address.indexOf('@')),
    onPremisesSecurityIdentifier: mailbox.sid,
    proxyAddresses: [`SMTP:${mailbox.address}`, ...mailbox.aliases.map((alias) => `smtp:${alias}`)],
    userType: 'Member',
  };
  const fields = (select?.split(',').map((name) => name.trim()) ?? DEFAULT).map((name) => {
    if (Object.hasOwn(user, name)) return [name, user[name]] as const;
    const reason = `Could not find a property named '${name}' on type 'microsoft.graph.user'.`;
    throw new GraphError(400, 'BadRequest', `Parsing OData Select and Expand failed: ${reason}`);
  });
  return Object.fromEntries(fields);
}

/** `@odata.context`, up to what follows the selection. */
export function usersContext(base: string, select: string | undefined): string {
  const shape =
    select === undefined
      ? ''
      : `(${select
          .split(',')
          .map((name) => name.trim())
          .join(',')})`;
  return `${base}/$metadata#users${shape}`;
}
