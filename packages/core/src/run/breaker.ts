import { AppointedError } from '../error/appointed-error.js';
import type { Outcome } from '../transport/outcome.js';

/** Notices what would fail everybody: one code for many mailboxes in a row, and nothing saved between. */
export class Breaker {
  readonly #limit: number;
  #code: string | undefined;
  #row: number | undefined;
  #inARow = 0;

  /** @param limit how many mailboxes */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @returns why the run must stop, or undefined */
  note(row: number, outcome: Outcome<unknown>): AppointedError | undefined {
    if (outcome.kind === 'done') this.#count(undefined, 0, undefined);
    if (outcome.kind !== 'rejected') return undefined;
    const { error, scope } = outcome;
    if (scope === 'run') return error;
    const code = error.server?.code ?? error.code;
    if (code !== this.#code) this.#count(code, 1, row);
    // Several slots of one mailbox that fail alike say nothing about everybody.
    else if (row !== this.#row) this.#count(code, this.#inARow + 1, row);
    return this.#inARow >= this.#limit ? this.#stop(code, error) : undefined;
  }

  #count(code: string | undefined, inARow: number, row: number | undefined): void {
    this.#code = code;
    this.#inARow = inARow;
    this.#row = row;
  }

  #stop(code: string, cause: AppointedError): AppointedError {
    return new AppointedError('too_many_rejections', `${this.#inARow} mailboxes in a row were rejected with ${code}`, {
      hint: 'Mend the cause and run again, or raise stopAfterRejections if it really concerns only these mailboxes.',
      cause,
    });
  }
}
