import type { AttachmentInput } from '@appointed/core';
import type ICAL from 'ical.js';
import type { Lose } from './ics-loss.js';
import { parameterOf } from './read-property.js';

const NAMES = ['filename', 'x-filename', 'x-apple-filename', 'x-label'];
const DATA_URI = /^data:([^,]*?)(;base64)?,(.*)$/is;

/** Reads the properties ATTACH: files that are in the file itself. Links to others are lost. */
export function attachmentsOf(event: ICAL.Component, lose: Lose): readonly AttachmentInput[] {
  return event.getAllProperties('attach').flatMap((property, n) => {
    const content = contentOf(property);
    if (content === undefined) {
      lose('ATTACH', `a link, not a file: ${String(property.getFirstValue()).slice(0, 200)}`);
      return [];
    }
    const name = NAMES.map((parameter) => parameterOf(property, parameter)).find((found) => found !== undefined);
    const mediaType = parameterOf(property, 'fmttype') ?? content.mediaType;
    return {
      name: name ?? `attachment-${n + 1}`,
      content: content.bytes,
      ...(mediaType !== undefined && { mediaType }),
    };
  });
}

interface FileContent {
  readonly bytes: Uint8Array;
  readonly mediaType?: string;
}

function contentOf(property: ICAL.Property): FileContent | undefined {
  const value: unknown = property.getFirstValue();
  const isBase64 = property.type === 'binary' || parameterOf(property, 'encoding')?.toUpperCase() === 'BASE64';
  if (isBase64) {
    const text = typeof value === 'string' ? value : (value as ICAL.Binary).value;
    return { bytes: bytesOf(text, 'base64') };
  }
  const [, mediaType = '', base64, data] = DATA_URI.exec(String(value)) ?? [];
  if (data === undefined) return undefined;
  const bytes = base64 === undefined ? bytesOf(decodeURIComponent(data), 'utf8') : bytesOf(data, 'base64');
  return { bytes, ...(mediaType !== '' && { mediaType }) };
}

function bytesOf(text: string, encoding: 'base64' | 'utf8'): Uint8Array {
  return Uint8Array.from(Buffer.from(text, encoding));
}
