import { AbortWatch } from './abort-watch.js';
import { LaneGate, type Waiting } from './lane-gate.js';
import type { PaceChange, PaceListener } from './pace-change.js';
import type { Feedback, Lane, Pacer, Permit } from './pacer.js';

/** Gates that are needed no more are looked for when there are so many, and later when twice as many are left. */
const FEW_GATES = 64;

/** Lets a request pass when all gates of its lanes are open. What waits does so at the first that is closed. */
export class LanePacer implements Pacer {
  readonly #all = new LaneGate('');
  readonly #gates = new Map<string, LaneGate>();
  readonly #aborts = new AbortWatch();
  readonly #listeners = new Set<PaceListener>();
  readonly #mostInWindow: number | undefined;
  #next = 0;
  #sweepAt = FEW_GATES;

  /**
   * @param maxInFlight the most requests in flight
   * @param findsLimits lanes that are shared have a window
   */
  constructor(maxInFlight: number, findsLimits: boolean) {
    this.#all.describe({ id: '', maxInFlight }, undefined);
    this.#mostInWindow = findsLimits ? maxInFlight : undefined;
  }

  acquire(lanes: readonly Lane[], signal: AbortSignal): Promise<Permit> {
    if (signal.aborted) return Promise.reject(signal.reason);
    const gates = [this.#all];
    for (const lane of lanes) gates.push(this.#gateOf(lane));
    let closed: LaneGate | undefined;
    for (const gate of gates) {
      gate.users += 1;
      if (closed === undefined && gate.isClosed()) closed = gate;
    }
    if (closed === undefined) return Promise.resolve(this.#permit(gates));
    return new Promise((resolve, reject) => {
      const waiting = new WaitingRequest(gates, closed, signal, (at) => {
        this.#aborts.delete(signal, giveUp);
        resolve(this.#permit(at));
      });
      const giveUp = (): void => {
        waiting.giveUp();
        this.#leave(gates);
        reject(signal.reason);
      };
      this.#aborts.add(signal, giveUp);
    });
  }

  listen(listener: PaceListener): () => void {
    // Wrapped, so that the same function may listen twice and each end its own.
    const told: PaceListener = (change) => listener(change);
    this.#listeners.add(told);
    return () => this.#listeners.delete(told);
  }

  quiet(lane: string, ms: number): void {
    this.#tell(this.#gateFor(lane).quiet(performance.now() + ms, this.#next));
  }

  #permit(gates: readonly LaneGate[]): Permit {
    const places = gates.map((gate) => gate.enter());
    this.#next += 1;
    return new LanePermit(this, gates, places, this.#next - 1);
  }

  /** Of {@link LanePermit}: its request has ended. */
  ended({ gates, places, number }: LanePermit, { went, latencyMs, pause }: Feedback): void {
    const quietUntil = pause && performance.now() + pause.ms;
    gates.forEach((gate, index) => {
      const place = places[index] ?? 0;
      this.#tell(gate.leave({ went, latencyMs, number, place, quietUntil }, this.#next));
    });
    if (pause !== undefined && quietUntil !== undefined) {
      this.#tell(this.#gateFor(pause.lane).quiet(quietUntil, this.#next));
    }
    this.#leave(gates);
  }

  #leave(gates: readonly LaneGate[]): void {
    for (const gate of gates) {
      gate.users -= 1;
      gate.admit();
      if (gate.isForgettable()) this.#gates.delete(gate.id);
    }
    if (this.#gates.size >= this.#sweepAt) this.#sweep();
  }

  #gateOf(lane: Lane): LaneGate {
    const gate = this.#gateFor(lane.id);
    gate.describe(lane, this.#mostInWindow);
    return gate;
  }

  #gateFor(id: string): LaneGate {
    const found = this.#gates.get(id);
    if (found !== undefined) return found;
    const gate = new LaneGate(id);
    this.#gates.set(id, gate);
    return gate;
  }

  /** Mailboxes that were quiet when their last request ended. */
  #sweep(): void {
    for (const [id, gate] of this.#gates) if (gate.isForgettable()) this.#gates.delete(id);
    this.#sweepAt = Math.max(FEW_GATES, 2 * this.#gates.size);
  }

  #tell(change: PaceChange | undefined): void {
    if (change !== undefined) for (const listener of this.#listeners) listener(change);
  }
}

class LanePermit implements Permit {
  readonly gates: readonly LaneGate[];
  /** How many were in flight at each gate, with this one. */
  readonly places: readonly number[];
  readonly number: number;
  readonly #pacer: LanePacer;
  #isHeld = true;

  constructor(pacer: LanePacer, gates: readonly LaneGate[], places: readonly number[], number: number) {
    this.#pacer = pacer;
    this.gates = gates;
    this.places = places;
    this.number = number;
  }

  release(feedback: Feedback): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.#pacer.ended(this, feedback);
  }
}

class WaitingRequest implements Waiting {
  readonly #gates: readonly LaneGate[];
  readonly #signal: AbortSignal;
  readonly #pass: (gates: readonly LaneGate[]) => void;
  #at: LaneGate;

  constructor(
    gates: readonly LaneGate[],
    closed: LaneGate,
    signal: AbortSignal,
    pass: (gates: readonly LaneGate[]) => void,
  ) {
    this.#gates = gates;
    this.#signal = signal;
    this.#pass = pass;
    this.#at = closed;
    closed.wait(this);
  }

  retry(from: LaneGate): void {
    // Those who wait are told of an abort one after the other: its own turn is about to come.
    if (this.#signal.aborted) return;
    const closed = this.#gates.find((gate) => gate !== from && gate.isClosed());
    if (closed === undefined) return this.#pass(this.#gates);
    this.#at = closed;
    closed.wait(this);
  }

  giveUp(): void {
    this.#at.giveUp(this);
  }
}
