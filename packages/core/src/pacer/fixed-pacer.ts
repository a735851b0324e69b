import type { Feedback, Lane, Pacer, Permit } from './pacer.js';

/**
 * A plain cap: never more than `maxInFlight` requests at once, never more on a lane than the lane says, and none on a
 * lane for as long as the server asked for quiet there.
 * @param maxInFlight at least 1
 */
export function fixedPacer(maxInFlight: number): Pacer {
  return new FixedPacer(maxInFlight);
}

interface LaneState {
  inFlight: number;
  quietUntil: number;
}

interface Waiting {
  readonly lanes: readonly Lane[];
  readonly grant: (permit: Permit) => void;
}

class FixedPacer implements Pacer {
  readonly #maxInFlight: number;
  readonly #lanes = new Map<string, LaneState>();
  readonly #waiting = new Set<Waiting>();
  #inFlight = 0;
  #wakeUp: NodeJS.Timeout | undefined;

  constructor(maxInFlight: number) {
    this.#maxInFlight = maxInFlight;
  }

  acquire(lanes: readonly Lane[], signal: AbortSignal): Promise<Permit> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.#waiting.size === 0 && this.#mayGo(lanes)) return Promise.resolve(this.#go(lanes));
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        this.#waiting.delete(waiting);
        if (this.#waiting.size === 0) clearTimeout(this.#wakeUp);
        reject(signal.reason);
      };
      const grant = (permit: Permit): void => {
        signal.removeEventListener('abort', giveUp);
        resolve(permit);
      };
      const waiting = { lanes, grant };
      this.#waiting.add(waiting);
      signal.addEventListener('abort', giveUp, { once: true });
      this.#admit();
    });
  }

  #mayGo(lanes: readonly Lane[]): boolean {
    return this.#inFlight < this.#maxInFlight && lanes.every((lane) => this.#isFree(lane));
  }

  #isFree(lane: Lane): boolean {
    const state = this.#lanes.get(lane.id);
    if (state === undefined) return true;
    return state.quietUntil <= Date.now() && state.inFlight < (lane.maxInFlight ?? Number.POSITIVE_INFINITY);
  }

  #go(lanes: readonly Lane[]): Permit {
    this.#inFlight += 1;
    for (const lane of lanes) this.#stateOf(lane.id).inFlight += 1;
    let held = true;
    return {
      release: (feedback) => {
        if (!held) return;
        held = false;
        this.#release(lanes, feedback);
      },
    };
  }

  #release(lanes: readonly Lane[], { pause }: Feedback): void {
    this.#inFlight -= 1;
    for (const lane of lanes) this.#stateOf(lane.id).inFlight -= 1;
    if (pause !== undefined) {
      const state = this.#stateOf(pause.lane);
      state.quietUntil = Math.max(state.quietUntil, Date.now() + pause.ms);
    }
    for (const lane of lanes) this.#forgetIdle(lane.id);
    this.#admit();
  }

  #admit(): void {
    for (const waiting of this.#waiting) {
      if (this.#inFlight >= this.#maxInFlight) return;
      if (!this.#mayGo(waiting.lanes)) continue;
      this.#waiting.delete(waiting);
      waiting.grant(this.#go(waiting.lanes));
    }
    this.#wakeWhenQuietEnds();
  }

  /** A timer only while somebody waits for a quiet lane, so that it never keeps a finished process alive. */
  #wakeWhenQuietEnds(): void {
    clearTimeout(this.#wakeUp);
    const now = Date.now();
    let soonest = Number.POSITIVE_INFINITY;
    for (const { lanes } of this.#waiting) {
      for (const { id } of lanes) {
        const quietUntil = this.#lanes.get(id)?.quietUntil ?? 0;
        if (quietUntil > now) soonest = Math.min(soonest, quietUntil);
      }
    }
    if (soonest === Number.POSITIVE_INFINITY) return;
    this.#wakeUp = setTimeout(() => this.#admit(), Math.min(soonest - now, LONGEST_TIMER));
  }

  #stateOf(id: string): LaneState {
    const found = this.#lanes.get(id);
    if (found !== undefined) return found;
    const state = { inFlight: 0, quietUntil: 0 };
    this.#lanes.set(id, state);
    return state;
  }

  /** There is a lane for each mailbox: what says nothing any more must not stay. */
  #forgetIdle(id: string): void {
    const state = this.#lanes.get(id);
    if (state?.inFlight === 0 && state.quietUntil <= Date.now()) this.#lanes.delete(id);
  }
}

/** A longer delay makes Node's timers fire at once. */
const LONGEST_TIMER = 2_147_483_647;
