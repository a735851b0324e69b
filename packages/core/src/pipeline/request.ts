import { AppointedError } from '../error/appointed-error.js';
import { causeText } from '../error/cause-text.js';
import type { Claim } from '../ledger/run-ledger.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import type { Feedback, Permit } from '../pacer/pacer.js';
import type { Call, Route } from '../transport/appointment-transport.js';
import type { Failure, Outcome } from '../transport/outcome.js';
import type { Run } from './run.js';

/** Asks the transport for something, for one mailbox. */
export type Ask<T> = (mailbox: Mailbox, call: Call) => Promise<readonly Outcome<T>[]>;

/**
 * One request that writes, for claims of one mailbox: when the pacer permits it, and not when their lease is nearly over.
 * Where the server names the mailbox's primary address it is asked once more, by that.
 * @returns undefined when it was not sent, since the run was stopped
 */
export function request<T>(
  run: Run,
  route: Route,
  claims: readonly Claim[],
  ask: Ask<T>,
): Promise<readonly Outcome<T>[] | undefined> {
  const { mailbox } = (claims as readonly [Claim])[0].placement;
  return requestFor(run, route, { mailbox, answers: claims.length, sendBy: run.sendBy(claims) }, ask);
}

/** As {@link request}, of what only reads: it may come late, since nobody is harmed by it. */
export function inquire<T>(
  run: Run,
  route: Route,
  claims: readonly Claim[],
  ask: Ask<T>,
): Promise<readonly Outcome<T>[] | undefined> {
  const { mailbox } = (claims as readonly [Claim])[0].placement;
  return requestFor(run, route, { mailbox, answers: claims.length, sendBy: Number.POSITIVE_INFINITY }, ask);
}

/** For whom a request is, how many answers it has, and how late it may be sent. */
export interface Errand {
  readonly mailbox: Mailbox;
  readonly answers: number;
  /** Milliseconds since the epoch. */
  readonly sendBy: number;
  /** The server has named this mailbox instead of another. */
  readonly isRedirected?: boolean;
}

/** As {@link request}, of what nobody has to claim. */
export async function requestFor<T>(
  run: Run,
  route: Route,
  errand: Errand,
  ask: Ask<T>,
): Promise<readonly Outcome<T>[] | undefined> {
  const { mailbox, sendBy } = errand;
  const timeoutMs = run.settings.requestTimeoutMs;
  let outcomes: readonly Outcome<T>[];
  let permit: Permit;
  try {
    permit = await run.parts.pacer.acquire(route.lanes, run.halted, timeoutMs);
  } catch (error) {
    return noPermit(run, error);
  }
  if (run.halted.aborted || Date.now() > sendBy) {
    permit.release({ latencyMs: 0 });
    return run.halted.aborted ? undefined : forEach(errand, late(mailbox));
  }
  const began = performance.now();
  try {
    outcomes = complete(errand, await run.answers.wait(ask(mailbox, { signal: run.aborted, sendBy, timeoutMs })));
  } catch (cause) {
    // Whatever a transport throws is a defect of the transport; whether it had sent anything cannot be known here.
    outcomes = forEach(errand, { kind: 'unknown', error: transportFailed(mailbox, 'call', cause) });
  }
  permit.release(feedbackOn(run, outcomes, performance.now() - began));
  return (errand.isRedirected === true ? undefined : redirect(run, route, errand, outcomes, ask)) ?? outcomes;
}

/** Asks once more, by the primary address, where the server names one. @returns undefined where it does not */
function redirect<T>(
  run: Run,
  route: Route,
  errand: Errand,
  outcomes: readonly Outcome<T>[],
  ask: Ask<T>,
): Promise<readonly Outcome<T>[] | undefined> | readonly Outcome<T>[] | undefined {
  const primaryAddress = primaryAddressIn(outcomes);
  if (primaryAddress === undefined) return undefined;
  const primary: Mailbox = Object.freeze({ ...errand.mailbox, kind: 'smtp', id: primaryAddress });
  if (run.settings.exclusions.has(primary)) return outcomes.map(() => excluded(errand.mailbox, primary));
  return requestFor(run, route, { ...errand, mailbox: primary, isRedirected: true }, ask);
}

