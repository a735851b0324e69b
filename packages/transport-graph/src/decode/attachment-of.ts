import type { Attachment } from '@appointed/core';
import type { FileAttachment, Attachment as GraphAttachment } from '@microsoft/microsoft-graph-types';

/** A file that is attached; of what is no file, its name without a content. */
export function attachmentOf(attachment: GraphAttachment): Attachment {
  const { name, contentType, isInline, contentId, contentBytes } = attachment as FileAttachment;
  // The types take it for a number; Edm.Binary is Base64 in JSON.
  const content = (contentBytes as unknown as string | undefined) ?? '';
  return {
    name: name ?? '',
    mediaType: contentType ?? '',
    content,
    size: Buffer.byteLength(content, 'base64'),
    ...(isInline === true && contentId ? { contentId } : {}),
  };
}
