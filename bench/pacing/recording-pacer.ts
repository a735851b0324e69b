import type { Feedback, Lane, Pacer, Permit } from '@appointed/core';

/** One request. */
export interface Sample {
  /** When it ended; of `performance.now()`. */
  readonly at: number;
  readonly latencyMs: number;
  readonly went: NonNullable<Feedback['went']>;
  /** How many were in flight when it was sent, itself included. */
  readonly inFlight: number;
}

/** Does what another pacer does, and writes down how the requests went. */
export class RecordingPacer implements Pacer {
  readonly samples: Sample[] = [];
  readonly #pacer: Pacer;
  #inFlight = 0;

  constructor(pacer: Pacer) {
    this.#pacer = pacer;
  }

  async acquire(lanes: readonly Lane[], signal: AbortSignal): Promise<Permit> {
    const permit = await this.#pacer.acquire(lanes, signal);
    this.#inFlight += 1;
    const inFlight = this.#inFlight;
    return {
      release: (feedback) => {
        this.#inFlight -= 1;
        const { went, latencyMs } = feedback;
        if (went !== undefined) this.samples.push({ at: performance.now(), latencyMs, went, inFlight });
        permit.release(feedback);
      },
    };
  }
}
