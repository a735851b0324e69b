import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';

const GUARDIAN = fileURLToPath(new URL('guardian.mjs', import.meta.url));

/**
 * Ends a server and removes its folder once this process is gone: a test run that is interrupted or killed leaves nothing
 * behind.
 * @returns ends the guard
 */
export function guard(folder: string): () => void {
  const guardian = spawn(process.execPath, [GUARDIAN, folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  guardian.unref();
  // Its other end closes with this process, however that ends.
  (guardian.stdin as Socket).unref();
  return () => guardian.kill();
}
