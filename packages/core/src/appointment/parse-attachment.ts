import type { Attachment } from './attachment.js';
import { listOf, recordWith, refuse, textOf, wordsOf } from './read-field.js';

const LONGEST_NAME = 255;
// RFC 2045's type/subtype, with parameters such as charset.
const MEDIA_TYPE = /^[\w.+!#$&^-]+\/[\w.+!#$&^-]+(?:\s*;[\x20-\x7E]*)?$/;
// What may stand in a cid: URL as it is.
const CONTENT_ID = /^[\w.!$&'*+=@~-]{1,200}$/;

/** Reads the attachments. How many bytes they may have is for the transport to say. */
export function attachmentsOf(value: unknown, field: string): readonly Attachment[] {
  const attachments = listOf(value, field, attachmentOf);
  const ids = attachments.flatMap(({ contentId }) => contentId ?? []);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw refuse(field, `has the contentId ${twice} twice`);
  return attachments;
}

function attachmentOf(value: unknown, field: string): Attachment {
  const { name, content, mediaType, contentId } = recordWith(value, field, [
    'name',
    'content',
    'mediaType',
    'contentId',
  ]);
  if (!(content instanceof Uint8Array)) throw refuse(`${field}.content`, 'is not a Uint8Array');
  return Object.freeze({
    name: wordsOf(name, `${field}.name`, LONGEST_NAME),
    mediaType: mediaTypeOf(mediaType, `${field}.mediaType`),
    content: Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('base64'),
    size: content.byteLength,
    ...(contentId !== undefined && { contentId: contentIdOf(contentId, `${field}.contentId`) }),
  });
}

function mediaTypeOf(value: unknown, field: string): string {
  if (value === undefined) return 'application/octet-stream';
  const text = textOf(value, field).trim();
  if (!MEDIA_TYPE.test(text)) throw refuse(field, 'is not a media type such as application/pdf');
  return text;
}

function contentIdOf(value: unknown, field: string): string {
  const id = textOf(value, field);
  if (!CONTENT_ID.test(id)) throw refuse(field, 'is not 1 to 200 letters, digits or . @ - _ and the like');
  return id;
}
