import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createJiti } from 'jiti';

/**
 * The default export of a TypeScript or JavaScript file.
 * @param folder the command's own, in which it keeps what it has translated
 */
export async function loadModule(file: string, folder: string): Promise<unknown> {
  const [virtualModules, fsCache] = await Promise.all([ownModules(), cacheIn(folder)]);
  const jiti = createJiti(pathToFileURL(file).href, { virtualModules, fsCache });
  return jiti.import(file, { default: true });
}

/** Nobody else may write there: what lies in it is run. Where that cannot be had, nothing is kept. */
async function cacheIn(folder: string): Promise<string | false> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return join(folder, 'translated');
  } catch {
    return false;
  }
}

/**
 * Configurations and factories get the command's own copies, wherever they lie: nothing need be installed beside them, and
 * nothing is there twice. What is large is loaded when somebody imports it.
 */
async function ownModules(): Promise<Record<string, unknown>> {
  const [cli, core, factories, ledger, ews] = await Promise.all([
    import('../index.js'),
    import('@appointed/core'),
    import('@appointed/factories'),
    import('@appointed/ledger-sqlite'),
    import('@appointed/transport-ews'),
  ]);
  return {
    '@appointed/cli': cli,
    '@appointed/core': core,
    '@appointed/factories': factories,
    get '@appointed/factories/from-ics'() {
      return import('@appointed/factories/from-ics');
    },
    get '@appointed/factories/from-template'() {
      return import('@appointed/factories/from-template');
    },
    get '@appointed/factories/public-holidays'() {
      return import('@appointed/factories/public-holidays');
    },
    get '@appointed/ledger-postgres'() {
      return import('@appointed/ledger-postgres');
    },
    '@appointed/ledger-sqlite': ledger,
    '@appointed/transport-ews': ews,
    get '@appointed/transport-graph'() {
      return import('@appointed/transport-graph');
    },
    get '@appointed/transport-hybrid'() {
      return import('@appointed/transport-hybrid');
    },
  };
}
