#!/usr/bin/env node
import { EXIT } from './exit-code.js';
import { runProgram } from './run-program.js';

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

await runProgram(process.argv.slice(2));
