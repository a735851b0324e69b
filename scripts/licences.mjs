import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What others wrote goes with the words under which they gave it away.
 * @param {string[]} files that were bundled @param {string} from the folder that they are named from
 */
export function licencesOf(files, from) {
  const packages = new Set(files.map(packageOf).filter((name) => name !== undefined));
  return [...packages]
    .toSorted()
    .map((name) => licenceOf(join(from, name)))
    .join(`\n${'-'.repeat(80)}\n\n`);
}

/** @param {string} file @returns the package that it is of, where that is somebody else's */
function packageOf(file) {
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
}

/** @param {string} at */
function licenceOf(at) {
  const { name: title, version, license, author } = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8'));
  const file = readdirSync(at).find((one) => /^(licen[cs]e|copying|copyright)/i.test(one));
  const by = typeof author === 'object' ? author.name : author;
  const text = file === undefined ? `By ${by ?? 'its authors'}.` : readFileSync(join(at, file), 'utf8').trim();
  return `${title} ${version} (${license})\n\n${text}\n`;
}
