import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FactoryReference } from '@appointed/core';
import { CommandError } from '../command-error.js';
import type { OpenConfig } from './open-config.js';

const LOOKS_LIKE_A_FILE = /[/\\]|\.[cm]?[jt]s$/;

/**
 * The factory that `--factory` names: one of the configuration, or the default export of a file.
 * @throws CommandError `factory_missing`
 */
export async function findFactory({ config, folder }: OpenConfig, name: string): Promise<FactoryReference> {
  const { factories = {} } = config;
  const configured = Object.hasOwn(factories, name) ? factories[name] : undefined;
  if (configured !== undefined) return configured;
  const file = resolve(name);
  if (!LOOKS_LIKE_A_FILE.test(name) || !existsSync(file)) throw missing(name, Object.keys(factories));
  return loadFactory(file, folder);
}

async function loadFactory(file: string, folder: string): Promise<FactoryReference> {
  let loaded: unknown;
  try {
    const { loadModule } = await import('./load-module.js');
    loaded = await loadModule(file, folder);
  } catch (cause) {
    const [first = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw new CommandError('factory_missing', `${file} cannot be loaded: ${first}`, 'See --debug for where.', cause);
  }
  if (isReference(loaded)) return loaded;
  const hint = 'Export a class with a method getAppointment, or an object of it, as default.';
  throw new CommandError('factory_missing', `${file} has no factory as its default export`, hint);
}

function isReference(value: unknown): value is FactoryReference {
  if (typeof value === 'function' || typeof value === 'symbol') return true;
  return typeof (value as { getAppointment?: unknown } | null)?.getAppointment === 'function';
}

function missing(name: string, known: readonly string[]): CommandError {
  const named = known.length === 0 ? 'It names none yet.' : `It names ${known.join(', ')}.`;
  const message = `there is no factory ${name}: neither in the configuration nor as a file`;
  return new CommandError(
    'factory_missing',
    message,
    `${named} A file needs its path and ending: factories/lesson.ts.`,
  );
}
