import type { DependencyContainer } from 'tsyringe';
import { LifecycleEmitter } from '../events/lifecycle-emitter.js';
import { MemoryLedger } from '../ledger/memory-ledger.js';
import type { RunLedger } from '../ledger/run-ledger.js';
import { adaptivePacer } from '../pacer/adaptive-pacer.js';
import type { AppointedPlugin } from '../plugin/plugin.js';
import { provide, resolve } from '../plugin/token.js';
import { CLOCK, DISTRIBUTOR, LEDGER, PACER, TRANSPORT } from '../plugin/tokens.js';
import type { RunParts } from '../pipeline/run.js';
import type { AppointmentTransport } from '../transport/appointment-transport.js';
import { refuse } from './refuse.js';

const DEFAULT_MAX_IN_FLIGHT = 10;
const MOST_IN_FLIGHT = 10_000;
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

/** The names of these options. */
export const RUNNER_OPTIONS: readonly (keyof RunnerOptions)[] = [
  'transport',
  'ledger',
  'plugins',
  'container',
  'maxInFlight',
];

/** Registers what a runner is made of in a container of its own. @throws AppointedError `invalid_options`; what a plugin throws */
export async function compose(
  options: RunnerOptions,
): Promise<{ readonly container: DependencyContainer; readonly parts: RunParts }> {
  const { maxInFlight = DEFAULT_MAX_IN_FLIGHT, transport, ledger, plugins = [] } = options;
  if (!Number.isInteger(maxInFlight) || maxInFlight < 1 || maxInFlight > MOST_IN_FLIGHT) {
    throw refuse('maxInFlight', `is not a whole number from 1 to ${MOST_IN_FLIGHT}`);
  }
  const container = (options.container ?? (await globalContainer())).createChildContainer();
  const transient = new MemoryLedger(Date.now, false);
  provideDefaults(container, maxInFlight, transient);
  for (const plugin of plugins) await plugin.register(container);
  if (transport !== undefined) provide(container, TRANSPORT, () => transport);
  if (ledger !== undefined) provide(container, LEDGER, () => ledger);
  if (!container.isRegistered(TRANSPORT, true)) throw refuse('transport', 'is missing, and no plugin provides one');
  checkTransport(resolve(container, TRANSPORT));
  return { container, parts: partsOf(container, maxInFlight, transient) };
}

/** Loaded with the first runner: half of what it takes to load this package would be theirs. */
async function globalContainer(): Promise<DependencyContainer> {
  // Without it tsyringe refuses to be loaded.
  await import('reflect-metadata');
  // A bundler may give what is written for CommonJS as the default export alone.
  const loaded = await import('tsyringe');
  return (loaded.default ?? loaded).container;
}

function partsOf(container: DependencyContainer, maxInFlight: number, transient: RunLedger): RunParts {
  const ledger = resolve(container, LEDGER);
  return {
    transport: resolve(container, TRANSPORT),
    ledger,
    keepsRuns: ledger !== transient,
    isDry: false,
    pacer: resolve(container, PACER),
    clock: resolve(container, CLOCK),
    events: new LifecycleEmitter(),
    maxInFlight,
    distributor: container.isRegistered(DISTRIBUTOR, true) ? resolve(container, DISTRIBUTOR) : undefined,
  };
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
