import type { Attendee, Response } from '../../calendar/item.js';
import { element } from '../escape.js';
import { ItemError } from '../fault.js';
import type { XmlElement } from '../xml-element.js';
import { formatDateTime } from '../xml-values.js';

/** `<t:Mailbox>` with a name and an SMTP address. */
export function mailboxXml(name: string, address: string): string {
  return (
    `<t:Mailbox>${element('t:Name', name)}${element('t:EmailAddress', address)}` +
    `<t:RoutingType>SMTP</t:RoutingType><t:MailboxType>Mailbox</t:MailboxType></t:Mailbox>`
  );
}

export function attendeesXml(name: string, attendees: readonly Attendee[] | undefined): string {
  if (attendees === undefined || attendees.length === 0) return '';
  return `<t:${name}>${attendees.map(attendeeXml).join('')}</t:${name}>`;
}

function attendeeXml(attendee: Attendee): string {
  const answered =
    attendee.respondedAt === undefined ? '' : element('t:LastResponseTime', formatDateTime(attendee.respondedAt));
  const answer = `<t:ResponseType>${attendee.response}</t:ResponseType>${answered}`;
  return `<t:Attendee>${mailboxXml(attendee.name, attendee.address)}${answer}</t:Attendee>`;
}

export function readAttendees(list: XmlElement): readonly Attendee[] {
  return list.children.map((attendee) => {
    const mailbox = attendee.required('t:Mailbox');
    const address = mailbox.value('t:EmailAddress') ?? '';
    // Other routing types (EX, a legacy distinguished name) are resolved by a directory that the sandbox has not.
    const routing = mailbox.value('t:RoutingType') ?? 'SMTP';
    if (address === '' || (routing === 'SMTP' && !address.includes('@'))) {
      throw new ItemError('ErrorInvalidRecipients', 'At least one recipient is not valid.');
    }
    return {
      name: mailbox.child('t:Name')?.text ?? address,
      address,
      response: 'Unknown' as Response,
      respondedAt: undefined,
    };
  });
}
