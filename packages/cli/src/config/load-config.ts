import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CommandError } from '../command-error.js';
import type { AppointedConfig } from './define-config.js';
import { whyNotLoaded } from './why-not-loaded.js';

const NAMES = ['ts', 'mts', 'js', 'mjs'].map((ending) => `appointed.config.${ending}`);
const FIELDS = new Set<string>([
  'transport',
  'plugins',
  'ledger',
  'factories',
  'maxInFlight',
] satisfies (keyof AppointedConfig)[]);

/** Beside a configuration: the ledger, and what was translated. */
export function ownFolder(configFile: string): string {
  return join(dirname(configFile), '.appointed');
}

/** A configuration, and where it was found. */
export interface LoadedConfig {
  readonly config: AppointedConfig;
  readonly file: string;
}

/**
 * Loads the configuration that is named, or the nearest `appointed.config.ts` (or `.mts`, `.js`, `.mjs`) from the current
 * directory upwards.
 * @throws CommandError `config_missing`, `config_invalid`
 */
export async function loadConfig(named: string | undefined): Promise<LoadedConfig> {
  const file = named === undefined ? nearest(process.cwd()) : resolve(named);
  if (file === undefined) {
    const hint = 'Run appointed init to write one, or name one with --config.';
    throw new CommandError('config_missing', 'there is no appointed.config.ts in this directory or above', hint);
  }
  if (!existsSync(file)) throw new CommandError('config_missing', `there is no file ${file}`, 'Correct --config.');
  return { config: checked(await load(file), file), file };
}

function nearest(directory: string): string | undefined {
  const found = NAMES.map((name) => join(directory, name)).find((file) => existsSync(file));
  const parent = dirname(directory);
  return found ?? (parent === directory ? undefined : nearest(parent));
}

async function load(file: string): Promise<unknown> {
  try {
    const { loadModule } = await import('./load-module.js');
    return await loadModule(file, ownFolder(file));
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    const why = whyNotLoaded(cause);
    throw new CommandError('config_invalid', `${file} cannot be loaded: ${why}`, 'See --debug for where.', cause);
  }
}

function checked(config: unknown, file: string): AppointedConfig {
  const hint = 'Write export default defineConfig({ … }).';
  if (typeof config !== 'object' || config === null) {
    throw new CommandError('config_invalid', `${file} has no configuration as its default export`, hint);
  }
  const strange = Object.keys(config).find((name) => !FIELDS.has(name));
  if (strange === undefined) return config;
  const known = `A configuration has ${[...FIELDS].join(', ')}.`;
  throw new CommandError('config_invalid', `${file}: ${strange} is no field of a configuration`, known);
}
