import { fileURLToPath, pathToFileURL } from 'node:url';
import { createJiti } from 'jiti';

/**
 * Configurations and factories get the command's own copies, wherever they lie: nothing need be installed beside them, and
 * nothing is there twice.
 */
const OWN_PACKAGES = [
  '@appointed/core',
  '@appointed/factories',
  '@appointed/ledger-sqlite',
  '@appointed/transport-ews',
];

/** The default export of a TypeScript or JavaScript file. */
export function loadModule(file: string): Promise<unknown> {
  const jiti = createJiti(pathToFileURL(file).href, { alias: aliases(), fsCache: false });
  return jiti.import(file, { default: true });
}

function aliases(): Record<string, string> {
  const own = new URL('../index.js', import.meta.url);
  const others = OWN_PACKAGES.map((name) => [name, fileURLToPath(import.meta.resolve(name))]);
  return { '@appointed/cli': fileURLToPath(own), ...Object.fromEntries(others) };
}
