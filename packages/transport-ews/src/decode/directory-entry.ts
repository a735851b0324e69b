import type { Access } from '@appointed/core';
import { child, type XmlElement } from './xml-tree.js';

/** Element MailboxType. What is not here is nothing that a row of a list can mean. */
const KINDS: Readonly<Record<string, NonNullable<Access['kind']>>> = {
  Mailbox: 'mailbox',
  PublicDL: 'group',
  PrivateDL: 'group',
  GroupMailbox: 'group',
  Contact: 'contact',
  PublicFolder: 'publicFolder',
};

/**
 * Whom the directory means by an address, from a response message of ResolveNames: the only entry, or of several (names
 * that begin alike) the one that has this address.
 */
export function directoryEntry(message: XmlElement, address: string): Access {
  const resolutions = child(message, 'ResolutionSet')?.children ?? [];
  const entries = resolutions.map((resolution) => entryOf(child(resolution, 'Mailbox')));
  const [only, ...others] = entries;
  if (only !== undefined && others.length === 0) return only;
  return entries.find(({ primaryAddress }) => primaryAddress?.toLowerCase() === address.toLowerCase()) ?? {};
}

function entryOf(mailbox: XmlElement | undefined): Access {
  const address = child(mailbox, 'EmailAddress')?.text.trim() ?? '';
  const kind = KINDS[child(mailbox, 'MailboxType')?.text.trim() ?? ''];
  return {
    // Of another routing type than SMTP it is a distinguished name.
    ...(address.includes('@') ? { primaryAddress: address } : {}),
    ...(kind === undefined ? {} : { kind }),
  };
}
