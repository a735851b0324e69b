import type { GraphCall } from './call.js';

/** The `@odata.context` of an answer. @param path below the user, such as `events/$entity` */
export function contextOf({ request, mailbox }: GraphCall, path: string): { '@odata.context': string } {
  return {
    '@odata.context': `${request.base}/$metadata#users('${encodeURIComponent(mailbox.principalName)}')/${path}`,
  };
}
