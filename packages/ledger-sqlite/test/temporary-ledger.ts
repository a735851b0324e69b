import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory of its own for one test. */
export function temporaryDirectory(parent = tmpdir()): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(parent, 'appointed-ledger-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
