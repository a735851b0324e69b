import { type Context, context, propagation } from '@opentelemetry/api';

/** A trace as text, for the data of a job: with the W3C propagator `traceparent`, and `tracestate` where there is one. */
export type TraceCarrier = Readonly<Record<string, string>>;

/** A context as text, written by the app's propagator; empty where it has none. */
export function carry(traced: Context): TraceCarrier {
  const carrier: Record<string, string> = {};
  propagation.inject(traced, carrier);
  return carrier;
}

/**
 * Does something within a trace that was begun elsewhere: what is observed meanwhile belongs to it.
 * @param carrier what {@link Observation.carrierOf} gave to whoever handed out the work
 */
export function continueTrace<T>(carrier: TraceCarrier, work: () => T): T {
  return context.with(propagation.extract(context.active(), carrier), work);
}
