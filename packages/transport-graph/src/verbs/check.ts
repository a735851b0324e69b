import type { Access, Outcome } from '@appointed/core';
import type { User } from '@microsoft/microsoft-graph-types';
import type { Conversation } from '../conversation.js';
import { pathWith } from '../graph-request.js';

/** May we act in this mailbox (GET /calendar), and whom does the directory mean (GET of the user)? */
export async function check(conversation: Conversation): Promise<Outcome<Access>> {
  const calendar = await conversation.ask({ method: 'GET', path: '/calendar' }, () => true);
  if (calendar.kind !== 'done') return calendar;
  const user = await conversation.ask({ method: 'GET', path: pathWith('', { $select: 'mail' }) }, ({ json }) => {
    const { mail } = json as User;
    return { kind: 'mailbox', ...(mail?.includes('@') ? { primaryAddress: mail } : {}) } as const;
  });
  // The right to read the directory is another one, and no reason not to act.
  return user.kind === 'rejected' && user.scope === 'mailbox' ? { kind: 'done', value: {} } : user;
}
