import { shellLine } from './shell-line.js';

/** The command as it was called: the verbs other than `place` are continued by calling them again. */
export async function sameCommand(): Promise<string> {
  return shellLine(['appointed', ...process.argv.slice(2)]);
}
