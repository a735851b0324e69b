import { readFileSync } from 'node:fs';
import { AppointedError } from '@appointed/core';
import { parse } from 'yaml';
import { isPlainObject } from '../content/plain-object.js';

/** Where the template is, in YAML 1.2 or JSON: in a file, which is read once, or in a string. */
export type TemplateSource =
  | { readonly file: string | URL; readonly text?: never }
  | { readonly text: string; readonly file?: never };

/** The template as data. Files to attach are written as `!!binary` in Base64. @throws AppointedError `invalid_options` */
export function readTemplate({ file, text }: TemplateSource): Readonly<Record<string, unknown>> {
  if ((file === undefined) === (text === undefined)) throw invalidTemplate('file', 'or text: give one of them');
  const template = parseTemplate(text ?? read(file ?? ''));
  if (!isPlainObject(template)) throw invalidTemplate('text', 'is not an appointment: members with values');
  return template;
}

function read(file: string | URL): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw invalidTemplate('file', `cannot be read: ${String(file)}`, cause);
  }
}

function parseTemplate(text: string): unknown {
  try {
    return parse(text.replace(/^\uFEFF/, ''), { customTags: ['binary'], stringKeys: true, logLevel: 'error' });
  } catch (cause) {
    throw invalidTemplate('text', `is neither YAML nor JSON: ${cause instanceof Error ? cause.message : ''}`, cause);
  }
}

function invalidTemplate(field: string, complaint: string, cause?: unknown): AppointedError {
  return new AppointedError('invalid_options', `${field}: ${complaint}`, {
    field,
    hint: 'In YAML a text that begins with {{ needs quotes.',
    cause,
  });
}
