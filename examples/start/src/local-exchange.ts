import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A local Exchange in a process of its own, on a free port of this machine. */
export interface LocalExchange extends AsyncDisposable {
  readonly ewsUrl: string;
}

export async function startLocalExchange(seedFile: URL): Promise<LocalExchange> {
  const program = fileURLToPath(new URL('./src/bin.ts', import.meta.resolve('@appointed/sandbox/package.json')));
  const args = [
    '--conditions=@appointed/source',
    '--import',
    'tsx',
    program,
    '--port',
    '0',
    '--seed',
    fileURLToPath(seedFile),
  ];
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(server, 'exit');
  const [line] = await Promise.race([once(createInterface(server.stdout), 'line'), ended]);
  const [ewsUrl] = /http\S+/.exec(String(line)) ?? [];
  if (ewsUrl === undefined) throw new Error(`the local Exchange did not start: ${line}`);
  return {
    ewsUrl,
    async [Symbol.asyncDispose]() {
      server.kill();
      await ended;
    },
  };
}
