#!/usr/bin/env node
import { Command, InvalidArgumentError } from 'commander';
import { startSandbox } from './index.js';
import { readSeed } from './seed.js';

interface Flags {
  port: number;
  host: string;
  seed?: string;
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError('give a number from 0 (any free port) to 65535.');
  }
  return port;
}

const program = new Command('appointed-sandbox')
  .description('A local Exchange to develop and test against.')
  .option('--port <number>', 'port to listen on; 0 takes a free one', readPort, 0)
  .option('--host <address>', 'address to listen on; anything but loopback lets others in', '127.0.0.1')
  .option('--seed <file>', 'JSON with mailboxes and serviceAccounts')
  .action(async (flags: Flags) => {
    const seed = flags.seed === undefined ? {} : readSeed(flags.seed);
    const sandbox = await startSandbox({ ...seed, port: flags.port, host: flags.host });
    process.stdout.write(`Exchange sandbox listening, EWS at ${sandbox.ewsUrl}\n`);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close());
  });

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`appointed-sandbox: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
