import { createHash } from 'node:crypto';

/** A text as a key of a KeyTable. */
export function digestKey(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
