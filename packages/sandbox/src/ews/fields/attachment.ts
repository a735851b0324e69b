import type { Attachment, CalendarItem } from '../../calendar/item.js';
import type { Mailbox } from '../../directory/mailbox.js';
import { element, escapeText } from '../escape.js';
import { attachmentId, itemChangeKey, itemId } from '../item-id.js';
import { formatDateTime } from '../xml-values.js';

/** `<t:AttachmentId …>` with the item that it hangs on. */
export function attachmentIdXml(mailbox: Mailbox, item: CalendarItem, attachment: Attachment): string {
  return (
    `<t:AttachmentId RootItemId="${itemId(mailbox, item.number)}" ` +
    `RootItemChangeKey="${itemChangeKey(mailbox, item.change)}" ` +
    `Id="${attachmentId(mailbox, item.number, attachment.number)}"/>`
  );
}

export function attachmentXml(mailbox: Mailbox, item: CalendarItem, attachment: Attachment, isFull: boolean): string {
  const contentId = attachment.contentId === undefined ? '' : element('t:ContentId', attachment.contentId);
  const content = isFull ? `<t:Content>${attachment.content.toString('base64')}</t:Content>` : '';
  return (
    `<t:FileAttachment>${attachmentIdXml(mailbox, item, attachment)}<t:Name>${escapeText(attachment.name)}</t:Name>` +
    `${element('t:ContentType', attachment.contentType)}${contentId}<t:Size>${attachment.content.length}</t:Size>` +
    `<t:LastModifiedTime>${formatDateTime(attachment.modified)}</t:LastModifiedTime>` +
    `<t:IsInline>${attachment.isInline}</t:IsInline>${content}</t:FileAttachment>`
  );
}
