/** What runs over long lists hold in memory: mailboxes from a generator, each with an appointment of its own. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cannedServer } from '../placing/measure.js';

/** What one run held, as its process saw it. */
export interface Held {
  readonly seconds: number;
  /** The JavaScript heap after a garbage collection, when the last appointment was saved and the run not yet over. */
  readonly heapBytes: number;
  /** Flat tables outside it, at the same time. */
  readonly buffersBytes: number;
  /** The most that the whole process had in the machine's memory. */
  readonly peakBytes: number;
}

/** A run over so many mailboxes. */
export interface MemoryResult extends Held {
  readonly mailboxes: number;
  readonly ledger: string;
}

/** @param counts of mailboxes */
export async function measureMemory(counts: readonly number[]): Promise<readonly MemoryResult[]> {
  const { port, stop } = await cannedServer(0);
  const results: MemoryResult[] = [];
  for (const ledger of ['none', 'memory', 'sqlite']) {
    for (const mailboxes of counts) {
      process.stderr.write(`memory: ${mailboxes} mailboxes, ledger ${ledger}\n`);
      const args = ['--expose-gc', '--import', 'tsx', RUN, ledger, String(mailboxes), String(port)];
      const { stdout } = await promisify(execFile)(process.execPath, args);
      results.push({ mailboxes, ledger, ...(JSON.parse(stdout) as Held) });
    }
  }
  await stop();
  return results;
}

const RUN = fileURLToPath(new URL('run.ts', import.meta.url));

/** For people. */
export function memoryTable(results: readonly MemoryResult[]): readonly Readonly<Record<string, unknown>>[] {
  return results.map(({ mailboxes, ledger, seconds, heapBytes, buffersBytes, peakBytes }) => ({
    mailboxes: mailboxes.toLocaleString('en'),
    ledger,
    'time, s': seconds.toFixed(1),
    'heap, MB': megabytes(heapBytes),
    'tables, MB': megabytes(buffersBytes),
    'process at most, MB': megabytes(peakBytes),
  }));
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
