import { type AppointmentTransport, createRunner, type DependencyContainer, resolve, TRANSPORT } from '@appointed/core';
import type { AppointedConfig } from '../config/define-config.js';

/** The transport that runs would use; closed at the end. */
export interface OpenTransport extends AsyncDisposable {
  readonly transport: AppointmentTransport;
}

/**
 * Makes what the configuration, or a plugin of it, saves through. No ledger is opened: what is wrong with that is another
 * finding.
 * @throws what the configuration throws, AppointedError `invalid_options`
 */
export async function openTransport({ transport, plugins = [] }: AppointedConfig): Promise<OpenTransport> {
  const own = typeof transport === 'function' ? await transport() : transport;
  let made: DependencyContainer | undefined;
  const doctor = {
    name: 'doctor',
    register(container: DependencyContainer): void {
      made = container;
    },
  };
  const runner = await createRunner({
    plugins: [...plugins, doctor],
    ...(own === undefined ? {} : { transport: own }),
  });
  if (made === undefined) throw new Error('the runner registered no plugin');
  return { transport: resolve(made, TRANSPORT), [Symbol.asyncDispose]: () => runner.close() };
}
