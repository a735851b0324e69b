import type { LifecycleEvents, PaceChange } from '@appointed/core';
import type { Attributes, Counter, Gauge, Histogram, Meter, UpDownCounter } from '@opentelemetry/api';
import type { Ended } from './outcomes.js';

/** In seconds: a server that is near answers in 0.02, one that is asked to rest in minutes. */
const DURATIONS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];
/** Of the lanes of single mailboxes there may be a million, and their names are addresses. */
const OF_ONE_MAILBOX = /^([^:]*):(?:mailbox|smtp|upn|sid):/;

/** Counters and times. No attribute names a run, a mailbox or anything else of which there may be many. */
export class RunMetrics {
  readonly #placements: Counter;
  readonly #durations: Histogram;
  readonly #inFlight: UpDownCounter;
  readonly #duplicates: Counter;
  readonly #runs: Counter;
  readonly #quiet: Counter;
  readonly #limit: Gauge;

  constructor(meter: Meter) {
    this.#placements = meter.createCounter('appointed.placements', {
      unit: '{placement}',
      description: 'What placements came to, each time that they had their turn.',
    });
    this.#durations = meter.createHistogram('appointed.placement.duration', {
      unit: 's',
      description: 'From the turn of a placement to what it came to; waiting for the pacer included.',
      advice: { explicitBucketBoundaries: DURATIONS },
    });
    this.#inFlight = meter.createUpDownCounter('appointed.placements.in_flight', {
      unit: '{placement}',
      description: 'Placements that have had their turn and are not settled yet.',
    });
    this.#duplicates = meter.createCounter('appointed.duplicates', {
      unit: '{item}',
      description: 'Items found beyond the one for a placement.',
    });
    this.#runs = meter.createCounter('appointed.runs', { unit: '{run}', description: 'Runs that have ended.' });
    this.#quiet = meter.createCounter('appointed.throttled.time', {
      unit: 's',
      description: 'For how long lanes were to be quiet, since the server was busy.',
    });
    this.#limit = meter.createGauge('appointed.lane.limit', {
      unit: '{request}',
      description: 'The most requests in flight on a lane that mailboxes share.',
    });
  }

  placementStarted(): void {
    this.#inFlight.add(1);
  }

  /** @param ms since its turn began; undefined where that was not told */
  placementEnded({ outcome, error }: Ended, verb: string | undefined, ms: number | undefined): void {
    const attributes: Attributes = {
      'appointed.outcome': outcome,
      ...(verb !== undefined && { 'appointed.verb': verb }),
    };
    if (ms !== undefined) {
      this.#inFlight.add(-1);
      this.#durations.record(ms / 1000, attributes);
    }
    this.#placements.add(1, { ...attributes, ...(error && { 'error.type': error.code }) });
  }

  /** It had its turn and came to nothing yet. */
  placementHeld(): void {
    this.#inFlight.add(-1);
  }

  duplicatesFound({ receipts }: LifecycleEvents['duplicatesFound']): void {
    this.#duplicates.add(receipts.length - 1);
  }

  runEnded({ verb, stopped }: LifecycleEvents['runEnded']): void {
    this.#runs.add(1, { 'appointed.verb': verb, ...(stopped && { 'error.type': stopped.code }) });
  }

  paceChanged({ lane, limit, quietMs = 0 }: PaceChange): void {
    const [, transport] = OF_ONE_MAILBOX.exec(lane) ?? [];
    const attributes = { 'appointed.lane': transport === undefined ? lane : `${transport}:mailbox` };
    if (quietMs > 0) this.#quiet.add(quietMs / 1000, attributes);
    if (transport === undefined) this.#limit.record(limit, attributes);
  }
}
