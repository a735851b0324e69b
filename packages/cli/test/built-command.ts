import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../bundle.mjs', import.meta.url));
/** Within the package: what stays outside of the bundle is found from there. */
const parent = fileURLToPath(new URL('dist', import.meta.url));

/**
 * The command as it is published. Bundled from source once for all workers of a test run: the first one does it, the others
 * wait.
 */
export async function builtCommand(): Promise<string> {
  const folder = join(parent, `${process.ppid}`);
  const done = join(folder, 'done');
  if (isFirst(folder)) {
    removeOld();
    execFileSync(process.execPath, [script, folder]);
    writeFileSync(done, '');
  }
  while (!existsSync(done)) await delay(50);
  return join(folder, 'appointed.js');
}

function isFirst(folder: string): boolean {
  mkdirSync(parent, { recursive: true });
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

/** What earlier test runs have left. */
function removeOld(): void {
  for (const name of readdirSync(parent).filter((one) => !isAlive(Number(one)))) {
    rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
