import type { Application, PERMISSIONS } from '../directory/application.js';
import type { Directory } from '../directory/directory.js';
import type { Mailbox } from '../directory/mailbox.js';
import { GraphError } from './graph-error.js';
import { DIRECTORY_OPERATIONS } from './operations/operations.js';
import type { Route } from './route.js';

/**
 * The mailbox that a path names: by the user's object id or user principal name, and by no other address.
 * @throws GraphError Authorization_RequestDenied, Request_ResourceNotFound, ErrorInvalidUser,
 *   MailboxNotEnabledForRESTAPI, ErrorAccessDenied
 */
export function findMailbox({ operation, parameters }: Route, application: Application, directory: Directory): Mailbox {
  const id = parameters['id'] ?? '';
  const mailbox = directory.byObjectId(id) ?? directory.byUserPrincipalName(id);
  if (DIRECTORY_OPERATIONS.has(operation)) {
    checkDirectory(application);
    if (mailbox !== undefined) return mailbox;
    const text = `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;
    throw new GraphError(404, 'Request_ResourceNotFound', text);
  }
  if (mailbox === undefined) throw new GraphError(404, 'ErrorInvalidUser', `The requested user '${id}' is invalid.`);
  if (mailbox.onPremises) {
    const text = 'The mailbox is either inactive, soft-deleted, or is hosted on-premise.';
    throw new GraphError(404, 'MailboxNotEnabledForRESTAPI', text);
  }
  if (application.may(wantOf(operation), mailbox.address)) return mailbox;
  throw new GraphError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
}

/** May it read who there is? @throws GraphError Authorization_RequestDenied */
export function checkDirectory(application: Application): void {
  if (application.may('directory', '')) return;
  throw new GraphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
}

function wantOf(operation: string): keyof typeof PERMISSIONS {
  if (operation.endsWith('/mailboxSettings')) return 'settings';
  return operation.startsWith('GET ') ? 'reading' : 'writing';
}
