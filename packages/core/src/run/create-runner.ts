import 'reflect-metadata';
import { container as rootContainer, type DependencyContainer } from 'tsyringe';
import { LifecycleEmitter } from '../events/lifecycle-emitter.js';
import type { EventName, Listener } from '../events/lifecycle-events.js';
import { MemoryLedger } from '../ledger/memory-ledger.js';
import type { RunLedger } from '../ledger/run-ledger.js';
import { adaptivePacer } from '../pacer/adaptive-pacer.js';
import type { AppointedPlugin } from '../plugin/plugin.js';
import { provide, resolve } from '../plugin/token.js';
import { CLOCK, LEDGER, PACER, TRANSPORT } from '../plugin/tokens.js';
import type { AppointmentTransport } from '../transport/appointment-transport.js';
import { dryParts } from '../pipeline/dry-parts.js';
import { execute, withRun } from '../pipeline/execute.js';
import type { RunParts } from '../pipeline/run.js';
import type { Plan } from '../preflight/plan.js';
import { preflight } from '../preflight/preflight.js';
import { RetractVerb } from '../verbs/retract-verb.js';
import { ReviseVerb } from '../verbs/revise-verb.js';
import { RunVerb, type RunVerbOptions } from '../verbs/run-verb.js';
import type { Verb } from '../verbs/verb.js';
import { verify } from '../verbs/verify.js';
import { VerifyVerb } from '../verbs/verify-verb.js';
import type { ResolveFactory } from './factory-options.js';
import type { ImpersonationRunner } from './impersonation-runner.js';
import { checkOptions } from './known-options.js';
import { type PreflightOptions, readPreflightOptions } from './preflight-options.js';
import { readMaxLeavers, readReconcileOptions, type ReconcileOptions } from './reconcile-options.js';
import { refuse } from './refuse.js';
import { resolveFactory } from './resolve-factory.js';
import { readRetractOptions, type RetractOptions } from './retract-options.js';
import { readReviseOptions, type ReviseOptions } from './revise-options.js';
import { readRunOptions, type RunOptions } from './run-options.js';
import type { RunReport } from './run-report.js';
import type { RunSettings } from './run-settings.js';
import { readVerifyOptions, type VerifyOptions } from './verify-options.js';
import type { VerifyReport } from './verify-report.js';

const DEFAULT_MAX_IN_FLIGHT = 10;
const MOST_IN_FLIGHT = 10_000;
const OPTIONS: readonly (keyof RunnerOptions)[] = ['transport', 'ledger', 'plugins', 'container', 'maxInFlight'];
const TRANSPORT_METHODS = ['route', 'save', 'find', 'read', 'update', 'remove', 'hasSimilar', 'check', 'zone'] as const;

/** What a runner is made of. */
export interface RunnerOptions {
  /** What saves the appointments. May be left out where a plugin provides {@link TRANSPORT}. */
  readonly transport?: AppointmentTransport;
  /** What remembers the runs, so that they can be continued. By default nothing outlives a run. */
  readonly ledger?: RunLedger;
  /** Registered in their order. */
  readonly plugins?: readonly AppointedPlugin[];
  /** The host's container; the runner registers only in a child of it. By default tsyringe's global one. */
  readonly container?: DependencyContainer;
  /**
   * With the default pacer, which finds out how many the server bears, the most requests in flight; the list is read
   * four times as many ahead. By default 10, which Microsoft advises for EWS; raise it knowingly.
   */
  readonly maxInFlight?: number;
}

/**
 * Makes a runner.
 * @throws AppointedError `invalid_options`; what a plugin's `register` throws
 */
export async function createRunner(options: RunnerOptions): Promise<ImpersonationRunner> {
  checkOptions(options, OPTIONS);
  const { maxInFlight = DEFAULT_MAX_IN_FLIGHT, transport, ledger, plugins = [] } = options;
  if (!Number.isInteger(maxInFlight) || maxInFlight < 1 || maxInFlight > MOST_IN_FLIGHT) {
    throw refuse('maxInFlight', `is not a whole number from 1 to ${MOST_IN_FLIGHT}`);
  }
  const container = (options.container ?? rootContainer).createChildContainer();
  const transient = new MemoryLedger(Date.now, false);
  provideDefaults(container, maxInFlight, transient);
  for (const plugin of plugins) await plugin.register(container);
  if (transport !== undefined) provide(container, TRANSPORT, () => transport);
  if (ledger !== undefined) provide(container, LEDGER, () => ledger);
  if (!container.isRegistered(TRANSPORT, true)) throw refuse('transport', 'is missing, and no plugin provides one');
  checkTransport(resolve(container, TRANSPORT));
  return new ContainerRunner(container, maxInFlight, transient);
}

function checkTransport(transport: Partial<AppointmentTransport>): void {
  const missing = TRANSPORT_METHODS.find((method) => typeof transport[method] !== 'function');
  if (missing !== undefined) throw refuse('transport', `has no method ${missing}`);
}

