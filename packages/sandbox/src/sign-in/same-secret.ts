import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares in time that does not depend on where the difference is. */
export function isSameSecret(a: string, b: string): boolean {
  return timingSafeEqual(sha256(a), sha256(b));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
