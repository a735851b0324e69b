import { CommandError } from '../command-error.js';

/**
 * What is no secret and yet differs from machine to machine: a variable of the environment.
 * @throws CommandError `config_missing`
 */
export function setting(name: string, fallback?: string): string {
  const value = process.env[name] ?? fallback ?? '';
  if (value !== '') return value;
  throw new CommandError('config_missing', `the environment has no ${name}`, `Set ${name}.`);
}
