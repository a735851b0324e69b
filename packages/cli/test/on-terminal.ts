import { spawn } from '@lydell/node-pty';
import { builtCommand } from './built-command.js';
import type { Workplace } from './workplace.js';

/** What is typed, as it is told what the terminal shows. */
export type Typing = (shown: () => string, write: (keys: string) => void) => Promise<void>;

/** Calls the command, as it is published, on a terminal of 60 columns. */
export async function onTerminal(
  place: Workplace,
  args: readonly string[],
  { env = {}, type }: { readonly env?: NodeJS.ProcessEnv; readonly type?: Typing } = {},
): Promise<{ readonly code: number; readonly shown: string }> {
  const bin = await builtCommand();
  const terminal = spawn(process.execPath, [bin, ...args], {
    cols: 60,
    rows: 30,
    cwd: place.directory,
    env: { ...place.env, TERM: 'xterm-256color', ...env } as Record<string, string>,
  });
  let shown = '';
  terminal.onData((data) => (shown += data));
  const ended = new Promise<number>((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
  await type?.(
    () => shown,
    (keys) => terminal.write(keys),
  );
  return { code: await ended, shown };
}
