import { hash } from 'node:crypto';

/** A text as a key of a KeyTable. */
export function digestKey(text: string): string {
  return hash('sha256', text);
}
