import { AppointedError } from '../error/appointed-error.js';
import { causeText } from '../error/cause-text.js';
import type { CanaryOptions } from '../run/run-options.js';
import { abortable } from './abortable.js';
import { reportOf } from './report-of.js';
import type { Run } from './run.js';

/** The first mailboxes of a list have their turn, and somebody is asked before the others have theirs. */
export class Canary {
  readonly #run: Run;
  readonly #options: CanaryOptions;
  #ended: () => void = () => undefined;
  #isOver = false;

  constructor(run: Run, options: CanaryOptions) {
    this.#run = run;
    this.#options = options;
  }

  /** Is it time to ask? */
  isComplete(mailboxes: number): boolean {
    return !this.#isOver && mailboxes >= this.#options.mailboxes;
  }

  /** All placements so far have ended. */
  allEnded(): void {
    this.#ended();
  }

  /** Asks, when `open` of them is none. @returns whether the others may have their turn */
  async isApproved(rows: number, open: number): Promise<boolean> {
    this.#isOver = true;
    const run = this.#run;
    try {
      if (open > 0) await abortable(this.#untilEnded(), run.halted);
      const isApproved = (await abortable(this.#ask(rows), run.halted)) === true;
      if (!isApproved) run.endEarly(notApproved(this.#options.mailboxes));
      run.invitations.close();
      return isApproved;
    } catch (cause) {
      if (!run.halted.aborted) run.stop(notApproved(this.#options.mailboxes, cause));
      return false;
    }
  }

  async #ask(rows: number): Promise<boolean | undefined> {
    return this.#options.approve?.(reportOf(this.#run, rows));
  }

  #untilEnded(): Promise<void> {
    return new Promise((resolve) => {
      this.#ended = resolve;
    });
  }
}

function notApproved(mailboxes: number, cause?: unknown): AppointedError {
  const why = cause === undefined ? '' : `: ${causeText(cause)}`;
  return new AppointedError('not_approved', `nobody approved what the first ${mailboxes} mailboxes got${why}`, {
    field: 'canary',
    hint: 'When it is as it should be, continue the run without a canary.',
    cause,
  });
}
