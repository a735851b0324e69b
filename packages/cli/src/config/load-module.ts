import { pathToFileURL } from 'node:url';
import { createJiti } from 'jiti';

/** The default export of a TypeScript or JavaScript file. */
export async function loadModule(file: string): Promise<unknown> {
  const jiti = createJiti(pathToFileURL(file).href, { virtualModules: await ownModules(), fsCache: false });
  return jiti.import(file, { default: true });
}

/**
 * Configurations and factories get the command's own copies, wherever they lie: nothing need be installed beside them, and
 * nothing is there twice.
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
    '@appointed/ledger-sqlite': ledger,
    '@appointed/transport-ews': ews,
  };
}
