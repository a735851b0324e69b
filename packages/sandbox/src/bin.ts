#!/usr/bin/env node
import { Command, InvalidArgumentError } from 'commander';
import { readFaultFile } from './faults/fault-file.js';
import { type ExtendedProtection, type SandboxOptions, type SignInScheme, startSandbox } from './index.js';
import { readTlsFiles } from './tls-files.js';
import { readSeed } from './seed.js';

interface Flags {
  port: number;
  host: string;
  seed?: string;
  faults?: string;
  randomSeed?: number;
  deliveryDelay?: number;
  signIn?: SignInScheme[];
  extendedProtection?: ExtendedProtection;
  tlsCert?: string;
  tlsKey?: string;
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

/** Names are checked where the sandbox starts. */
function readList(text: string): SignInScheme[] {
  return text.split(',').map((name) => name.trim().toLowerCase() as SignInScheme);
}

function securityOf({ signIn, extendedProtection, tlsCert, tlsKey }: Flags): SandboxOptions {
  return {
    ...(signIn === undefined ? {} : { signIn }),
    ...(extendedProtection === undefined ? {} : { extendedProtection }),
    ...(tlsCert === undefined && tlsKey === undefined ? {} : { tls: readTlsFiles(tlsCert, tlsKey) }),
  };
}

const program = new Command('appointed-sandbox')
  .description('A local Exchange to develop and test against.')
  .option('--port <number>', 'port to listen on; 0 takes a free one', readPort, 0)
  .option('--host <address>', 'address to listen on; anything but loopback lets others in', '127.0.0.1')
  .option('--seed <file>', 'JSON with mailboxes and serviceAccounts')
  .option('--faults <file>', 'JSON list of what goes wrong, and when')
  .option('--random-seed <number>', 'repeats the chance of an earlier run', readRandomSeed)
  .option('--delivery-delay <ms>', 'how long mail about meetings takes, and a room to decide', readDelay)
  .option('--sign-in <list>', 'of negotiate, ntlm, basic and bearer, with commas between', readList)
  .option('--extended-protection <level>', 'none, allow or require; for NTLM')
  .option('--tls-cert <file>', 'serves HTTPS with this certificate (PEM)')
  .option('--tls-key <file>', 'the key of the certificate (PEM)')
  .action(async (flags: Flags) => {
    const seed = flags.seed === undefined ? {} : readSeed(flags.seed);
    const faults = flags.faults === undefined ? [] : readFaultFile(flags.faults);
    const chance = flags.randomSeed === undefined ? {} : { randomSeed: flags.randomSeed };
    const delay = flags.deliveryDelay === undefined ? {} : { deliveryDelayMs: flags.deliveryDelay };
    const { port, host } = flags;
    const sandbox = await startSandbox({ ...seed, ...chance, ...delay, ...securityOf(flags), faults, port, host });
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
