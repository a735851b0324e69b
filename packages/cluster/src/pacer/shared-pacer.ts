import { randomUUID } from 'node:crypto';
import { adaptivePacer, type Lane, type Pacer, type PaceListener, type Permit } from '@appointed/core';
import type { Messages } from '../connection/messages.js';
import { type CappedLane, Permits } from './permits.js';
import type { PermitStore } from './permit-store.js';

/** As long as a request may take by default. */
const USUAL_TIMEOUT_MS = 60_000;

/** How many may be in flight. */
export interface SharedPacerOptions {
  /** In this process. */
  readonly maxInFlight: number;
  /** Over all processes. */
  readonly maxInFlightOverall: number;
}

/**
 * A pacer that keeps to the lanes' caps and quiet times together with those of other processes. How many requests a
 * server bears each finds out for itself, as several clients of one server do: what it finds is its part.
 */
export class SharedPacer implements Pacer {
  readonly #own: Pacer;
  readonly #permits: Permits;
  readonly #store: PermitStore;
  readonly #messages: Messages;
  readonly #overall: number;
  readonly #id = randomUUID();
  /** When the quiet of a lane ends, on the clock of `performance.now`. */
  readonly #quietUntil = new Map<string, number>();
  readonly #stopListening: readonly (() => void)[];
  #isTold = false;

  constructor(store: PermitStore, messages: Messages, { maxInFlight, maxInFlightOverall }: SharedPacerOptions) {
    this.#own = adaptivePacer({ maxInFlight });
    this.#permits = new Permits(store, this.#id);
    this.#store = store;
    this.#messages = messages;
    this.#overall = maxInFlightOverall;
    this.#stopListening = [
      messages.listen((message) => {
        if (message.kind === 'quiet' && message.from !== this.#id) this.quiet(message.lane, message.ms);
      }),
      this.listen(({ lane, reason, quietMs }) => {
        if (reason === 'quiet' && quietMs !== undefined) this.#tellQuiet(lane, quietMs);
      }),
    ];
  }

  /** Learns which lanes are quiet already. */
  async learn(): Promise<void> {
    for (const { lane, ms } of await this.#store.quietLanes()) this.quiet(lane, ms);
  }

  async acquire(lanes: readonly Lane[], signal: AbortSignal, timeoutMs: number = USUAL_TIMEOUT_MS): Promise<Permit> {
    const capped = this.#capped(lanes);
    for (;;) {
      const own = await this.#own.acquire(lanes, signal);
      if (capped.length === 0) return own;
      const giveBack = await this.#take(capped, timeoutMs, signal, own);
      const release = (feedback: Parameters<Permit['release']>[0]): void => {
        giveBack();
        own.release(feedback);
      };
      // While it waited for its permits somebody may have been told to leave a lane quiet.
      if (!lanes.some(({ id }) => this.#isQuiet(id))) return { release };
      release({ latencyMs: 0 });
    }
  }

  listen(listener: PaceListener): () => void {
    return this.#own.listen?.(listener) ?? (() => undefined);
  }

  quiet(lane: string, ms: number): void {
    this.#note(lane, ms);
    this.#isTold = true;
    try {
      this.#own.quiet?.(lane, ms);
    } finally {
      this.#isTold = false;
    }
  }

  /** Gives its permits up. */
  async close(): Promise<void> {
    for (const stop of this.#stopListening) stop();
    await this.#permits.close();
  }

  #capped(lanes: readonly Lane[]): readonly CappedLane[] {
    const capped = lanes.flatMap(({ id, maxInFlight }) =>
      maxInFlight === undefined ? [] : [{ id, cap: maxInFlight }],
    );
    return this.#overall === Number.POSITIVE_INFINITY ? capped : [{ id: '', cap: this.#overall }, ...capped];
  }

  async #take(capped: readonly CappedLane[], timeoutMs: number, signal: AbortSignal, own: Permit): Promise<() => void> {
    try {
      return await this.#permits.take(capped, timeoutMs, signal);
    } catch (error) {
      own.release({ latencyMs: 0 });
      throw error;
    }
  }

  /** The others are to be quiet, too; unless it was they who said so. */
  #tellQuiet(lane: string, ms: number): void {
    if (this.#isTold) return;
    this.#note(lane, ms);
    this.#messages.tell({ kind: 'quiet', from: this.#id, lane, ms });
    void this.#store.quiet(lane, ms).catch(() => undefined);
  }

  #note(lane: string, ms: number): void {
    const now = performance.now();
    for (const [id, until] of this.#quietUntil) if (until <= now) this.#quietUntil.delete(id);
    this.#quietUntil.set(lane, Math.max(this.#quietUntil.get(lane) ?? 0, now + ms));
  }

  #isQuiet(lane: string): boolean {
    return (this.#quietUntil.get(lane) ?? 0) > performance.now();
  }
}
