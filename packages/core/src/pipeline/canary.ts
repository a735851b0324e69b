import { AppointedError } from '../error/appointed-error.js';
import { causeText } from '../error/cause-text.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import { mailboxName } from '../mailbox/mailbox-name.js';
import type { CanaryOptions } from '../run/run-options.js';
import { abortable } from './abortable.js';
import { reportOf } from './report-of.js';
import type { Run } from './run.js';

/** The first mailboxes of a list have their turn, and somebody is asked before the others have theirs. */
export class Canary {
  /** How many mailboxes. */
  readonly size: number;
  readonly #run: Run;
  readonly #approve: CanaryOptions['approve'];
  readonly #mailboxes = new Set<string>();
  #ended: () => void = () => undefined;
  #isOver = false;
  #held = 0;

  constructor(run: Run, { mailboxes, approve }: CanaryOptions) {
    this.#run = run;
    this.size = mailboxes;
    this.#approve = approve;
  }

  /** How many placements of other mailboxes, which an earlier call has left, wait until it is over. */
  get held(): number {
    return this.#held;
  }

  /** The next mailbox of the list. */
  add(mailbox: Mailbox): void {
    if (this.#mailboxes.size < this.size) this.#mailboxes.add(mailboxName(mailbox));
  }

  /** May this mailbox have its turn? Who may not is held back. */
  admits(mailbox: Mailbox): boolean {
    if (this.#isOver || this.#mailboxes.has(mailboxName(mailbox))) return true;
    this.#held += 1;
    return false;
  }

  /** Is it time to ask? */
  isComplete(mailboxes: number): boolean {
    return !this.#isOver && mailboxes >= this.size;
  }

  /** Nothing is open but what is held back. */
  allEnded(): void {
    this.#ended();
  }

  /** Whoever is held back is to have their turn. */
  end(): void {
    this.#isOver = true;
    this.#held = 0;
    this.#run.invitations.close();
  }

  /**
   * Asks, when all placements have ended.
   * @param wake has those worked on that are open
   * @returns whether the others may have their turn
   */
  async isApproved(rows: number, wake: () => void): Promise<boolean> {
    await this.#allHaveEnded(wake);
    if (this.#held > 0) {
      // Some of its own were held back before the list named them.
      this.#held = 0;
      await this.#reopen();
      await this.#allHaveEnded(wake);
    }
    if (this.#run.halted.aborted || !(await this.#ask(rows))) return false;
    const wasHeld = this.#held > 0;
    this.end();
    if (wasHeld) await this.#reopen();
    wake();
    return true;
  }

  async #ask(rows: number): Promise<boolean> {
    const run = this.#run;
    try {
      const isApproved = (await abortable(this.#answer(rows), run.halted)) === true;
      if (!isApproved) run.endEarly(notApproved(this.size));
      return isApproved;
    } catch (cause) {
      if (!run.halted.aborted) run.stop(notApproved(this.size, cause));
      return false;
    }
  }

  async #answer(rows: number): Promise<boolean | undefined> {
    return this.#approve?.(reportOf(this.#run, rows));
  }

  async #reopen(): Promise<void> {
    const { parts, runId, verb } = this.#run;
    await parts.ledger.reopen(runId, ['waiting'], verb.task);
  }

  /** Ends early when the run is stopped. */
  async #allHaveEnded(wake: () => void): Promise<void> {
    const { halted } = this.#run;
    const ended = new Promise<void>((resolve) => {
      this.#ended = resolve;
    });
    wake();
    await abortable(ended, halted).catch(() => undefined);
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
