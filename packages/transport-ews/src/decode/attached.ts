import type { Attachment } from '@appointed/core';
import { child, type XmlElement } from './xml-tree.js';

/** What is attached to an item: files by their id; anything else, such as another item, as far as it can be told. */
export interface Attached {
  readonly id: string;
  readonly isFile: boolean;
  readonly element: XmlElement;
}

/** What an item has in its element Attachments, or a response message of GetAttachment in its own. */
export function attachedTo(parent: XmlElement): readonly Attached[] {
  return (child(parent, 'Attachments')?.children ?? []).map((element) => ({
    id: child(element, 'AttachmentId')?.attributes['Id'] ?? '',
    isFile: element.name === 'FileAttachment',
    element,
  }));
}

/** An attachment in our words; of what is no file, or was not asked for its content, that is empty. */
export function attachmentOf({ element }: Attached): Attachment {
  const contentId = textIn(element, 'ContentId');
  const isInline = contentId !== '' && textIn(element, 'IsInline') === 'true';
  const content = textIn(element, 'Content').replaceAll(/\s+/g, '');
  return {
    name: child(element, 'Name')?.text ?? '',
    mediaType: textIn(element, 'ContentType'),
    content,
    size: Buffer.byteLength(content, 'base64'),
    ...(isInline && { contentId }),
  };
}

function textIn(element: XmlElement, name: string): string {
  return child(element, name)?.text.trim() ?? '';
}
