// The command in as few files as possible: hundreds of modules take longer to load than most commands take to run.
// `node bundle.mjs` writes dist/appointed.js and what it loads when it is needed; a folder may be named instead.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const folder = process.argv[2] ?? join(here, 'dist');
const PARTS = 'command';

rmSync(join(folder, PARTS), { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: [{ in: 'src/bin.ts', out: 'appointed' }],
  outdir: folder,
  chunkNames: `${PARTS}/[name]-[hash]`,
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  conditions: ['@appointed/source'],
  define: { 'process.env.NODE_ENV': '"production"' },
  // What has native parts, reads files or asks for modules of its own, is large, or is the app's own.
  external: [
    '@appointed/sandbox',
    'libsql',
    'jiti',
    'ews-javascript-api',
    'kerberos',
    'date-holidays',
    'ical.js',
    'yaml',
  ],
  // What is written for CommonJS asks for modules of Node.
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
  metafile: true,
  logLevel: 'warning',
});
writeFileSync(join(folder, PARTS, 'LICENCES.txt'), licencesOf(Object.keys(metafile.inputs)));

/** What others wrote goes with the words under which they gave it away. @param {string[]} files */
function licencesOf(files) {
  const packages = new Set(files.map(packageOf).filter((name) => name !== undefined));
  return [...packages]
    .toSorted()
    .map(licenceOf)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

/** @param {string} file @returns the package that it is of, where that is somebody else's */
function packageOf(file) {
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
}

/** @param {string} name */
function licenceOf(name) {
  const at = join(here, name);
  const { name: title, version, license, author } = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8'));
  const file = readdirSync(at).find((one) => /^(licen[cs]e|copying|copyright)/i.test(one));
  const by = typeof author === 'object' ? author.name : author;
  const text = file === undefined ? `By ${by ?? 'its authors'}.` : readFileSync(join(at, file), 'utf8').trim();
  return `${title} ${version} (${license})\n\n${text}\n`;
}
