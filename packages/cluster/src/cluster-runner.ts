import {
  type AppointedPlugin,
  AppointedError,
  type AppointmentTransport,
  createRunner,
  DISTRIBUTOR,
  type ImpersonationRunner,
  PACER,
  provide,
  type RunLedger,
  type RunnerOptions,
  type SettledCounts,
} from '@appointed/core';
import type { Backbone } from './connection/backbone.js';
import { connect } from './connection/connect.js';
import type { ClusterOptions } from './connection/connection.js';
import { type PacingOptions, readPacing } from './pacer/pacing-options.js';
import { SharedPacer } from './pacer/shared-pacer.js';
import { BullDistributor } from './queue/bull-distributor.js';

/** So many placements are enrolled ahead of those who work on them, a quarter of it at once. */
const READ_AHEAD = 1000;

/** What a runner over a cluster is made of. */
export interface ClusterRunnerOptions
  extends ClusterOptions, PacingOptions, Pick<RunnerOptions, 'plugins' | 'container'> {
  /** What remembers the runs; all workers have the same. */
  readonly ledger: RunLedger;
  /** For what this process does itself: `preflight`, `verify` and dry runs. */
  readonly transport: AppointmentTransport;
}

/** A runner whose work is done by workers, on any number of machines. Made by {@link clusterRunner}. */
export interface ClusterRunner extends ImpersonationRunner {
  /**
   * Pauses a run, whichever process coordinates it: nothing more is begun, and it is there to be continued (`paused`).
   * Does nothing where nobody coordinates it. Resolves when that was told, not when the run has ended.
   */
  cancel(runId: string): Promise<void>;
  /** How many of a run's placements are settled by now, as the ledger has it. @throws AppointedError `run_unknown` */
  progress(runId: string): Promise<SettledCounts>;
}

/**
 * Makes a runner whose work is done by workers ({@link startWorker}) that have the same connection and ledger. It reads
 * the list, enrols it in the ledger, and hands out work; with it a run ends when no placement is open. Its factories are
 * asked for their versions only. `canary`, `onPlacement` and factories without a version are refused (`unsupported`).
 * @throws AppointedError `invalid_options`, `connection_failed`; what a plugin's `register` throws
 */
export async function clusterRunner(options: ClusterRunnerOptions): Promise<ClusterRunner> {
  const { container, ledger, plugins = [], transport } = options;
  const pacing = readPacing(options);
  if (!ledger?.durable) throw notDurable();
  const backbone = await connect(options);
  const pacer = new SharedPacer(backbone.permits, backbone.messages, pacing);
  const runner = await createRunner({
    transport,
    ledger,
    plugins: [...plugins, distributing(backbone, pacer)],
    maxInFlight: READ_AHEAD,
    ...(container && { container }),
  }).catch((error: unknown) => backbone.close().then(() => Promise.reject(error)));
  const closeRunner = runner.close.bind(runner);
  const close = async (): Promise<void> => {
    await closeRunner();
    await pacer.close();
    await backbone.close();
  };
  return Object.assign(runner, {
    cancel: async (runId: string) => backbone.messages.tell({ kind: 'cancel', runId }),
    progress: (runId: string) => ledger.settled(runId),
    close,
    [Symbol.asyncDispose]: close,
  });
}

function distributing(backbone: Backbone, pacer: SharedPacer): AppointedPlugin {
  const distributor = new BullDistributor(backbone);
  return {
    name: 'cluster',
    register: (container) => {
      provide(container, PACER, () => pacer);
      provide(container, DISTRIBUTOR, () => distributor);
    },
  };
}

function notDurable(): AppointedError {
  return new AppointedError('invalid_options', 'ledger is not one that several processes can have', {
    field: 'ledger',
    hint: 'Take @appointed/ledger-postgres; @appointed/ledger-sqlite for several processes on one machine.',
  });
}
