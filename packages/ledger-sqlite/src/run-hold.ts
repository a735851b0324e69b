import { AppointedError, type Hold } from '@appointed/core';
import { HOLD_LEASE_MS } from './hold-table.js';

const HEARTBEAT_MS = HOLD_LEASE_MS / 6;

/** How a hold is kept up and given back. */
export interface HoldKeeper {
  /** @returns false when somebody else has taken over */
  renew(): Promise<boolean>;
  release(): Promise<void>;
}

/** A run that this process holds, and says so every few seconds. */
export class RunHold implements Hold {
  readonly #keeper: HoldKeeper;
  readonly #lost = new AbortController();
  readonly #heartbeat: NodeJS.Timeout;
  #renewedAt = performance.now();
  #released = false;

  constructor(keeper: HoldKeeper) {
    this.#keeper = keeper;
    this.#heartbeat = setInterval(() => void this.#renew(), HEARTBEAT_MS);
    // Who only holds a run has nothing more to do, and may end.
    this.#heartbeat.unref();
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  async release(): Promise<void> {
    if (this.#released) return;
    this.#end();
    await this.#keeper.release();
  }

  async #renew(): Promise<void> {
    const askedAt = performance.now();
    try {
      if (await this.#keeper.renew()) this.#renewedAt = askedAt;
      else this.#lose(new AppointedError('run_held', 'somebody else has taken the run over'));
    } catch (error) {
      // One that fails may be followed by one that succeeds, as long as nobody else may take over.
      if (askedAt - this.#renewedAt >= HOLD_LEASE_MS - HEARTBEAT_MS) this.#lose(error);
    }
  }

  #lose(reason: unknown): void {
    if (this.#released) return;
    this.#end();
    this.#lost.abort(reason);
  }

  #end(): void {
    this.#released = true;
    clearInterval(this.#heartbeat);
  }
}
