import { AppointedError, type RunWorker, type WorkOrder, type WorkReport } from '@appointed/core';
import type { Work } from '../connection/backbone.js';
import type { Messages } from '../connection/messages.js';
import { decode, encode } from '../queue/codec.js';
import type { WorkJob } from '../queue/work-job.js';
import { EventPost } from './event-post.js';
import type { WorkerRecord } from './worker-log.js';

interface Current {
  readonly call: string;
  readonly pause: AbortController;
  readonly signal: AbortController;
}

/** So many calls are known to have been stopped, the last ones. */
const MOST_STOPPED = 100;

const NOTHING: WorkReport = { taken: 0, ended: 0, rejected: 0, duplicates: 0, heldBack: [] };

/** Where a worker's orders come in, and where they are stopped. */
export class OrderDesk {
  readonly #worker: RunWorker;
  readonly #log: (record: WorkerRecord) => void;
  readonly #current = new Set<Current>();
  /** Calls that were stopped: an order of theirs may still be on its way. */
  readonly #stopped = new Set<string>();
  readonly #stopListening: () => void;
  #isDraining = false;

  constructor(worker: RunWorker, messages: Messages, log: (record: WorkerRecord) => void) {
    this.#worker = worker;
    this.#log = log;
    this.#stopListening = messages.listen((message) => {
      if (message.kind === 'stop') this.#stopCall(message.call, message.atOnce);
    });
  }

  /** How many orders are being worked on. */
  get orders(): number {
    return this.#current.size;
  }

  get isDraining(): boolean {
    return this.#isDraining;
  }

  /** Works on a job of the queue. */
  readonly work: Work = async ({ call, order }: WorkJob, tell) => {
    if (this.#isDraining || this.#stopped.has(call)) return encode(NOTHING);
    const current = { call, pause: new AbortController(), signal: new AbortController() };
    this.#current.add(current);
    const post = new EventPost(tell);
    try {
      return encode(await this.#report(decode<WorkOrder>(order), current, post));
    } finally {
      this.#current.delete(current);
      await post.flush();
    }
  };

  /** Begins nothing more; what is under way ends, and what was claimed and not begun is given back. */
  drain(): void {
    this.#isDraining = true;
    this.#stop(() => true, false);
  }

  close(): void {
    this.#stopListening();
  }

  #stopCall(call: string, atOnce: boolean): void {
    this.#stopped.add(call);
    const [oldest] = this.#stopped;
    if (this.#stopped.size > MOST_STOPPED && oldest !== undefined) this.#stopped.delete(oldest);
    this.#stop((current) => current.call === call, atOnce);
  }

  #stop(isMeant: (current: Current) => boolean, atOnce: boolean): void {
    for (const current of this.#current) {
      if (isMeant(current)) (atOnce ? current.signal : current.pause).abort();
    }
  }

  /** An order that is refused stops its call, unless it is of one that is over. */
  async #report(order: WorkOrder, { pause, signal }: Current, { add: onEvent }: EventPost): Promise<WorkReport> {
    const { runId } = order.manifest;
    const began = performance.now();
    try {
      const report = await this.#worker.work(order, { pause: pause.signal, signal: signal.signal, onEvent });
      const { ended, rejected, stopped } = report;
      if (stopped !== undefined) this.#log({ event: 'order_stopped', runId, ...said(stopped) });
      const ms = Math.round(performance.now() - began);
      this.#log({ event: 'order_done', runId, verb: order.verb, ended, rejected, ms });
      return report;
    } catch (error) {
      if (!AppointedError.is(error)) throw error;
      this.#log({ event: 'order_refused', runId, ...said(error) });
      return { ...NOTHING, stopped: error };
    }
  }
}

function said({ code, message }: AppointedError): { readonly code: string; readonly message: string } {
  return { code, message };
}
