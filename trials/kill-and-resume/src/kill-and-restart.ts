import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Starts a worker, kills it at a moment that the seed decides, and starts it again until it ends. @returns its deaths */
export async function killAndRestart(args: readonly string[], seed: string, mostKills: number): Promise<number> {
  for (let kills = 0; ; kills += 1) {
    const worker = startWorker(args);
    const ended = once(worker, 'exit');
    // From before its first request to far into the run.
    const moment = kills < mostKills ? 400 + random(`${seed}/${kills}`) * 1600 : undefined;
    const timer = moment === undefined ? undefined : setTimeout(() => worker.kill('SIGKILL'), moment);
    const [code] = await ended;
    clearTimeout(timer);
    if (code === 0) return kills;
    if (code !== null) throw new Error(`the worker failed with exit code ${code}`);
  }
}

function startWorker(args: readonly string[]): ChildProcess {
  const program = fileURLToPath(new URL('./work.ts', import.meta.url));
  return spawn(process.execPath, ['--conditions=@appointed/source', '--import', 'tsx', program, ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

/** A number from 0 to 1 that is the same for the same seed. */
function random(seed: string): number {
  return createHash('sha256').update(seed).digest().readUInt32BE() / 2 ** 32;
}
