import type { GraphOperation } from '../call.js';
import { GraphError } from '../graph-error.js';

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

export const getUser: GraphOperation = (call) => {
  call.query.allow('$select');
  const { mailbox, request } = call;
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
  const select = call.query
    .get('$select')
    ?.split(',')
    .map((name) => name.trim());
  const fields = (select ?? DEFAULT).map((name) => {
    if (Object.hasOwn(user, name)) return [name, user[name]] as const;
    const reason = `Could not find a property named '${name}' on type 'microsoft.graph.user'.`;
    throw new GraphError(400, 'BadRequest', `Parsing OData Select and Expand failed: ${reason}`);
  });
  const shape = select === undefined ? '' : `(${select.join(',')})`;
  const context = `${request.base}/$metadata#users${shape}/$entity`;
  return { status: 200, body: { '@odata.context': context, ...Object.fromEntries(fields) } };
};
