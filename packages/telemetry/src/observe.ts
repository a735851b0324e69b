import type { EventName, LifecycleEvents, Listener, Placement, VerbName } from '@appointed/core';
import { type Meter, metrics, trace, type Tracer } from '@opentelemetry/api';
import { type Ended, endedBy, type EndingEvent, OUTCOMES } from './outcomes.js';
import { RunMetrics } from './run-metrics.js';
import { RunSpans } from './run-spans.js';
import { carry, type TraceCarrier } from './trace-carrier.js';
import { Turns } from './turns.js';

const NAME = '@appointed/telemetry';

/** What tells lifecycle events: a runner. */
export interface EventSource {
  on<E extends EventName>(event: E, listener: Listener<E>): unknown;
  off<E extends EventName>(event: E, listener: Listener<E>): unknown;
}

/** Where spans and metrics go. */
export interface ObserveOptions {
  /** By default of the tracer provider that the app has registered, if any. */
  readonly tracer?: Tracer;
  /** By default of the meter provider that the app has registered, if any. */
  readonly meter?: Meter;
  /** Spans name mailboxes and hold the messages of errors, which name them. By default they do not; metrics never do. */
  readonly addresses?: boolean;
}

/** An observation that goes on. */
export interface Observation {
  /**
   * The trace of a run as text, for those who work on parts of it elsewhere and observe that within `continueTrace`. Of a
   * run that is not going on here, the trace in which the caller is.
   */
  carrierOf(runId: string): TraceCarrier;
  /** Ends it. Spans that are open stay so. */
  stop(): void;
}

/**
 * Makes spans and metrics of what a runner tells: a span for each run and, in it, for each placement's turn; counters by
 * outcome, times, requests that were throttled. It never fails a run, and costs nothing where no provider is registered.
 */
export function observe(source: EventSource, options: ObserveOptions = {}): Observation {
  const { tracer = trace.getTracer(NAME), meter = metrics.getMeter(NAME), addresses = false } = options;
  const observer = new Observer(new RunSpans(tracer, addresses), new RunMetrics(meter));
  const ends: (() => unknown)[] = [];
  observer.listenTo((event, listener) => {
    source.on(event, listener);
    ends.push(() => source.off(event, listener));
  });
  return {
    carrierOf: (runId) => observer.carrierOf(runId),
    stop: () => {
      for (const end of ends) end();
    },
  };
}

class Observer {
  readonly #spans: RunSpans;
  readonly #metrics: RunMetrics;
  readonly #turns = new Turns();
  readonly #verbs = new Map<string, VerbName>();

  constructor(spans: RunSpans, runMetrics: RunMetrics) {
    this.#spans = spans;
    this.#metrics = runMetrics;
  }

  carrierOf(runId: string): TraceCarrier {
    return carry(this.#spans.contextOf(runId));
  }

  listenTo(listen: <E extends EventName>(event: E, listener: Listener<E>) => void): void {
    for (const event of Object.keys(OUTCOMES) as EndingEvent[]) {
      listen(event, (payload) => this.#placementEnded(endedBy(event, payload)));
    }
    listen('runStarted', (run) => this.#runStarted(run));
    listen('runEnded', (report) => this.#runEnded(report));
    listen('placementStarted', (placement) => this.#placementStarted(placement));
    listen('duplicatesFound', (found) => this.#metrics.duplicatesFound(found));
    listen('paceChanged', (change) => this.#metrics.paceChanged(change));
  }

  #runStarted(run: LifecycleEvents['runStarted']): void {
    this.#verbs.set(run.runId, run.verb);
    this.#spans.runStarted(run);
  }

  #runEnded(report: LifecycleEvents['runEnded']): void {
    for (const placement of this.#turns.endAll(report.runId)) this.#placementHeld(placement);
    this.#metrics.runEnded(report);
    this.#spans.runEnded(report);
    this.#verbs.delete(report.runId);
  }

  #placementStarted(placement: LifecycleEvents['placementStarted']): void {
    // What was held back has its turn once more, and nobody has told that it was.
    if (this.#turns.end(placement) !== undefined) this.#placementHeld(placement);
    this.#turns.begin(placement);
    this.#metrics.placementStarted();
    this.#spans.placementStarted(placement);
  }

  #placementHeld(placement: Placement): void {
    this.#metrics.placementHeld();
    this.#spans.placementEnded({ placement, outcome: 'held' });
  }

  #placementEnded(ended: Ended): void {
    const { runId } = ended.placement;
    this.#metrics.placementEnded(ended, this.#verbs.get(runId), this.#turns.end(ended.placement));
    this.#spans.placementEnded(ended);
  }
}
