import type { Attachment } from '../calendar/item.js';
import type { GraphCall } from './call.js';
import { GraphError, invalidValues } from './graph-error.js';
import type { Body } from './schema/read-body.js';

/** What goes in one request; larger files need an upload session, which the sandbox has not. */
const LARGEST_FILE = 3 * 1024 * 1024;

/** A fileAttachment as the store keeps it. @throws GraphError */
export function fileOf({ name, contentType, contentBytes, isInline, contentId }: Body, call: GraphCall): Attachment {
  if (typeof name !== 'string' || name === '' || typeof contentBytes !== 'string') throw invalidValues();
  const content = Buffer.from(contentBytes, 'base64');
  if (content.length > LARGEST_FILE) {
    throw new GraphError(413, 'RequestEntityTooLarge', 'A file of more than 3 MB needs an upload session.');
  }
  return {
    number: call.calendar.nextAttachmentNumber(),
    name,
    contentType: typeof contentType === 'string' ? contentType : 'application/octet-stream',
    contentId: typeof contentId === 'string' ? contentId : undefined,
    isInline: isInline === true,
    content,
    modified: call.now(),
  };
}
