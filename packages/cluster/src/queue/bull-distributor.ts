import { randomUUID } from 'node:crypto';
import { AppointedError, type DistributedCall, type Distribution, type Distributor } from '@appointed/core';
import type { Backbone } from '../connection/backbone.js';
import { BullDistribution } from './bull-distribution.js';
import { decode } from './codec.js';
import type { TravellingEvent, WorkJob, WorkProgress } from './work-job.js';

/** Hands out work as jobs of a BullMQ queue. */
export class BullDistributor implements Distributor {
  readonly #backbone: Backbone;
  /** By the ids of their calls. */
  readonly #distributions = new Map<string, BullDistribution>();

  constructor(backbone: Backbone) {
    this.#backbone = backbone;
    const { events } = backbone;
    events.on('completed', ({ jobId, returnvalue }) => this.#of(jobId)?.done(jobId, String(returnvalue)));
    events.on('failed', ({ jobId }) => this.#of(jobId)?.lost(jobId));
    events.on('progress', ({ jobId, data }) => this.#tell(jobId, data as unknown as WorkProgress));
  }

  async begin(runId: string, call: DistributedCall): Promise<Distribution> {
    const id = randomUUID();
    const stopListening = this.#backbone.messages.listen((message) => {
      if (message.kind === 'cancel' && message.runId === runId) call.stop(cancelled(runId));
    });
    const distribution = new BullDistribution(this.#backbone, id, call.onEvent, () => {
      stopListening();
      this.#distributions.delete(id);
    });
    this.#distributions.set(id, distribution);
    // Not awaited: the queue may not be there at the moment.
    void this.#withdraw(runId, id).catch(() => undefined);
    return distribution;
  }

  /** Orders of an earlier call, whose process has died, may say what is not wanted any more. */
  async #withdraw(runId: string, call: string): Promise<void> {
    const { messages, queue, withdraw } = this.#backbone;
    for (const { data, id = '' } of await queue.getJobs(['waiting', 'active'])) {
      const job = data as WorkJob;
      if (job.runId !== runId || job.call === call) continue;
      messages.tell({ kind: 'stop', call: job.call, atOnce: false });
      await withdraw(id);
    }
  }

  /** A job is named after its call. */
  #of(jobId: string): BullDistribution | undefined {
    return this.#distributions.get(jobId.slice(0, jobId.lastIndexOf('.')));
  }

  #tell(jobId: string, { events }: WorkProgress): void {
    const distribution = this.#of(jobId);
    if (distribution === undefined) return;
    for (const event of decode<readonly TravellingEvent[]>(events)) distribution.tell(event);
  }
}

function cancelled(runId: string): AppointedError {
  const hint = 'Continue it when it is to go on.';
  return new AppointedError('paused', `somebody has cancelled the run ${runId}`, { field: 'id', hint });
}
