import type { DependencyContainer } from 'tsyringe';
import type { EventName, Listener } from '../events/lifecycle-events.js';
import { MemoryLedger } from '../ledger/memory-ledger.js';
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
import { compose, RUNNER_OPTIONS, type RunnerOptions } from './compose.js';
import type { ResolveFactory } from './factory-options.js';
import type { ImpersonationRunner } from './impersonation-runner.js';
import { checkOptions } from './known-options.js';
import { type PreflightOptions, readPreflightOptions } from './preflight-options.js';
import { readMaxLeavers, readReconcileOptions, type ReconcileOptions } from './reconcile-options.js';
import { resolveFactory } from './resolve-factory.js';
import { readRetractOptions, type RetractOptions } from './retract-options.js';
import { readReviseOptions, type ReviseOptions } from './revise-options.js';
import { readRunOptions, type RunOptions } from './run-options.js';
import type { RunReport } from './run-report.js';
import type { RunSettings } from './run-settings.js';
import { readVerifyOptions, type VerifyOptions } from './verify-options.js';
import type { VerifyReport } from './verify-report.js';

/**
 * Makes a runner.
 * @throws AppointedError `invalid_options`; what a plugin's `register` throws
 */
export async function createRunner(options: RunnerOptions): Promise<ImpersonationRunner> {
  checkOptions(options, RUNNER_OPTIONS);
  const { container, parts } = await compose(options);
  return new ContainerRunner(container, parts);
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

  constructor(container: DependencyContainer, parts: RunParts) {
    this.#container = container;
    this.#parts = parts;
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
