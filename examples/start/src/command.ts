import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./src/bin.ts', import.meta.resolve('@appointed/cli/package.json')));
const folder = fileURLToPath(new URL('..', import.meta.url));

/** Starts the `appointed` command, from its source, in the folder of this example. @param shows its output, where it does not go to the terminal */
export function startCommand(
  args: readonly string[],
  { env = {}, shows = 'inherit' }: { readonly env?: NodeJS.ProcessEnv; readonly shows?: 'inherit' | 'pipe' } = {},
): ChildProcess {
  const node = ['--conditions=@appointed/source', '--import', 'tsx', program];
  return spawn(process.execPath, [...node, ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['inherit', shows, 'inherit'],
  });
}
