import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const bin = join(root, 'packages/cli/dist/bin.js');
const PREFIX = 'appointed-cli-built-';

/** The command as it is published, built once for all workers of a test run: the first builds, the others wait. */
export async function builtCommand(): Promise<string> {
  const mark = join(tmpdir(), `${PREFIX}${process.ppid}`);
  const done = join(mark, 'done');
  if (isFirst(mark)) {
    for (const old of readdirSync(tmpdir())) {
      if (old.startsWith(PREFIX) && !isAlive(Number(old.slice(PREFIX.length))))
        rmSync(join(tmpdir(), old), { recursive: true, force: true });
    }
    build();
    writeFileSync(done, '');
  }
  while (!existsSync(done)) await delay(50);
  return bin;
}

function isFirst(mark: string): boolean {
  try {
    mkdirSync(mark);
    return true;
  } catch {
    return false;
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

/** Types are checked elsewhere: what can be emitted is what is tested. */
function build(): void {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  try {
    execFileSync(process.execPath, [tsc, '-b', 'packages/cli'], { cwd: root, stdio: 'pipe' });
  } catch (error) {
    if (!existsSync(bin)) throw error;
  }
}
