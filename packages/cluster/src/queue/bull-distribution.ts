import type { AppointedError, Distribution, WorkEventListener, WorkOrder, WorkReport } from '@appointed/core';
import type { Backbone } from '../connection/backbone.js';
import { decode, encode } from './codec.js';
import type { TravellingEvent, WorkJob } from './work-job.js';

/** So often it is looked whether jobs are still there, and a stopped call is told again to stop. */
const WATCH_MS = 1000;

/** A call that is stopped does not wait longer than that for a queue that is not there; nor, at once, for workers. */
const PATIENCE_MS = 10_000;

interface Waiting {
  /** Until then it cannot be missing. */
  isAdded: boolean;
  resolve(report: WorkReport | undefined): void;
}

/** The jobs of one call. */
export class BullDistribution implements Distribution {
  readonly #backbone: Backbone;
  readonly #call: string;
  readonly #onEvent: WorkEventListener;
  readonly #onEnd: () => void;
  readonly #waiting = new Map<string, Waiting>();
  #count = 0;
  #stopsAtOnce: boolean | undefined;
  #stoppedAt = Number.POSITIVE_INFINITY;
  #hasEnded = false;
  #watch: NodeJS.Timeout | undefined;
  #isLooking = false;

  constructor(backbone: Backbone, call: string, onEvent: WorkEventListener, onEnd: () => void) {
    this.#backbone = backbone;
    this.#call = call;
    this.#onEvent = onEvent;
    this.#onEnd = onEnd;
    this.#watch = setInterval(() => void this.#look(), WATCH_MS);
  }

  handOut(order: WorkOrder): Promise<WorkReport | undefined> {
    this.#count += 1;
    // BullMQ forbids colons.
    const jobId = `${this.#call}.${this.#count}`;
    return new Promise((resolve, reject) => {
      this.#waiting.set(jobId, { isAdded: false, resolve });
      this.#add(jobId, order).catch((error: unknown) => {
        this.#waiting.delete(jobId);
        reject(error);
      });
    });
  }

  async #add(jobId: string, order: WorkOrder): Promise<void> {
    const job: WorkJob = { runId: order.manifest.runId, call: this.#call, order: encode(order) };
    await this.#backbone.queue.add('work', job, { jobId });
    const waiting = this.#waiting.get(jobId);
    if (waiting !== undefined) waiting.isAdded = true;
    // Nobody waited for the queue to come back.
    else await this.#backbone.withdraw(jobId);
  }

  stop(_reason: AppointedError, atOnce: boolean): void {
    if (this.#stopsAtOnce === undefined || atOnce) this.#stoppedAt = performance.now();
    this.#stopsAtOnce = atOnce || this.#stopsAtOnce === true;
    this.#tellStop();
  }

  async end(): Promise<void> {
    this.#hasEnded = true;
    this.#endIfDone();
    await this.#look();
  }

  /** A job was done. @param report encoded */
  done(jobId: string, report: string): void {
    this.#settle(jobId, decode<WorkReport>(report));
  }

  /** A job failed, or is not there any more. */
  lost(jobId: string): void {
    this.#settle(jobId, undefined);
  }

  tell([event, payload]: TravellingEvent): void {
    this.#onEvent(event, payload as never);
  }

  #settle(jobId: string, report: WorkReport | undefined): void {
    const waiting = this.#waiting.get(jobId);
    if (waiting === undefined) return;
    this.#waiting.delete(jobId);
    waiting.resolve(report);
    this.#endIfDone();
  }

  #endIfDone(): void {
    if (!this.#hasEnded || this.#waiting.size > 0) return;
    clearInterval(this.#watch);
    this.#onEnd();
  }

  #tellStop(): void {
    if (this.#stopsAtOnce === undefined) return;
    this.#backbone.messages.tell({ kind: 'stop', call: this.#call, atOnce: this.#stopsAtOnce });
  }

  /** Whoever was not there to hear that a job is over learns it here: also when the queue has lost everything. */
  async #look(): Promise<void> {
    this.#tellStop();
    const isOverdue = performance.now() - this.#stoppedAt > PATIENCE_MS;
    for (const [jobId, { isAdded }] of this.#waiting) {
      // Where it could not be added the queue is not there.
      if (isOverdue && (this.#stopsAtOnce === true || !isAdded)) this.lost(jobId);
    }
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const added = [...this.#waiting].filter(([, { isAdded }]) => isAdded);
      await Promise.all(added.map(([jobId]) => this.#lookAt(jobId)));
    } catch {
      // The server is not there: it is looked again.
    } finally {
      this.#isLooking = false;
    }
  }

  async #lookAt(jobId: string): Promise<void> {
    const job = await this.#backbone.queue.getJob(jobId);
    if (job === undefined) return this.lost(jobId);
    if (job.finishedOn !== undefined) {
      return typeof job.returnvalue === 'string' ? this.done(jobId, job.returnvalue) : this.lost(jobId);
    }
    const isWanted = !this.#hasEnded && this.#stopsAtOnce === undefined;
    if (!isWanted && (await this.#backbone.withdraw(jobId))) this.lost(jobId);
  }
}
