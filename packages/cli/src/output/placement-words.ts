import type { AppointedError, ImpersonationRunner, Placement, Receipt } from '@appointed/core';
import type { Output, Tone } from './output.js';
import type { Progress } from './progress.js';

interface Told extends Placement {
  readonly error?: AppointedError;
  readonly receipt?: Receipt;
  readonly subject?: string;
  readonly fields?: readonly string[];
  readonly items?: number;
  readonly retryAt?: Date;
}

/** Says what becomes of each placement: a line for each, or on a terminal only of those with which something is wrong. */
export class PlacementWords {
  readonly #output: Output;
  readonly #progress: Progress;
  /** Rows that are no mailbox. */
  badRows = 0;

  constructor(output: Output, progress: Progress) {
    this.#output = output;
    this.#progress = progress;
  }

  listen(runner: ImpersonationRunner): void {
    const progress = this.#progress;
    runner
      .on('runStarted', (started) => {
        this.#output.record('started', started);
        if (started.isDryRun) this.#output.say('Dry run: nothing is written. It would be so:', 'quiet');
      })
      .on('rowSkipped', ({ row, error, runId }) => this.#skippedRow(runId, row, error))
      .on('placementStarted', ({ key }) => progress.begun(key))
      .on('placementSaved', (told) => this.#done('saved', told, told.subject))
      .on('placementFound', (told) => this.#done('found', told, 'was there already'))
      .on('placementUpdated', (told) => this.#done('revised', told, told.fields.join(', ') || 'was right already'))
      .on('placementRemoved', (told) => this.#done('removed', told, told.items === 0 ? 'was gone already' : ''))
      .on('placementSkipped', (told) => this.#ended('skipped', told, 'doubtful', 'skipped'))
      .on('placementRejected', (told) => this.#ended('rejected', told, 'bad', 'refused'))
      .on('placementDeferred', (told) => this.#set('deferred', told))
      .on('placementUnknown', (told) => this.#set('unknown', told))
      .on('duplicatesFound', (told) =>
        this.#say('double', told, `${told.mailbox.id} has ${told.receipts.length} of it`, 'bad'),
      );
  }

  #skippedRow(runId: string, row: number, error: AppointedError): void {
    if (error.code === 'invalid_mailbox') this.badRows += 1;
    this.#output.record('row-skipped', { runId, row, ...error.toJSON() });
    this.#output.say(`skipped   ${error.message}`, 'doubtful');
  }

  #done(word: string, told: Told, text: string): void {
    this.#progress.over(told.key);
    this.#progress.done += 1;
    this.#record(word, told);
    if (!this.#output.isWatched) this.#output.say(`${word.padEnd(9)} ${told.mailbox.id}  ${text}`.trimEnd());
  }

  #ended(word: string, told: Told, tone: Tone, count: 'refused' | 'skipped'): void {
    this.#progress.over(told.key);
    this.#progress[count] += 1;
    this.#say(word, told, told.error?.message ?? '', tone);
  }

  #set(word: string, told: Told): void {
    this.#progress.over(told.key);
    this.#progress[told.retryAt === undefined ? 'open' : 'retried'] += 1;
    const later = told.retryAt === undefined ? '' : ` (again at ${told.retryAt.toISOString()})`;
    this.#say(word, told, `${told.error?.message}${later}`, 'doubtful');
  }

  #say(word: string, told: Told, text: string, tone: Tone): void {
    this.#record(word, told);
    this.#output.say(`${word.padEnd(9)} ${text}`, tone);
  }

  #record(event: string, { mailbox, error, receipt, ...told }: Told): void {
    if (!this.#output.isJson) return;
    const { id, kind } = mailbox;
    this.#output.record('placement', { event, ...told, mailbox: id, kind, ...receipt, error: error?.toJSON() });
  }
}
