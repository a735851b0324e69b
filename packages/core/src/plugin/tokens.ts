import type { Distributor } from '../distribution/distributor.js';
import type { RunLedger } from '../ledger/run-ledger.js';
import type { Pacer } from '../pacer/pacer.js';
import type { AppointmentTransport } from '../transport/appointment-transport.js';
import { createToken, type Token } from './token.js';

/** The transport that a runner saves through. */
export const TRANSPORT: Token<AppointmentTransport> = createToken('transport');

/** The pacer that a runner asks before each request; by default an adaptive one that never exceeds the runner's `maxInFlight`. */
export const PACER: Token<Pacer> = createToken('pacer');

/** Tells the time, in milliseconds since the epoch; a run's start is taken from it. By default `Date.now`. */
export const CLOCK: Token<() => number> = createToken('clock');

/** The ledger that remembers a runner's runs; by default none outlives the run. */
export const LEDGER: Token<RunLedger> = createToken('ledger');

/** Has others work on a runner's runs; by default the runner does it itself. */
export const DISTRIBUTOR: Token<Distributor | undefined> = createToken('distributor');
