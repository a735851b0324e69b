import type { Attachment } from '@appointed/core';
import type { FileAttachment } from '@microsoft/microsoft-graph-types';

/** The types take the content for a number; Edm.Binary is Base64 in JSON. */
type TypedAttachment = Omit<FileAttachment, 'contentBytes'> & { '@odata.type': string; contentBytes: string };

/** Resource fileAttachment. */
export function fileAttachment({ name, mediaType, content, contentId }: Attachment): TypedAttachment {
  return {
    '@odata.type': '#microsoft.graph.fileAttachment',
    name,
    contentType: mediaType,
    contentBytes: content,
    isInline: contentId !== undefined,
    ...(contentId === undefined ? {} : { contentId }),
  };
}
