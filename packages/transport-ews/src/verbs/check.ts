import type { Access, Failure, Mailbox, Outcome } from '@appointed/core';
import type { Conversation, Told } from '../conversation.js';
import { directoryEntry } from '../decode/directory-entry.js';
import { getCalendar } from '../encode/get-calendar.js';
import { resolveNames } from '../encode/resolve-names.js';

/** May we act as this mailbox's owner (operation GetFolder), and whom does the directory mean (ResolveNames)? */
export async function check(conversation: Conversation, mailbox: Mailbox): Promise<Outcome<Access>> {
  const calendar = await conversation.ask('GetFolder', getCalendar());
  if (mailbox.kind === 'sid') return calendar.kind === 'done' ? { kind: 'done', value: {} } : calendar;
  const question = resolveNames(mailbox.id);
  if (calendar.kind === 'done') return accessIn(await conversation.ask('ResolveNames', question), mailbox);
  if (calendar.kind !== 'rejected' || calendar.scope !== 'mailbox') return calendar;
  // Nobody can be impersonated who has no mailbox: what else the address is, the service account must ask for itself.
  return withoutMailbox(calendar, accessIn(await conversation.askDirectory(question), mailbox));
}

/** A directory that knows no answer is no reason not to act. One that may know it later is asked again. */
function accessIn(outcome: Outcome<Told>, { id }: Mailbox): Outcome<Access> {
  if (outcome.kind === 'done') return { kind: 'done', value: directoryEntry(outcome.value.element, id) };
  return outcome.kind === 'rejected' && outcome.scope !== 'run' ? { kind: 'done', value: {} } : outcome;
}

function withoutMailbox(failure: Failure, access: Outcome<Access>): Outcome<Access> {
  const kind = access.kind === 'done' ? access.value.kind : undefined;
  return kind === undefined || kind === 'mailbox' ? failure : access;
}
