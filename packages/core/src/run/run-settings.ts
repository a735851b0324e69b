import { randomUUID } from 'node:crypto';
import { AppointedError } from '../error/appointed-error.js';
import type { IAppointmentFactory } from '../factory/appointment-factory.js';
import { SEND_MODES } from '../placement/send-mode.js';
import type { FactoryReference, RunOptions } from './impersonation-runner.js';
import { checkOptions } from './known-options.js';

const DEFAULT_REQUEST_TIMEOUT_MS = 60_000;
const LONGEST_REQUEST_TIMEOUT_MS = 3_600_000;
const DEFAULT_STOP_AFTER_REJECTIONS = 20;
const DEFAULT_SETTLE_MS = 60_000;
const LONGEST_SETTLE_MS = 86_400_000;
const DEFAULT_MAX_ATTEMPTS = 5;
const OPTIONS: readonly (keyof RunOptions)[] = [
  'mailboxes',
  'factory',
  'factories',
  'id',
  'sendMode',
  'signal',
  'requestTimeoutMs',
  'stopAfterRejections',
  'settleMs',
  'maxAttempts',
  'lookup',
  'retryRejected',
  'onPlacement',
];
const NAME = /^[^\p{Cc}\p{Cs}]{1,200}$/u;

/** The name of a slot and the factory in it. */
interface Slot {
  readonly name: string;
  readonly factory: IAppointmentFactory;
}

/** A run's options, checked, with their defaults. */
export interface RunSettings {
  readonly runId: string;
  /** The caller chose the id: somebody else may have used it before. */
  readonly hasCallersId: boolean;
  readonly mailboxes: RunOptions['mailboxes'];
  readonly slots: readonly Slot[];
  readonly sendMode: RunOptions['sendMode'];
  readonly requestTimeoutMs: number;
  readonly stopAfterRejections: number;
  readonly settleMs: number;
  readonly maxAttempts: number;
  readonly lookup: NonNullable<RunOptions['lookup']>;
  readonly retryRejected: boolean;
  readonly signal: AbortSignal;
  readonly onPlacement: RunOptions['onPlacement'];
}

/** @throws AppointedError `invalid_options`, and what `resolve` throws */
export function readSettings(
  options: RunOptions,
  resolve: (reference: FactoryReference, slot: string) => IAppointmentFactory,
): RunSettings {
  checkOptions(options, OPTIONS);
  const { mailboxes, id = randomUUID(), sendMode, signal = new AbortController().signal, onPlacement } = options;
  if (mailboxes === undefined ? options.id === undefined : !isIterable(mailboxes)) {
    throw refuse('mailboxes', 'is not a list or an (async) iterable');
  }
  if (typeof id !== 'string' || !NAME.test(id))
    throw refuse('id', 'is not a text of 1 to 200 characters without control characters');
  if (sendMode !== undefined && !SEND_MODES.includes(sendMode)) {
    throw refuse('sendMode', `is none of ${SEND_MODES.join(', ')}`);
  }
  return {
    runId: id,
    hasCallersId: options.id !== undefined,
    mailboxes,
    slots: Object.entries(slotsOf(options)).map(([name, reference]) => {
      if (!NAME.test(name)) throw refuse('factories', `has a slot with an unusable name: ${JSON.stringify(name)}`);
      return { name, factory: resolve(reference, name) };
    }),
    sendMode,
    requestTimeoutMs: requestTimeoutOf(options),
    stopAfterRejections: stopAfterRejectionsOf(options),
    settleMs: settleOf(options),
    maxAttempts: maxAttemptsOf(options),
    lookup: lookupOf(options),
    retryRejected: options.retryRejected ?? false,
    signal,
    onPlacement,
  };
}

function slotsOf({ factory, factories }: RunOptions): Readonly<Record<string, FactoryReference>> {
  if ((factory === undefined) === (factories === undefined)) throw refuse('factory', 'or factories: give one of them');
  if (factory !== undefined) return { default: factory };
  if (factories === undefined || Object.keys(factories).length === 0) throw refuse('factories', 'is empty');
  return factories;
}

function requestTimeoutOf({ requestTimeoutMs = DEFAULT_REQUEST_TIMEOUT_MS }: RunOptions): number {
  if (requestTimeoutMs > 0 && requestTimeoutMs <= LONGEST_REQUEST_TIMEOUT_MS) return requestTimeoutMs;
  throw refuse('requestTimeoutMs', `is not between 0 and ${LONGEST_REQUEST_TIMEOUT_MS} milliseconds`);
}

function stopAfterRejectionsOf({ stopAfterRejections = DEFAULT_STOP_AFTER_REJECTIONS }: RunOptions): number {
  if (stopAfterRejections >= 1) return stopAfterRejections;
  throw refuse('stopAfterRejections', 'is not a number from 1 on, or Infinity');
}

function settleOf({ settleMs = DEFAULT_SETTLE_MS }: RunOptions): number {
  if (settleMs >= 0 && settleMs <= LONGEST_SETTLE_MS) return settleMs;
  throw refuse('settleMs', `is not between 0 and ${LONGEST_SETTLE_MS} milliseconds`);
}

function maxAttemptsOf({ maxAttempts = DEFAULT_MAX_ATTEMPTS }: RunOptions): number {
  if (Number.isInteger(maxAttempts) && maxAttempts >= 1 && maxAttempts <= 100) return maxAttempts;
  throw refuse('maxAttempts', 'is not a whole number from 1 to 100');
}

function lookupOf({ lookup = 'auto' }: RunOptions): RunSettings['lookup'] {
  if (lookup === 'auto' || lookup === 'never') return lookup;
  throw refuse('lookup', 'is neither auto nor never');
}

function isIterable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value);
}

function refuse(field: string, complaint: string): AppointedError {
  return new AppointedError('invalid_options', `${field} ${complaint}`, { field });
}
