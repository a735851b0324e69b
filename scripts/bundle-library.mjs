// A package in one file, for Node takes longer to find a hundred modules than to run them: `node bundle-library.mjs` in
// the package's folder, after `tsc -b`. What stands in its dependencies is loaded from there; what stands in its
// devDependencies is taken in, with its licence in dist/LICENCES.txt.
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { licencesOf } from './licences.mjs';

const { dependencies = {}, peerDependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8'));
const { metafile } = await build({
  entryPoints: ['src/index.ts'],
  outfile: 'dist/index.js',
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  conditions: ['@appointed/source'],
  external: [...Object.keys(dependencies), ...Object.keys(peerDependencies)],
  sourcemap: true,
  sourcesContent: false,
  metafile: true,
  logLevel: 'warning',
});
const licences = licencesOf(Object.keys(metafile.inputs), process.cwd());
if (licences !== '') writeFileSync('dist/LICENCES.txt', licences);
