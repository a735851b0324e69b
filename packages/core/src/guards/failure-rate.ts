import { AppointedError } from '../error/appointed-error.js';

/** With fewer placements a rate says nothing. */
const FEWEST = 20;

/** Notices when too large a part of the placements fails. */
export class FailureRate {
  readonly #limit: number;
  #ended = 0;
  #failed = 0;

  /** @param limit a part, from 0 to 1 */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @returns why the run must stop, or undefined */
  note(isFailure: boolean): AppointedError | undefined {
    this.#ended += 1;
    if (isFailure) this.#failed += 1;
    if (this.#ended < FEWEST || this.#failed <= this.#limit * this.#ended) return undefined;
    const hint = 'Mend the cause and continue the run, or raise maxFailureRate.';
    return new AppointedError('too_many_failures', `${this.#failed} of ${this.#ended} placements failed`, { hint });
  }
}
