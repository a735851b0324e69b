#!/usr/bin/env node
// A worker as a process: `appointed-worker appointed.worker.js`. The module's default export are the options of a worker,
// or a function that makes them. SIGTERM and SIGINT drain it.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AppointedError } from '@appointed/core';
import { type ClusterWorkerOptions, startWorker, type WorkerRecord } from './index.js';

const [path] = process.argv.slice(2);
try {
  if (path === undefined) throw usage();
  const { default: given } = (await import(pathToFileURL(resolve(path)).href)) as {
    readonly default: ClusterWorkerOptions | (() => ClusterWorkerOptions | Promise<ClusterWorkerOptions>);
  };
  const options = typeof given === 'function' ? await given() : given;
  const worker = await startWorker({ log: write, ...options });
  const end = async (): Promise<void> => {
    await worker.close();
    await options.ledger.close();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void end());
} catch (error) {
  const { code, message, hint } = AppointedError.is(error)
    ? error
    : { code: 'worker_failed', message: String(error), hint: undefined };
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), event: 'failed', code, message, hint })}\n`);
  process.exitCode = 1;
}

function write(record: WorkerRecord): void {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), ...record })}\n`);
}

function usage(): AppointedError {
  return new AppointedError('invalid_options', 'no module with the options of the worker was named', {
    hint: 'appointed-worker appointed.worker.js',
  });
}
