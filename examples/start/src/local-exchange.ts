import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { startCommand } from './command.js';

/** A local Exchange in a process of its own, on a free port of this machine. */
export interface LocalExchange extends AsyncDisposable {
  readonly ewsUrl: string;
}

export async function startLocalExchange(seedFile: string): Promise<LocalExchange> {
  const server = startCommand(['sandbox', '--seed', seedFile], { shows: 'pipe' });
  const ended = once(server, 'exit');
  const [line] = await Promise.race([once(createInterface(server.stdout ?? Readable.from([])), 'line'), ended]);
  const [ewsUrl] = /http\S+asmx/.exec(String(line)) ?? [];
  if (ewsUrl === undefined) throw new Error(`the local Exchange did not start: ${line}`);
  console.log(line);
  return {
    ewsUrl,
    async [Symbol.asyncDispose]() {
      server.kill();
      await ended;
    },
  };
}
