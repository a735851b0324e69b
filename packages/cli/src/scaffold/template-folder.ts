import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Where the templates of this package are, in whichever of its files this code is: as it is written, built or bundled. */
export function templateFolder(): string {
  const manifest = createRequire(import.meta.url).resolve('@appointed/cli/package.json');
  return join(dirname(manifest), 'templates');
}
