#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import { EXIT } from './exit-code.js';
import { makeProgram } from './program.js';

let isLost = false;

// Nobody reads on (`| head`): that is no error. What works through a run ends it gently and says so.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE' || isLost) return;
  isLost = true;
  process.stderr.write(`appointed: [file_failed] the standard output cannot be written: ${error.message}\n`);
});
process.on('exit', () => {
  if (isLost && process.exitCode === EXIT.done) process.exitCode = EXIT.stopped;
});

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const program = makeProgram(version);
for (const command of [program, ...program.commands]) command.exitOverride();
try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
}
