import { isAbsolute, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AppointedError, type FactoryReference } from '@appointed/core';

/** A factory as it is, or the module whose default export it is: a path, seen from the working directory, or a package. */
export type WorkerFactory = FactoryReference | string;

/** @throws AppointedError `factory_unresolvable` */
export async function loadFactories(
  factories: Readonly<Record<string, WorkerFactory>>,
): Promise<Readonly<Record<string, FactoryReference>>> {
  const loaded: Record<string, FactoryReference> = {};
  for (const [slot, factory] of Object.entries(factories)) {
    loaded[slot] = typeof factory === 'string' ? await load(slot, factory) : factory;
  }
  return loaded;
}

async function load(slot: string, module: string): Promise<FactoryReference> {
  const isPath = module.startsWith('.') || isAbsolute(module);
  try {
    const loaded = (await import(isPath ? pathToFileURL(resolve(module)).href : module)) as Record<string, unknown>;
    if (loaded['default'] !== undefined) return loaded['default'] as FactoryReference;
  } catch (cause) {
    throw refuse(slot, `could not be loaded from ${module}`, cause);
  }
  throw refuse(slot, `is not the default export of ${module}`);
}

function refuse(slot: string, complaint: string, cause?: unknown): AppointedError {
  return new AppointedError('factory_unresolvable', `the factory of slot ${slot} ${complaint}`, {
    field: `factories.${slot}`,
    hint: 'Name a module whose default export is a factory: an instance or a class.',
    cause,
  });
}
