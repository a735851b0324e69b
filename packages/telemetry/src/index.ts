export { continueTrace, type TraceCarrier } from './trace-carrier.js';
export { type EventSource, observe, type ObserveOptions, type Observation } from './observe.js';
