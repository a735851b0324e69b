import { AppointedError } from '../error/appointed-error.js';
import type { WorkEventListener } from '../distribution/distributor.js';
import type { WorkOrder } from '../distribution/work-order.js';
import type { WorkReport } from '../distribution/work-report.js';
import { workOn } from '../distribution/work-on.js';
import type { EventName, Listener } from '../events/lifecycle-events.js';
import type { RunParts } from '../pipeline/run.js';
import type { Slot, FactoryOptions } from './factory-options.js';
import { checkOptions } from './known-options.js';
import { compose, RUNNER_OPTIONS, type RunnerOptions } from './compose.js';
import { resolveFactory } from './resolve-factory.js';

/** What a worker is made of: what a runner is, and the factories that it has. */
export interface RunWorkerOptions extends RunnerOptions {
  /** By the names of their slots. */
  readonly factories: NonNullable<FactoryOptions['factories']>;
}

/** How an order is worked on. */
export interface WorkCall {
  /** Nothing more is begun once it is aborted. */
  readonly pause?: AbortSignal;
  /** What is under way is given up once it is aborted. */
  readonly signal?: AbortSignal;
  /** Told the events that the order asks for. */
  readonly onEvent?: WorkEventListener;
}

/** Works on placements that a runner elsewhere has enrolled in the same ledger. Made by {@link createRunWorker}. */
export interface RunWorker {
  /**
   * Claims some placements of a run, at most as many as an order is for, and has each mailbox its turn. Ends when all of
   * them have ended, or rest.
   * @throws AppointedError before anything is claimed: `run_unknown`, `run_mismatch` where the run stands otherwise by now,
   * `factory_changed` where a factory's version is another one here, `factory_unresolvable`, `ledger_failed`
   */
  work(order: WorkOrder, call?: WorkCall): Promise<WorkReport>;
  on<E extends EventName>(event: E, listener: Listener<E>): this;
  off<E extends EventName>(event: E, listener: Listener<E>): this;
  /** Closes the transport. */
  close(): Promise<void>;
}

/**
 * Makes a worker.
 * @throws AppointedError `invalid_options`, `factory_unresolvable`; what a plugin's `register` throws
 */
export async function createRunWorker(options: RunWorkerOptions): Promise<RunWorker> {
  checkOptions(options, [...RUNNER_OPTIONS, 'factories']);
  const { container, parts } = await compose(options);
  const slots = Object.entries(options.factories).map(([name, reference]): Slot => ({
    name,
    factory: resolveFactory(container, reference, name),
  }));
  return new ContainerWorker(parts, slots);
}

class ContainerWorker implements RunWorker {
  readonly #parts: RunParts;
  readonly #slots: readonly Slot[];

  constructor(parts: RunParts, slots: readonly Slot[]) {
    this.#parts = parts;
    this.#slots = slots;
  }

  async work(order: WorkOrder, call: WorkCall = {}): Promise<WorkReport> {
    return await workOn(this.#parts, order, slotsFor(order, this.#slots), call);
  }

  on<E extends EventName>(event: E, listener: Listener<E>): this {
    this.#parts.events.on(event, listener);
    return this;
  }

  off<E extends EventName>(event: E, listener: Listener<E>): this {
    this.#parts.events.off(event, listener);
    return this;
  }

  async close(): Promise<void> {
    await this.#parts.transport.close?.();
  }
}

/** The factories that an order needs, if they are the ones that it means. */
function slotsFor({ manifest, slots: wanted }: WorkOrder, slots: readonly Slot[]): readonly Slot[] {
  return wanted.map((name) => {
    const slot = slots.find((one) => one.name === name);
    const version = manifest.slots.find((one) => one.name === name)?.version ?? '';
    if (slot === undefined) throw missing(manifest.runId, name);
    const own = slot.factory.version ?? '';
    if (own !== version) throw changed(manifest.runId, name, version, own);
    return slot;
  });
}

function missing(runId: string, slot: string): AppointedError {
  return new AppointedError('factory_unresolvable', `the run ${runId} has the slot ${slot}, and this worker has not`, {
    field: `factories.${slot}`,
    hint: 'Give every worker the same factories.',
  });
}

function changed(runId: string, slot: string, wanted: string, own: string): AppointedError {
  const message = `the run ${runId} has version "${wanted}" of the factory of slot ${slot}, this worker has "${own}"`;
  return new AppointedError('factory_changed', message, {
    field: `factories.${slot}`,
    hint: 'Give every worker the version that the run has, and continue it.',
  });
}
