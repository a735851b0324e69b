// Waits until whoever has started it is gone; then ends the PostgreSQL server of a folder, and removes the folder.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const [folder = ''] = process.argv.slice(2);
process.stdin.resume().on('end', async () => {
  const pid = serverOf(folder);
  if (pid !== undefined) process.kill(pid, 'SIGINT');
  // The server removes the file when it has ended.
  for (let tries = 0; tries < 200 && serverOf(folder) !== undefined; tries += 1) await sleep(50);
  rmSync(folder, { recursive: true, force: true });
});

/** @param {string} folder */
function serverOf(folder) {
  try {
    return Number.parseInt(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8'), 10);
  } catch {
    return undefined;
  }
}
