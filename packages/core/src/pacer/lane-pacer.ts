import { AbortWatch } from './abort-watch.js';
import { LaneGate, type Waiting } from './lane-gate.js';
import type { PaceChange, PaceListener } from './pace-change.js';
import type { Feedback, Lane, Pacer, Permit } from './pacer.js';

/** Gates that are needed no more are looked for when there are so many, and later when twice as many are left. */
const FEW_GATES = 64;

/** Lets a request pass when all gates of its lanes are open. What waits does so at the first that is closed. */
export class LanePacer implements Pacer {
  readonly #all = new LaneGate('');
  /** Of the lanes that have limits. */
  readonly #gates = new Map<string, LaneGate>();
  /** Of those that are to be quiet and have no limits: a mailbox's lane, mostly, of which there is nothing else to know. */
  readonly #quiet = new Map<string, LaneGate>();
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
    for (const lane of lanes) {
      const gate = hasLimits(lane) ? this.#gateOf(lane) : this.#quietGateOf(lane);
      if (gate !== undefined) gates.push(gate);
    }
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
    this.#quieten(lane, performance.now() + ms);
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
    if (pause !== undefined && quietUntil !== undefined) this.#quieten(pause.lane, quietUntil);
    this.#leave(gates);
  }

  #leave(gates: readonly LaneGate[]): void {
    for (const gate of gates) {
      gate.users -= 1;
      gate.admit();
      if (gate.isForgettable()) this.#forget(gate);
    }
    if (this.#gates.size + this.#quiet.size >= this.#sweepAt) this.#sweep();
  }

  #gateOf(lane: Lane): LaneGate {
    const { id } = lane;
    const gate = this.#gates.get(id) ?? this.#addGate(id);
    gate.describe(lane, this.#mostInWindow);
    return gate;
  }

  #addGate(id: string): LaneGate {
    const gate = this.#quiet.get(id) ?? new LaneGate(id);
    this.#quiet.delete(id);
    this.#gates.set(id, gate);
    return gate;
  }

  /** To look for it takes longer than all else, and as a rule there are none. */
  #quietGateOf({ id }: Lane): LaneGate | undefined {
    return this.#quiet.size === 0 ? undefined : this.#quiet.get(id);
  }

  #quieten(id: string, until: number): void {
    const gate = this.#gates.get(id) ?? this.#quiet.get(id) ?? new LaneGate(id);
    if (!this.#gates.has(id)) this.#quiet.set(id, gate);
    this.#tell(gate.quiet(until, this.#next));
  }

  #forget(gate: LaneGate): void {
    const gates = this.#gates.get(gate.id) === gate ? this.#gates : this.#quiet;
    gates.delete(gate.id);
  }

  /** Mailboxes that were quiet when their last request ended. */
  #sweep(): void {
    for (const gates of [this.#gates, this.#quiet]) {
      for (const [id, gate] of gates) if (gate.isForgettable()) gates.delete(id);
    }
    this.#sweepAt = Math.max(FEW_GATES, 2 * (this.#gates.size + this.#quiet.size));
  }

  #tell(change: PaceChange | undefined): void {
    if (change !== undefined) for (const listener of this.#listeners) listener(change);
  }
}

function hasLimits({ maxInFlight, shared, budget }: Lane): boolean {
  return maxInFlight !== undefined || shared !== undefined || budget !== undefined;
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
