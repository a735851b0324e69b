import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { LedgerOwner } from '@appointed/core';

/** A process that works with a ledger, and tells by lines what it has done. */
export interface Child {
  readonly process: ChildProcess;
  readonly lines: AsyncIterableIterator<string>;
  kill(): Promise<void>;
}

/** What runs one of the programs in this folder, from its source. */
export function childCommand(program: string, args: readonly string[]): readonly [file: string, ...args: string[]] {
  const file = fileURLToPath(new URL(program, import.meta.url));
  return [process.execPath, '--conditions=@appointed/source', '--import', 'tsx', file, ...args];
}

interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/** Starts one of the programs in this folder, perhaps for another account. */
export function startChild(program: string, args: readonly string[], account: Account = {}): Child {
  const [file, ...rest] = childCommand(program, args);
  const child = spawn(file, rest, { stdio: ['ignore', 'pipe', 'inherit'], ...account });
  const gone = once(child, 'exit');
  return {
    process: child,
    lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](),
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Lets another process hold a run, and kills it. */
export async function holdAndDie(path: string, runId: string, owner: LedgerOwner, now: number): Promise<void> {
  const child = startChild('holding-process.ts', [path, runId, owner.id, owner.name, String(now)]);
  await child.lines.next();
  await child.kill();
}
