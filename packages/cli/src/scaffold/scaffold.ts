import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandError } from '../command-error.js';
import { packageFolder } from '../package-folder.js';
import { capitalized, type PackageName } from './package-name.js';

export const PLUGIN_KINDS = ['factory', 'transport'] as const;
/** What a new package is. */
export type PluginKind = (typeof PLUGIN_KINDS)[number];

/** What the templates say in the place of the package's own name. */
const SAMPLES: Readonly<Record<PluginKind, PackageName>> = {
  factory: { full: '@example/first-aid', short: 'first-aid', identifier: 'firstAidFactory' },
  transport: { full: '@example/calendar-folder', short: 'calendar-folder', identifier: 'calendarFolderTransport' },
};

/** Files that within this package are called otherwise: under their own names they would mean something for it. */
const OWN_NAMES: Readonly<Record<string, string>> = { gitignore: '.gitignore', 'manifest.json': 'package.json' };

/** What is written, and where. */
export interface ScaffoldOptions {
  readonly kind: PluginKind;
  readonly name: PackageName;
  /** Of the packages of Appointed that it asks for, or a newer one that is compatible. */
  readonly version: string;
  /** Writes over files that are there. */
  readonly force: boolean;
}

/**
 * Writes a package that builds, passes its tests and can be published, into a folder of its own.
 * @returns the files, in the order in which they were written
 * @throws CommandError `file_exists`, with nothing written; `file_failed`
 */
export async function scaffold({ force, kind, name, version }: ScaffoldOptions): Promise<readonly string[]> {
  const folder = fileURLToPath(new URL(`templates/${kind}`, packageFolder));
  const templates = await filesIn(folder);
  const files = templates.map((file) => join(name.short, OWN_NAMES[file] ?? file));
  const there = files.find((file) => !force && existsSync(file));
  if (there !== undefined) {
    throw new CommandError('file_exists', `${there} is there already`, 'Add --force to write over it.');
  }
  for (const [n, file] of files.entries()) {
    const template = await readFile(join(folder, templates[n] ?? ''), 'utf8');
    const text = named(template, SAMPLES[kind], name);
    await write(file, file.endsWith('package.json') ? asking(text, version) : text);
  }
  return files;
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => join(parentPath, name).slice(folder.length + 1))
    .toSorted();
}

function named(text: string, sample: PackageName, name: PackageName): string {
  const words = [
    [sample.full, name.full],
    [sample.short, name.short],
    [sample.identifier, name.identifier],
    [capitalized(sample.identifier), capitalized(name.identifier)],
  ] as const;
  const pattern = new RegExp(words.map(([word]) => word).join('|'), 'g');
  return text.replaceAll(pattern, (found) => words.find(([word]) => word === found)?.[1] ?? found);
}

/** The packages of Appointed have one version. */
function asking(manifest: string, version: string): string {
  return manifest.replaceAll(/("@appointed\/[\w-]+": )"[^"]*"/g, `$1"^${version}"`);
}

async function write(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError('file_failed', `${file} cannot be written: ${why}`, 'Choose another directory.', cause);
  }
}
