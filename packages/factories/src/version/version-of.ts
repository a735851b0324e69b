import { createHash } from 'node:crypto';
import { canonicalText } from './canonical-text.js';

const DIGEST_LENGTH = 12; // hexadecimal digits: 48 bits

/**
 * A factory's `version`: its name, and a digest of what it was told. Equal options give the same version in every process,
 * in whatever order they are written; other options give another one, so that a run is not continued with them by mistake
 * (`factory_changed`). Functions cannot be compared: one takes the place of another unnoticed, unless the caller says so.
 * @param name of the factory, with a number that is raised when the same options make something else: `meeting/1`
 */
export function versionOf(name: string, options: unknown): string {
  return `${name}-${createHash('sha256').update(canonicalText(options)).digest('hex').slice(0, DIGEST_LENGTH)}`;
}
