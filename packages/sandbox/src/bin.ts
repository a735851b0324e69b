#!/usr/bin/env node
import { Command, InvalidArgumentError } from 'commander';
import { readFaultFile } from './faults/fault-file.js';
import { startSandbox } from './index.js';
import { readSeed } from './seed.js';

interface Flags {
  port: number;
  host: string;
  seed?: string;
  faults?: string;
  randomSeed?: number;
  deliveryDelay?: number;
}

function readPort(text: string): number {
  return readNumber(text, 65_535, 'give a number from 0 (any free port) to 65535.');
}

function readRandomSeed(text: string): number {
  return readNumber(text, 2_147_483_647, 'give a whole number from 0 to 2147483647.');
}

function readDelay(text: string): number {
  return readNumber(text, 3_600_000, 'give milliseconds, from 0 to 3600000.');
}

function readNumber(text: string, most: number, advice: string): number {
  if (!/^\d+$/.test(text) || Number(text) > most) throw new InvalidArgumentError(advice);
  return Number(text);
}

const program = new Command('appointed-sandbox')
  .description('A local Exchange to develop and test against.')
  .option('--port <number>', 'port to listen on; 0 takes a free one', readPort, 0)
  .option('--host <address>', 'address to listen on; anything but loopback lets others in', '127.0.0.1')
  .option('--seed <file>', 'JSON with mailboxes and serviceAccounts')
  .option('--faults <file>', 'JSON list of what goes wrong, and when')
  .option('--random-seed <number>', 'repeats the chance of an earlier run', readRandomSeed)
  .option('--delivery-delay <ms>', 'how long mail about meetings takes, and a room to decide', readDelay)
  .action(async (flags: Flags) => {
    const seed = flags.seed === undefined ? {} : readSeed(flags.seed);
    const faults = flags.faults === undefined ? [] : readFaultFile(flags.faults);
    const chance = flags.randomSeed === undefined ? {} : { randomSeed: flags.randomSeed };
    const delay = flags.deliveryDelay === undefined ? {} : { deliveryDelayMs: flags.deliveryDelay };
    const sandbox = await startSandbox({ ...seed, ...chance, ...delay, faults, port: flags.port, host: flags.host });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close());
    const { ewsUrl, url, randomSeed } = sandbox;
    const more = `page at ${url}/, control API at ${url}/control, random seed ${randomSeed}`;
    process.stdout.write(`Exchange sandbox listening, EWS at ${ewsUrl} (${more})\n`);
  });

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`appointed-sandbox: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
