import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../src/bin.ts', import.meta.url));
const OPTIONS = fileURLToPath(new URL('./lesson-process.ts', import.meta.url));

/** A worker as a process of its own. */
export interface WorkerChild {
  /** What it has told of itself, line by line. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  /** Resolves when it has told an event. */
  told(event: string): Promise<void>;
  /** Sends it a signal. @returns its exit code, when it has ended */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
}

/** Starts `appointed-worker`, from its source. */
export function startChild(environment: Readonly<Record<string, string>>): WorkerChild {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--conditions=@appointed/source', '--import', 'tsx', BIN, OPTIONS],
    { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const lines: Readonly<Record<string, unknown>>[] = [];
  const waiting = new Map<string, () => void>();
  if (child.stdout === null) throw new Error('it has no output');
  createInterface({ input: child.stdout }).on('line', (line) => {
    const record = JSON.parse(line) as Readonly<Record<string, unknown>>;
    lines.push(record);
    waiting.get(String(record['event']))?.();
  });
  const gone = once(child, 'exit');
  return {
    lines,
    told: async (event) => {
      if (lines.some((record) => record['event'] === event)) return;
      await new Promise<void>((resolve) => waiting.set(event, resolve));
    },
    end: async (signal) => {
      child.kill(signal);
      const [code] = (await gone) as readonly unknown[] as readonly [number | null];
      return code;
    },
  };
}
