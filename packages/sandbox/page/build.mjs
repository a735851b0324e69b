// Builds the page into dist/page/assets: one script, one style sheet, and the licences of what is in the script.
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const assets = join(here, '..', 'dist', 'page', 'assets');

/** Builds the page; takes a fifth of a second. */
export async function buildPage() {
  await mkdir(assets, { recursive: true });
  const { metafile, outputFiles } = await build({
    absWorkingDir: here,
    entryPoints: ['page.tsx', 'page.css'],
    outdir: assets,
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['chrome123', 'firefox121', 'safari17.5'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  for (const { path, contents } of outputFiles) await put(basename(path), Buffer.from(contents));
  for (const file of ['index.html', 'icon.svg']) await put(file, await readFile(join(here, file)));
  await put('licences.txt', Buffer.from(await licences(Object.keys(metafile.inputs))));
}

/** Writes what has changed, at once: somebody may be served from here. @param {string} name @param {Buffer} content */
async function put(name, content) {
  const file = join(assets, name);
  if (existsSync(file) && content.equals(await readFile(file))) return;
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, content);
  await rename(unfinished, file);
}

/** @param {string[]} inputs */
async function licences(inputs) {
  const folders = new Set(inputs.filter((input) => input.includes('node_modules/')).map(packageFolder));
  const texts = [];
  for (const folder of folders) {
    const { name, version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} has no licence file, which must come along`);
    texts.push(`${name} ${version}\n\n${(await readFile(join(folder, file), 'utf8')).trim()}\n`);
  }
  return texts.sort().join(`\n${'-'.repeat(80)}\n\n`);
}

/** @param {string} input */
function packageFolder(input) {
  let folder = dirname(join(here, input));
  while (
    !existsSync(join(folder, 'package.json')) ||
    !/node_modules\/(@[^/]+\/)?[^/]+$/.test(folder.replaceAll('\\', '/'))
  ) {
    folder = dirname(folder);
  }
  return folder;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildPage();
