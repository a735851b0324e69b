// Code in the documentation is a copy of a region of a file that is type-checked and run. A fence says of which:
//     ```ts source=examples/save-events/src/main.ts#events
// `node scripts/snippets.mjs` compares, `--write` copies.
import { readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const FENCE = /^```(ts|js|tsx|typescript|javascript)\b([^\n]*)\n([\s\S]*?)^```$/gm;
const write = process.argv.includes('--write');
let wrong = 0;

/** @param {string} source `file#region` */
function regionOf(source) {
  const [file = '', name = ''] = source.split('#');
  const text = readFileSync(`${root}${file}`, 'utf8');
  const region = new RegExp(`^[ ]*// #region ${name}\\n([\\s\\S]*?)^[ ]*// #endregion ${name}$`, 'm').exec(text)?.[1];
  if (region === undefined) throw new Error(`${file} has no region ${name}`);
  const indent = Math.min(
    ...region
      .split('\n')
      .filter(Boolean)
      .map((line) => line.search(/\S/)),
  );
  return region.replaceAll(new RegExp(`^ {${indent}}`, 'gm'), '');
}

// What a template says holds in the package that is made of it.
const which = ['*.md', ':!packages/cli/templates'];
const documents = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...which], {
  cwd: root,
  encoding: 'utf8',
});
for (const document of documents.trim().split('\n')) {
  const text = readFileSync(`${root}${document}`, 'utf8');
  const updated = text.replaceAll(FENCE, (whole, language, info, code) => {
    const source = /source=(\S+)/.exec(info)?.[1];
    if (source === undefined) {
      // Packages have tests of their own that run what their README shows.
      if (!/\brun-by=\S+/.test(info)) {
        wrong += 1;
        console.error(`${document}: code that is neither a region of a file (source=) nor run by a test (run-by=)`);
      }
      return whole;
    }
    const region = regionOf(source);
    if (region === code) return whole;
    if (!write) {
      wrong += 1;
      console.error(`${document}: not the same as ${source}; node scripts/snippets.mjs --write copies it`);
    }
    return `\`\`\`${language}${info}\n${region}\`\`\``;
  });
  if (write && updated !== text) writeFileSync(`${root}${document}`, updated);
}
process.exitCode = wrong === 0 ? 0 : 1;
