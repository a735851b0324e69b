import { readFileSync } from 'node:fs';
import { CommandError } from '../command-error.js';
import { keepSecret } from '../output/secrets.js';

/**
 * A secret from the environment: the variable's value or, where `NAME_FILE` is set, what stands in that file (without the
 * line break at its end). Whatever the command prints, it does not print this.
 * @throws CommandError `secret_missing`
 */
export function secret(name: string): string {
  const file = process.env[`${name}_FILE`] ?? '';
  const value = file === '' ? (process.env[name] ?? '') : readSecret(name, file);
  if (value === '') {
    const hint = `Set ${name}, or ${name}_FILE to the path of a file that holds it.`;
    throw new CommandError('secret_missing', `the environment has no ${name}`, hint);
  }
  keepSecret(value);
  return value;
}

function readSecret(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (cause) {
    const hint = `Correct ${name}_FILE, or let this account read the file.`;
    throw new CommandError('secret_missing', `${file}, which ${name}_FILE names, cannot be read`, hint, cause);
  }
}
