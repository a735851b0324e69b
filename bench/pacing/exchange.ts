/** A local Exchange, the built command, in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** So many are there for a run; none gets two appointments. */
export const MAILBOXES = 40_000;

export const address = (index: number): string => `user${index}@contoso.com`;

const bin = fileURLToPath(new URL('../../packages/sandbox/dist/appointed-sandbox.js', import.meta.url));

export class Exchange {
  readonly url: string;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, url: string) {
    this.#process = process;
    this.url = url;
  }

  static async start(): Promise<Exchange> {
    const folder = mkdtempSync(join(tmpdir(), 'bench-pacing-'));
    const seed = join(folder, 'seed.json');
    const mailboxes = Array.from({ length: MAILBOXES }, (_, index) => ({ address: address(index) }));
    const serviceAccounts = [{ user: 'svc', password: 'secret', impersonates: ['*'] }];
    writeFileSync(seed, JSON.stringify({ mailboxes, serviceAccounts }));
    const server = spawn(process.execPath, [bin, '--seed', seed], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const url = await new Promise<string>((resolve, reject) => {
        server.once('error', reject);
        server.once('exit', (code) => reject(new Error(`the server ended with code ${code}`)));
        server.stdout.once('data', (said: Buffer) => {
          const [found] = /http:\S+\/EWS\S*/.exec(said.toString()) ?? [];
          if (found === undefined) reject(new Error(`the server said ${said.toString()}`));
          else resolve(found);
        });
      });
      return new Exchange(server, url);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  /** From now on an answer takes so long, and more requests at once than the limit are refused. */
  async limit(limit: number, latencyMs: number): Promise<void> {
    const faults = [
      { fault: 'concurrency', limit },
      { fault: 'latency', ms: latencyMs },
    ];
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(new URL('/control/faults', this.url), {
      method: 'PUT',
      headers,
      body: JSON.stringify(faults),
    });
    if (!response.ok) throw new Error(await response.text());
  }

  async stop(): Promise<void> {
    this.#process.removeAllListeners('exit');
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGTERM');
    await ended;
  }
}
