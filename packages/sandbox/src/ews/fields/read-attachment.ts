import type { Attachment } from '../../calendar/item.js';
import { ItemError } from '../fault.js';
import type { XmlElement } from '../xml-element.js';
import { parseBoolean } from '../xml-values.js';

/** A FileAttachment as it comes in a request. Items as attachments are not kept. @throws ItemError */
export function readAttachment(attachment: XmlElement, number: number, now: number): Attachment {
  if (attachment.name !== 't:FileAttachment') {
    const text = `The sandbox keeps file attachments; ${attachment.localName} cannot be attached.`;
    throw new ItemError('ErrorInvalidItemForOperationCreateItemAttachment', text);
  }
  return {
    number,
    name: attachment.child('t:Name')?.text ?? '',
    contentType: attachment.value('t:ContentType') ?? 'application/octet-stream',
    contentId: attachment.value('t:ContentId'),
    isInline: parseBoolean(attachment.value('t:IsInline') ?? 'false'),
    content: Buffer.from(attachment.value('t:Content') ?? '', 'base64'),
    modified: now,
  };
}
