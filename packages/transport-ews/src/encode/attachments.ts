import type { Attachment } from '@appointed/core';
import { element, NOTHING, textElement, type Xml } from './element.js';

/** Element Attachments, of files with all that is in them: one request saves an item with its attachments. */
export function attachmentsElement(name: string, attachments: readonly Attachment[]): Xml {
  return attachments.length === 0 ? NOTHING : element(name, {}, ...attachments.map(fileAttachment));
}

function fileAttachment({ name, mediaType, contentId, content }: Attachment): Xml {
  return element(
    't:FileAttachment',
    {},
    textElement('t:Name', name),
    textElement('t:ContentType', mediaType),
    contentId === undefined ? NOTHING : textElement('t:ContentId', contentId),
    textElement('t:IsInline', String(contentId !== undefined)),
    textElement('t:Content', content),
  );
}

/** Operation GetAttachment: files with all that is in them. */
export function getAttachments(attachmentIds: readonly string[]): Xml {
  const ids = attachmentIds.map((Id) => element('t:AttachmentId', { Id }));
  return element('m:GetAttachment', {}, element('m:AttachmentIds', {}, ...ids));
}