function provideDefaults(container: DependencyContainer, maxInFlight: number, transient: RunLedger): void {
  // What the host's container already has is the host's choice.
  if (!container.isRegistered(PACER, true)) provide(container, PACER, () => adaptivePacer({ maxInFlight }));
  if (!container.isRegistered(CLOCK, true)) provide(container, CLOCK, () => Date.now);
  if (!container.isRegistered(LEDGER, true)) provide(container, LEDGER, () => transient);
}

const USUAL: RunVerbOptions = {
  name: 'run',
  hasCallersId: true,
  mustExist: false,
  retryRejected: false,
  removesLeavers: false,
  maxLeavers: 0,
};

class ContainerRunner implements ImpersonationRunner {
  readonly #container: DependencyContainer;
  readonly #parts: RunParts;
  /** Ends listening to the pacer; undefined as long as nobody wants to know. */
  #unlisten: (() => void) | undefined;

  constructor(container: DependencyContainer, maxInFlight: number, transient: RunLedger) {
    this.#container = container;
    const ledger = resolve(container, LEDGER);
    this.#parts = {
      transport: resolve(container, TRANSPORT),
      ledger,
      keepsRuns: ledger !== transient,
      isDry: false,
      pacer: resolve(container, PACER),
      clock: resolve(container, CLOCK),
      events: new LifecycleEmitter(),
      maxInFlight,
    };
  }

  async run(options: RunOptions): Promise<RunReport> {
    const hasCallersId = options.id !== undefined;
    return this.#place(readRunOptions(options, this.#resolve), options, { hasCallersId });
  }

  async resume(runId: string, options: Omit<RunOptions, 'id'>): Promise<RunReport> {
    const settings = readRunOptions({ ...options, id: runId }, this.#resolve);
    return this.#place(settings, options, { mustExist: true });
  }

  async reconcile(runId: string, options: ReconcileOptions): Promise<RunReport> {
    const settings = readReconcileOptions(runId, options, this.#resolve);
    const removesLeavers = options.leavers === 'remove';
    const maxLeavers = readMaxLeavers(options);
    return this.#place(settings, options, { name: 'reconcile', mustExist: true, removesLeavers, maxLeavers });
  }

  async revise(runId: string, options: ReviseOptions): Promise<RunReport> {
    const settings = readReviseOptions(runId, options, this.#resolve);
    return this.#execute(settings, new ReviseVerb(settings), options.dryRun);
  }

  async retract(runId: string, options: RetractOptions = {}): Promise<RunReport> {
    const settings = readRetractOptions(runId, options);
    return this.#execute(settings, new RetractVerb(settings, options.slots), options.dryRun);
  }

  async verify(runId: string, options: VerifyOptions = {}): Promise<VerifyReport> {
    const settings = readVerifyOptions(runId, options);
    return await withRun(this.#parts, settings, new VerifyVerb(settings), (run) =>
      verify(run, options.repair === true),
    );
  }

  async preflight(options: PreflightOptions): Promise<Plan> {
    const settings = readPreflightOptions(options, this.#resolve);
    // The runner's own ledger must not know that anybody thought of the run.
    const parts = { ...this.#parts, ledger: new MemoryLedger(Date.now, false), keepsRuns: false, isDry: true };
    const verb = new RunVerb(settings, USUAL);
    return await withRun(parts, settings, verb, (run) => preflight(run, settings));
  }

  #place(
    settings: RunSettings,
    { retryRejected = false, dryRun }: Pick<RunOptions, 'retryRejected' | 'dryRun'>,
    special: Partial<RunVerbOptions>,
  ): Promise<RunReport> {
    return this.#execute(settings, new RunVerb(settings, { ...USUAL, retryRejected, ...special }), dryRun);
  }

  async #execute(settings: RunSettings, verb: Verb, isDry = false): Promise<RunReport> {
    const parts = isDry ? await dryParts(this.#parts, settings.runId) : this.#parts;
    return await execute(parts, settings, verb);
  }

  readonly #resolve: ResolveFactory = (reference, slot) => resolveFactory(this.#container, reference, slot);

  on<E extends EventName>(event: E, listener: Listener<E>): this {
    this.#listenTo(event);
    this.#parts.events.on(event, listener);
    return this;
  }

  once<E extends EventName>(event: E, listener: Listener<E>): this {
    this.#listenTo(event);
    this.#parts.events.once(event, listener);
    return this;
  }

  off<E extends EventName>(event: E, listener: Listener<E>): this {
    this.#parts.events.off(event, listener);
    return this;
  }

  /** A pacer that several runners share must know no more of them than there are listeners. */
  #listenTo(event: EventName): void {
    if (event !== 'paceChanged' || this.#unlisten !== undefined) return;
    const { events, pacer } = this.#parts;
    this.#unlisten = pacer.listen?.((change) => events.emit('paceChanged', () => change));
  }

  async close(): Promise<void> {
    this.#unlisten?.();
    this.#unlisten = undefined;
    await this.#parts.transport.close?.();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
