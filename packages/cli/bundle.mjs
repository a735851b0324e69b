// The command in as few files as possible: hundreds of modules take longer to load than most commands take to run.
// `node bundle.mjs` writes dist/appointed.js and what it loads when it is needed; a folder may be named instead.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { licencesOf } from '../../scripts/licences.mjs';

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
    'pg',
    'undici',
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
writeFileSync(join(folder, PARTS, 'LICENCES.txt'), licencesOf(Object.keys(metafile.inputs), here));
