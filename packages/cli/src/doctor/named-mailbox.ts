import { AppointedError, type Mailbox, parseMailbox } from '@appointed/core';
import { CommandError } from '../command-error.js';

/**
 * The mailbox that a flag names: by an address, or by a SID.
 * @param other what another flag names, which must be another one
 * @throws CommandError `usage`
 */
export function namedMailbox(flag: string, text: string | undefined, other?: Mailbox): Mailbox | undefined {
  if (text === undefined) return undefined;
  const mailbox = parsed(flag, text);
  if (mailbox.id.toLowerCase() !== other?.id.toLowerCase()) return mailbox;
  throw new CommandError('usage', `${flag} names the mailbox that must be denied`, 'Nothing may be written there.');
}

function parsed(flag: string, text: string): Mailbox {
  try {
    return parseMailbox(/^S-1-/i.test(text) ? { sid: text } : { smtp: text });
  } catch (error) {
    if (!AppointedError.is(error)) throw error;
    throw new CommandError('usage', `${flag} ${text} is no mailbox`, 'Give an SMTP address, or a SID.', error);
  }
}
