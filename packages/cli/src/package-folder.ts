import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** The folder of this package, with its package.json and its templates: from its source, and from what is bundled of it. */
export const packageFolder: URL = new URL(
  '.',
  pathToFileURL(createRequire(import.meta.url).resolve('@appointed/cli/package.json')),
);
