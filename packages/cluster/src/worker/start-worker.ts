import { type AppointmentTransport, createRunWorker, type EventName, type Listener, PACER } from '@appointed/core';
import { provide, type RunLedger, type RunnerOptions, type RunWorker } from '@appointed/core';
import type { Backbone } from '../connection/backbone.js';
import { connect } from '../connection/connect.js';
import type { ClusterOptions } from '../connection/connection.js';
import { type PacingOptions, readPacing } from '../pacer/pacing-options.js';
import { SharedPacer } from '../pacer/shared-pacer.js';
import { type Health, type HealthOptions, HealthServer } from './health-server.js';
import { loadFactories, type WorkerFactory } from './load-factories.js';
import { OrderDesk } from './order-desk.js';
import type { WorkerRecord } from './worker-log.js';

/** While one order comes to its end, with few mailboxes left, another one is begun. */
const ORDERS_AT_ONCE = 2;

/** What a worker is made of. */
export interface ClusterWorkerOptions
  extends ClusterOptions, PacingOptions, Pick<RunnerOptions, 'plugins' | 'container'> {
  /** The ledger that the runner has. */
  readonly ledger: RunLedger;
  readonly transport: AppointmentTransport;
  /** By the names of their slots. Nobody's code travels: every worker has the factories, each of the version that a run has. */
  readonly factories: Readonly<Record<string, WorkerFactory>>;
  /** Says over HTTP, at `/health`, how it is. By default nowhere. */
  readonly health?: HealthOptions;
  /** Told what the worker does. By default nobody is. */
  readonly log?: (record: WorkerRecord) => void;
}

/** A worker at work. */
export interface ClusterWorker {
  /** Of its own work only. */
  on<E extends EventName>(event: E, listener: Listener<E>): this;
  off<E extends EventName>(event: E, listener: Listener<E>): this;
  /** How it is. */
  health(): Promise<Health>;
  /** Where `/health` is answered; undefined where it is not. */
  readonly healthPort: number | undefined;
  /** Takes no more work, ends what is under way, gives back what was claimed and not begun, and closes all but the ledger. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a worker: it does the work of runners ({@link clusterRunner}) that have the same connection and ledger. Of a run
 * whose factories it has not, or in another version, it refuses the work, and the run stops with `factory_unresolvable`
 * or `factory_changed`.
 * @throws AppointedError `invalid_options`, `connection_failed`, `factory_unresolvable`; what a plugin's `register` throws
 */
export async function startWorker(options: ClusterWorkerOptions): Promise<ClusterWorker> {
  const pacing = readPacing(options);
  const factories = await loadFactories(options.factories);
  const { container, ledger, plugins = [], transport } = options;
  const backbone = await connect(options);
  const pacer = new SharedPacer(backbone.permits, backbone.messages, pacing);
  const worker = await pacer
    .learn()
    .then(() =>
      createRunWorker({
        transport,
        ledger,
        plugins: [...plugins, { name: 'cluster', register: (own) => provide(own, PACER, () => pacer) }],
        factories,
        maxInFlight: pacing.maxInFlight,
        ...(container && { container }),
      }),
    )
    .catch((error: unknown) => backbone.close().then(() => Promise.reject(error)));
  const working = new Working(worker, backbone, pacer, options.log ?? (() => undefined));
  try {
    if (options.health !== undefined) await working.tellHealth(options.health);
  } catch (error) {
    await working.close();
    throw error;
  }
  return working;
}

class Working implements ClusterWorker {
  readonly #worker: RunWorker;
  readonly #backbone: Backbone;
  readonly #pacer: SharedPacer;
  readonly #desk: OrderDesk;
  readonly #jobs: ReturnType<Backbone['worker']>;
  readonly #log: (record: WorkerRecord) => void;
  #healthServer: HealthServer | undefined;
  #closing: Promise<void> | undefined;

  constructor(worker: RunWorker, backbone: Backbone, pacer: SharedPacer, log: (record: WorkerRecord) => void) {
    this.#worker = worker;
    this.#backbone = backbone;
    this.#pacer = pacer;
    this.#log = log;
    this.#desk = new OrderDesk(worker, backbone.messages, log);
    this.#jobs = backbone.worker(this.#desk.work, ORDERS_AT_ONCE);
    log({ event: 'ready', pid: process.pid });
  }

  async tellHealth(options: HealthOptions): Promise<void> {
    this.#healthServer = await HealthServer.start(options, () => this.health());
  }

  get healthPort(): number | undefined {
    return this.#healthServer?.port;
  }

  async health(): Promise<Health> {
    const { isDraining, orders } = this.#desk;
    if (isDraining) return { status: 'draining', orders };
    return { status: (await this.#backbone.isReachable()) ? 'ready' : 'unreachable', orders };
  }

  on<E extends EventName>(event: E, listener: Listener<E>): this {
    this.#worker.on(event, listener);
    return this;
  }

  off<E extends EventName>(event: E, listener: Listener<E>): this {
    this.#worker.off(event, listener);
    return this;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    this.#log({ event: 'draining', orders: this.#desk.orders });
    this.#desk.drain();
    await this.#jobs.close();
    this.#desk.close();
    await this.#worker.close();
    await this.#pacer.close();
    await this.#backbone.close();
    await this.#healthServer?.close();
    this.#log({ event: 'closed' });
  }
}
