import type { Outcome } from '@appointed/core';
import type { MailboxSettings } from '@microsoft/microsoft-graph-types';
import type { Conversation } from '../conversation.js';
import { pathWith } from '../graph-request.js';

/** The zone that the owner has chosen: GET /mailboxSettings. A mailbox that nobody has opened has an empty one. */
export async function zone(conversation: Conversation): Promise<Outcome<string | undefined>> {
  const path = pathWith('/mailboxSettings', { $select: 'timeZone' });
  const settings = await conversation.ask({ method: 'GET', path }, ({ json }) => json as MailboxSettings);
  return settings.kind === 'done' ? { kind: 'done', value: settings.value.timeZone || undefined } : settings;
}
