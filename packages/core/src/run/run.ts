import { setMaxListeners } from 'node:events';
import { AppointedError } from '../error/appointed-error.js';
import type { LifecycleEmitter } from '../events/lifecycle-emitter.js';
import type { Placement } from '../events/lifecycle-events.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import { parseMailbox } from '../mailbox/parse-mailbox.js';
import type { Pacer } from '../pacer/pacer.js';
import { placementKey } from '../placement/placement-key.js';
import type { AppointmentTransport, Receipt } from '../transport/appointment-transport.js';
import type { Outcome } from '../transport/outcome.js';
import { AwaitedAnswers } from './awaited-answers.js';
import { Breaker } from './breaker.js';
import { MailboxSource, type SourceRow } from './mailbox-source.js';
import { placeMailbox } from './place-mailbox.js';
import type { PreparedPlacement } from './prepare-placement.js';
import type { RunReport } from './run-report.js';
import type { RunSettings } from './run-settings.js';
import { RunTally } from './run-tally.js';
import { SeenKeys } from './seen-keys.js';

/** What a run works with. */
export interface RunParts {
  readonly transport: AppointmentTransport;
  readonly pacer: Pacer;
  readonly clock: () => number;
  readonly events: LifecycleEmitter;
  /** How many mailboxes are worked on at once. */
  readonly maxInFlight: number;
}

/** One run, from its first mailbox to its report. */
export class Run {
  readonly parts: RunParts;
  readonly settings: RunSettings;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly answers: AwaitedAnswers;
  readonly #halt = new AbortController();
  readonly #abort = new AbortController();
  readonly #source: MailboxSource;
  readonly #seen = new SeenKeys();
  readonly #tally = new RunTally();
  readonly #breaker: Breaker;
  #stopped: AppointedError | undefined;

  constructor(parts: RunParts, settings: RunSettings) {
    this.parts = parts;
    this.settings = settings;
    this.startedAt = parts.clock();
    // Every request under way listens, and Node warns of more than ten listeners.
    setMaxListeners(0, this.halted, this.aborted);
    this.answers = new AwaitedAnswers(settings.requestTimeoutMs, this.aborted);
    this.#source = new MailboxSource(settings.mailboxes, this.halted);
    this.#breaker = new Breaker(settings.stopAfterRejections);
  }

  /** Aborted, with the reason, when nothing more may be begun. Requests under way go on, unless the caller aborts. */
  get halted(): AbortSignal {
    return this.#halt.signal;
  }

  /** Aborted when the caller aborts: requests under way are given up. */
  get aborted(): AbortSignal {
    return this.#abort.signal;
  }

  async execute(): Promise<RunReport> {
    const { signal, runId, slots } = this.settings;
    const onAbort = (): void => {
      this.#stop(new AppointedError('aborted', 'the run was aborted', { cause: signal.reason }));
      this.#abort.abort(signal.reason);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    this.parts.events.emit('runStarted', () => ({
      runId,
      startedAt: new Date(this.startedAt),
      slots: slots.map(({ name }) => name),
    }));
    try {
      await Promise.all(Array.from({ length: this.parts.maxInFlight }, () => this.#work()));
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.answers.close();
    }
    const report = this.#report();
    this.parts.events.emit('runEnded', () => report);
    return report;
  }

  /** Counts how a placement ended, and tells everybody. */
  async settle(placement: Placement, outcome: Outcome<Receipt>, sent?: PreparedPlacement): Promise<void> {
    this.#tally.settled(placement, outcome);
    const stop = this.#breaker.note(placement.row, outcome);
    if (stop !== undefined) this.#stop(stop);
    this.#tell(placement, outcome, sent);
    const { onPlacement } = this.settings;
    if (onPlacement === undefined) return;
    try {
      await onPlacement({ ...placement, outcome });
    } catch (cause) {
      const { id } = placement.mailbox;
      this.#stop(new AppointedError('on_placement_failed', `onPlacement failed for ${id}`, { mailbox: id, cause }));
    }
  }

  async #work(): Promise<void> {
    for (;;) {
      const row = await this.#nextRow();
      if (row === undefined) return;
      const mailbox = this.#accept(row);
      if (mailbox !== undefined) await placeMailbox(this, row.number, mailbox);
    }
  }

  async #nextRow(): Promise<SourceRow | undefined> {
    try {
      return await this.#source.next();
    } catch (cause) {
      this.#stop(
        new AppointedError('mailboxes_failed', `the list of mailboxes failed after row ${this.#source.rows}`, {
          hint: 'Mailboxes before that row had their turn; the others had not.',
          cause,
        }),
      );
      return undefined;
    }
  }

  #accept(row: SourceRow): Mailbox | undefined {
    try {
      const mailbox = parseMailbox(row.input, row.number);
      const [slot] = this.settings.slots;
      if (slot === undefined || this.#seen.add(placementKey(this.settings.runId, slot.name, mailbox))) return mailbox;
      throw new AppointedError('duplicate_mailbox', `row ${row.number} ${mailbox.id} stands in the list before`, {
        mailbox: mailbox.id,
        row: row.number,
      });
    } catch (error) {
      if (!AppointedError.is(error)) throw error;
      this.#tally.skipped(row.number, error);
      this.parts.events.emit('rowSkipped', () => ({ runId: this.settings.runId, row: row.number, error }));
      return undefined;
    }
  }

  #tell(placement: Placement, outcome: Outcome<Receipt>, sent: PreparedPlacement | undefined): void {
    const { events } = this.parts;
    switch (outcome.kind) {
      case 'done': {
        const { subject = '', sendMode = 'none' } = sent ?? {};
        events.emit('placementSaved', () => ({ ...placement, subject, sendMode, receipt: outcome.value }));
        return;
      }
      case 'rejected':
        events.emit('placementRejected', () => ({ ...placement, error: outcome.error, scope: outcome.scope }));
        return;
      case 'deferred':
        events.emit('placementDeferred', () => ({ ...placement, error: outcome.error }));
        return;
      case 'unknown':
        events.emit('placementUnknown', () => ({ ...placement, error: outcome.error }));
    }
  }

  /** The first reason counts. */
  #stop(reason: AppointedError): void {
    if (this.#stopped !== undefined) return;
    this.#stopped = reason;
    this.#halt.abort(reason);
  }

  #report(): RunReport {
    return {
      runId: this.settings.runId,
      transport: this.parts.transport.name,
      startedAt: new Date(this.startedAt),
      endedAt: new Date(this.parts.clock()),
      counts: this.#tally.counts(this.#source.rows),
      failures: this.#tally.failures,
      ...(this.#stopped === undefined ? {} : { stopped: this.#stopped }),
    };
  }
}
