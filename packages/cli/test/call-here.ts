import { Readable } from 'node:stream';
import { runProgram } from '../src/run-program.js';
import type { Ended } from './workplace.js';

/** How the command is called. */
export interface CallHere {
  readonly args: readonly string[];
  readonly directory: string;
  readonly env: NodeJS.ProcessEnv;
  /** What it reads from the standard input. */
  readonly input: string | Uint8Array;
  /** How wide the terminal is, where there is one. */
  readonly columns?: number | undefined;
}

/**
 * Calls the command within this process, with all that a process has of its own put in its place meanwhile: starting one
 * takes longer than most commands.
 */
export async function callHere({ args, directory, env, input, columns }: CallHere): Promise<Ended> {
  const { argv, env: ownEnv, exitCode, stdin, stdout, stderr } = process;
  const write = { stdout: stdout.write, stderr: stderr.write };
  const ownDirectory = process.cwd();
  const told = { stdout: '', stderr: '' };
  process.chdir(directory);
  process.argv = [...argv.slice(0, 2), ...args];
  process.env = env;
  process.exitCode = 0;
  Object.assign(stdout, { columns });
  Object.defineProperty(process, 'stdin', { value: Readable.from([Buffer.from(input)]), configurable: true });
  for (const name of ['stdout', 'stderr'] as const) {
    process[name].write = (text: string | Uint8Array) => {
      told[name] += String(text);
      return true;
    };
  }
  try {
    await runProgram(args);
    return { ...told, code: Number(process.exitCode) };
  } finally {
    Object.assign(process, { argv, env: ownEnv, exitCode });
    Object.defineProperty(process, 'stdin', { value: stdin, configurable: true });
    Object.assign(stdout, { columns: undefined });
    stdout.write = write.stdout;
    stderr.write = write.stderr;
    process.chdir(ownDirectory);
  }
}
