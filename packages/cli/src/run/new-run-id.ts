import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';

/** An id that nobody has used: what is placed, on which day, and some chance. */
export function newRunId(factories: readonly string[]): string {
  const name = factories
    .map((factory) => basename(factory).replace(/\.[cm]?[jt]s$/, ''))
    .join('-')
    .replaceAll(/[^\w-]/g, '-')
    .slice(0, 60);
  const day = new Date().toISOString().slice(0, 10);
  return `${name}-${day}-${randomBytes(4).toString('hex')}`;
}
