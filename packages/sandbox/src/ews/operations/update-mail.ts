import type { MailboxCalendar } from '../../calendar/mailbox-calendar.js';
import type { MessageItem } from '../../calendar/meeting.js';
import { cannotSet } from '../item-content.js';
import type { XmlElement } from '../xml-element.js';
import { parseBoolean } from '../xml-values.js';

/** Mail about a meeting is marked as read or unread; nothing else in it can be changed here. @throws ItemError */
export function updateMail(changes: readonly XmlElement[], mail: MessageItem, calendar: MailboxCalendar): void {
  for (const change of changes) {
    const [path, content] = change.children;
    const uri = path?.attribute('FieldURI') ?? '';
    const value = content?.children[0];
    if (change.name !== 't:SetItemField' || uri !== 'message:IsRead' || value?.name !== 't:IsRead')
      throw cannotSet(uri);
    calendar.markRead(mail, parseBoolean(value.text));
  }
}
