/** One run, in a process of its own (with --expose-gc). Arguments: ledger, how many mailboxes, the server's port. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRunner, memoryLedger, type RunLedger } from '@appointed/core';
import { sqliteLedger } from '@appointed/ledger-sqlite';
import { basic, ews } from '@appointed/transport-ews';
import { factory, mailboxes } from '../placing/appointed.js';
import type { Held } from './measure.js';

const [name, count, port] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'bench-memory-'));
const LEDGERS: Readonly<Record<string, () => RunLedger | undefined>> = {
  none: () => undefined,
  memory: () => memoryLedger(),
  sqlite: () => sqliteLedger({ path: join(folder, 'ledger.sqlite') }),
};
const ledger = LEDGERS[name ?? '']?.();
const runner = await createRunner({
  transport: ews({
    url: `http://127.0.0.1:${port}/EWS/Exchange.asmx`,
    credentials: basic({ user: 'svc', password: 'secret' }),
  }),
  maxInFlight: 32,
  ...(ledger === undefined ? {} : { ledger }),
});
let held: Pick<Held, 'heapBytes' | 'buffersBytes'> = { heapBytes: 0, buffersBytes: 0 };
// Told before the run lets go of anything.
runner.on('runEnded', () => {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  held = { heapBytes: heapUsed, buffersBytes: arrayBuffers };
});
const began = performance.now();
const { counts } = await runner.run({ mailboxes: mailboxes(Number(count)), factory: factory(true) });
if (counts.done !== Number(count)) throw new Error('some were not saved');
const seconds = (performance.now() - began) / 1000;
console.log(JSON.stringify({ seconds, ...held, peakBytes: process.resourceUsage().maxRSS * 1024 } satisfies Held));
await runner.close();
await ledger?.close();
rmSync(folder, { recursive: true });
