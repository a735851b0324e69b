import { AppointedError } from '../error/appointed-error.js';
import type { Outcome } from '../transport/outcome.js';

/** Notices what would fail everybody: one code for many mailboxes in a row, and nothing saved between. */
export class Breaker {
  readonly #limit: number;
  #code: string | undefined;
  // Rows and not rejections: several slots of one mailbox that fail alike say nothing about everybody. Mailboxes are
  // worked on at once, so that their slots' rejections come mixed.
  readonly #rows = new Set<number>();

  /** @param limit how many mailboxes */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @returns why the run must stop, or undefined */
  note(row: number, outcome: Outcome<unknown>): AppointedError | undefined {
    if (outcome.kind === 'done') this.#rows.clear();
    if (outcome.kind !== 'rejected') return undefined;
    const { error, scope } = outcome;
    if (scope === 'run') return error;
    if (this.#limit === Number.POSITIVE_INFINITY) return undefined;
    const code = error.server?.code ?? error.code;
    if (code !== this.#code) this.#rows.clear();
    this.#code = code;
    this.#rows.add(row);
    return this.#rows.size >= this.#limit ? this.#stop(code, error) : undefined;
  }

  #stop(code: string, cause: AppointedError): AppointedError {
    return new AppointedError(
      'too_many_rejections',
      `${this.#rows.size} mailboxes in a row were rejected with ${code}`,
      {
        hint: 'Mend the cause and run again, or raise stopAfterRejections if it really concerns only these mailboxes.',
        cause,
      },
    );
  }
}