/** An outcome for each of the answers that are due. */
function complete<T>(errand: Errand, outcomes: readonly Outcome<T>[]): readonly Outcome<T>[] {
  const { answers, mailbox } = errand;
  if (outcomes.length === answers && !outcomes.includes(undefined as never)) return outcomes;
  return Array.from({ length: answers }, (_, index) => outcomes[index] ?? tooFew(mailbox));
}

function forEach({ answers }: Errand, failure: Failure): readonly Failure[] {
  return Array.from({ length: answers }, () => failure);
}

/** A pacer is to throw nothing but the reason for which the run was halted. */
function noPermit(run: Run, error: unknown): undefined {
  if (!run.halted.aborted) throw error;
}

/** Another address of somebody who is to be left alone. */
function excluded({ id }: Mailbox, primary: Mailbox): Failure {
  const message = `${id} is ${primary.id}, who stands in the list of those who are left alone`;
  return { kind: 'rejected', scope: 'mailbox', error: new AppointedError('excluded', message, { mailbox: id }) };
}

function late({ id }: Mailbox): Failure {
  const message = `${id}: its turn took too long, so that it was not sent`;
  const error = new AppointedError('timed_out', message, { mailbox: id, hint: 'Raise requestTimeoutMs.' });
  return { kind: 'deferred', error };
}

function tooFew(mailbox: Mailbox): Failure {
  return { kind: 'unknown', error: transportFailed(mailbox, 'call', new Error('it returned too few outcomes')) };
}

/** Where all answers name the same. */
function primaryAddressIn(outcomes: readonly Outcome<unknown>[]): string | undefined {
  const [first] = outcomes;
  const named = first && namedIn(first);
  return named !== undefined && outcomes.every((outcome) => namedIn(outcome) === named) ? named : undefined;
}

function namedIn(outcome: Outcome<unknown>): string | undefined {
  const again = outcome.kind === 'rejected' ? outcome.again : undefined;
  return again !== undefined && 'primaryAddress' in again ? again.primaryAddress : undefined;
}

function feedbackOn(run: Run, outcomes: readonly Outcome<unknown>[], latencyMs: number): Feedback {
  const feedback: { -readonly [K in keyof Feedback]: Feedback[K] } = { latencyMs };
  // What was given up because the run was aborted says nothing about the server.
  if (!run.aborted.aborted) feedback.went = wentOf(outcomes);
  const pause = pauseIn(outcomes);
  if (pause !== undefined) feedback.pause = pause;
  return feedback;
}

function wentOf(outcomes: readonly Outcome<unknown>[]): NonNullable<Feedback['went']> {
  let went: NonNullable<Feedback['went']> = 'well';
  for (const outcome of outcomes) {
    if (outcome.kind !== 'deferred' && outcome.kind !== 'unknown') continue;
    if (outcome.error.code === 'server_busy') return 'busy';
    went = 'failed';
  }
  return went;
}

function pauseIn(outcomes: readonly Outcome<unknown>[]): Feedback['pause'] {
  for (const outcome of outcomes) {
    if (outcome.kind === 'deferred' && outcome.pause !== undefined) return outcome.pause;
  }
  return undefined;
}

/** A transport threw, or answered what its contract does not allow. */
export function transportFailed({ id }: Mailbox, what: string, cause: unknown): AppointedError {
  const text = causeText(cause);
  return new AppointedError('transport_failed', `the transport's ${what} failed for ${id}: ${text}`, {
    mailbox: id,
    hint: 'This is a defect of the transport, which must return an outcome.',
    cause,
  });
}
