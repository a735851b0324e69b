import type { Attachment, CalendarItem } from '../../calendar/item.js';
import type { Mailbox } from '../../directory/mailbox.js';
import { fileId } from '../event-id.js';
import { timestamp } from '../times.js';

/** A file as Graph writes it. @param isFull with its content */
export function attachmentJson(
  mailbox: Mailbox,
  item: CalendarItem,
  attachment: Attachment,
  isFull: boolean,
): Record<string, unknown> {
  const { number, name, contentType, contentId, isInline, content, modified } = attachment;
  return {
    '@odata.type': '#microsoft.graph.fileAttachment',
    '@odata.mediaContentType': contentType,
    id: fileId(mailbox, item, number),
    lastModifiedDateTime: timestamp(modified),
    name,
    contentType,
    size: content.length,
    isInline,
    contentId: contentId ?? null,
    contentLocation: null,
    ...(isFull ? { contentBytes: content.toString('base64') } : {}),
  };
}
