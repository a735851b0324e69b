import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { LedgerOwner } from '@appointed/core';
import type { TemporarySchema } from './temporary-schema.js';

/** A process that works with a ledger, and tells by lines what it has done. */
export interface Child {
  readonly process: ChildProcess;
  readonly lines: AsyncIterableIterator<string>;
  /** Ends once the server has noticed it. */
  kill(): Promise<void>;
}

/** Starts one of the programs in this folder, from its source. */
export function startChild(
  program: string,
  { connectionString, schema, ask }: TemporarySchema,
  args: readonly string[],
): Child {
  const file = fileURLToPath(new URL(program, import.meta.url));
  const name = `${program} ${process.hrtime.bigint()}`;
  const url = new URL(connectionString);
  url.searchParams.set('application_name', name);
  const command = ['--conditions=@appointed/source', '--import', 'tsx', file, url.href, schema, ...args];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  return {
    process: child,
    lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](),
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
      while ((await ask('SELECT FROM pg_stat_activity WHERE application_name = $1', name)).length > 0) await sleep(5);
    },
  };
}

/** Lets another process hold a run, and kills it. */
export async function holdAndDie(where: TemporarySchema, runId: string, owner: LedgerOwner): Promise<void> {
  const child = startChild('holding-process.ts', where, [runId, owner.id, owner.name]);
  await child.lines.next();
  await child.kill();
}
