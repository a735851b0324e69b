import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { WorkerOrder } from './work.js';

const BIN = fileURLToPath(new URL('../../../packages/cluster/src/bin.ts', import.meta.url));
const OPTIONS = fileURLToPath(new URL('./work.ts', import.meta.url));

interface Member {
  readonly process: ChildProcess;
  readonly gone: Promise<unknown>;
  readonly ready: Promise<unknown>;
}

/** Worker processes. */
export class Crew {
  readonly #order: WorkerOrder;
  readonly #members: Member[] = [];
  /** Exit codes and signals of those who ended by themselves, or were asked to. */
  readonly ends: unknown[] = [];

  constructor(order: WorkerOrder) {
    this.#order = order;
  }

  async hire(count: number): Promise<void> {
    const hired = Array.from({ length: count }, () => this.#start());
    await Promise.all(hired.map(({ ready }) => ready));
  }

  /** Kills one of them, and starts another one. */
  async replace(index: number): Promise<void> {
    const [member] = this.#members.splice(index % this.#members.length, 1);
    member?.process.kill('SIGKILL');
    await member?.gone;
    this.#start();
  }

  /** Asks each to end, one after the other, when its successor is ready. */
  async renew(): Promise<void> {
    for (const member of this.#members.slice()) {
      await this.#start().ready;
      this.#members.splice(this.#members.indexOf(member), 1);
      member.process.kill('SIGTERM');
      this.ends.push(await member.gone);
    }
  }

  async dismiss(): Promise<void> {
    for (const { process } of this.#members) process.kill('SIGTERM');
    for (const { gone } of this.#members.splice(0)) this.ends.push(await gone);
  }

  /** Their process ids. */
  get pids(): readonly number[] {
    return this.#members.flatMap(({ process: { pid } }) => pid ?? []);
  }

  #start(): Member {
    const child = spawn(process.execPath, ['--conditions=@appointed/source', '--import', 'tsx', BIN, OPTIONS], {
      env: { ...process.env, TRIAL: JSON.stringify(this.#order) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout });
    const ready = new Promise<void>((resolve) => {
      lines.on('line', (line) => {
        if (line.includes('"event":"ready"')) resolve();
      });
    });
    const member = { process: child, gone: once(child, 'exit').then(([code]) => code as unknown), ready };
    this.#members.push(member);
    return member;
  }
}
