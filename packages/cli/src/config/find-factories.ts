import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { FactoryReference } from '@appointed/core';
import { CommandError } from '../command-error.js';
import { findRun } from '../run/find-run.js';
import type { OpenConfig } from './open-config.js';
import { whyNotLoaded } from './why-not-loaded.js';

const ENDING = /\.[cm]?[jt]s$/;
const LOOKS_LIKE_A_FILE = /[/\\]|\.[cm]?[jt]s$/;
/** Core's, for one factory alone. */
const ONLY_SLOT = 'default';

/** Factories by the names of their slots. */
export type Factories = Readonly<Record<string, FactoryReference>>;

/**
 * The factories that `--factory` names: of the configuration, or the default exports of files. One alone is in the slot
 * `default`, several are in slots of their names; a record of factories is in slots of its own names.
 * @param runId the run that is continued: where it has no slot `default`, one factory alone is in a slot of its name, too
 * @throws CommandError `factory_missing`, `usage`
 */
export async function findFactories(open: OpenConfig, names: readonly string[], runId?: string): Promise<Factories> {
  const slots = new Map<string, { readonly name: string; readonly factory: FactoryReference }>();
  for (const name of names) {
    const found = await findOne(open, name);
    const named = isReference(found) ? { [await slotOf(name, { open, names, runId })]: found } : found;
    for (const [slot, factory] of Object.entries(named)) {
      const other = slots.get(slot)?.name;
      if (other !== undefined) throw alike(slot, other, name);
      slots.set(slot, { name, factory });
    }
  }
  return Object.fromEntries([...slots].map(([slot, { factory }]) => [slot, factory]));
}

interface Naming {
  readonly open: OpenConfig;
  readonly names: readonly string[];
  readonly runId: string | undefined;
}

async function slotOf(name: string, { open, names, runId }: Naming): Promise<string> {
  const own = LOOKS_LIKE_A_FILE.test(name) ? basename(name).replace(ENDING, '') : name;
  if (names.length > 1) return own;
  const manifest = runId === undefined ? undefined : await findRun(await open.ledger(), runId);
  return manifest === undefined || manifest.slots.some((slot) => slot.name === ONLY_SLOT) ? ONLY_SLOT : own;
}

async function findOne({ config, folder }: OpenConfig, name: string): Promise<FactoryReference | Factories> {
  const { factories = {} } = config;
  const configured = Object.hasOwn(factories, name) ? factories[name] : undefined;
  if (configured !== undefined) return configured;
  const file = resolve(name);
  if (!LOOKS_LIKE_A_FILE.test(name) || !existsSync(file)) throw missing(name, Object.keys(factories));
  return loadFactory(file, folder);
}

async function loadFactory(file: string, folder: string): Promise<FactoryReference | Factories> {
  let loaded: unknown;
  try {
    const { loadModule } = await import('./load-module.js');
    loaded = await loadModule(file, folder);
  } catch (cause) {
    const why = whyNotLoaded(cause);
    throw new CommandError('factory_missing', `${file} cannot be loaded: ${why}`, 'See --debug for where.', cause);
  }
  if (isReference(loaded) || isRecord(loaded)) return loaded;
  const hint = 'Export a class with a method getAppointment, or an object of it, as default.';
  throw new CommandError('factory_missing', `${file} has no factory as its default export`, hint);
}

function isReference(value: unknown): value is FactoryReference {
  if (typeof value === 'function' || typeof value === 'symbol') return true;
  return typeof (value as { getAppointment?: unknown } | null)?.getAppointment === 'function';
}

function isRecord(value: unknown): value is Factories {
  if (typeof value !== 'object' || value === null) return false;
  const factories = Object.values(value);
  return factories.length > 0 && factories.every(isReference);
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

function alike(slot: string, one: string, other: string): CommandError {
  const message = one === other ? `--factory ${one} stands there twice` : `${one} and ${other} are both called ${slot}`;
  return new CommandError('usage', message, 'Each needs a name of its own: name one in the configuration.');
}
