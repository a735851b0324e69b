import type { EventName, LifecycleEvents } from '@appointed/core';
import { encode } from '../queue/codec.js';
import type { TravellingEvent } from '../queue/work-job.js';

/** Events are told so often, many at once. */
const TELL_MS = 100;

/** So many may wait to be told; those beyond are told to the worker's own listeners only. */
const MOST_WAITING = 1000;

/** Collects events and tells them in lots. */
export class EventPost {
  readonly #send: (events: string) => Promise<unknown>;
  #waiting: TravellingEvent[] = [];
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<unknown> = Promise.resolve();

  constructor(send: (events: string) => Promise<unknown>) {
    this.#send = send;
  }

  readonly add = <E extends EventName>(event: E, payload: LifecycleEvents[E]): void => {
    if (this.#waiting.length >= MOST_WAITING) return;
    this.#waiting.push([event, payload] as unknown as TravellingEvent);
    this.#timer ??= setTimeout(() => void this.flush(), TELL_MS);
  };

  /** Tells what waits, one lot after the other. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const events = this.#waiting;
    this.#waiting = [];
    // Nobody depends on events: the ledger knows.
    if (events.length > 0) this.#sending = this.#sending.then(() => this.#send(encode(events))).catch(() => undefined);
    await this.#sending;
  }
}
