import { AppointedError } from '../error/appointed-error.js';

/**
 * Keeps meetings back until it is known how many invitations they are together. As soon as that is more than allowed,
 * nothing has been mailed; once the list has ended with fewer, they may go.
 */
export class InvitationGuard {
  readonly #limit: number;
  #invitations = 0;
  #isOpen: boolean;
  /** Who was let go, and may come again after a setback: not many, while it is open. */
  readonly #admitted = new Set<string>();
  /** How many placements are held back. */
  held = 0;

  /** @param isOpen they need not wait: those of a canary, and where any number may go */
  constructor(limit: number, isOpen: boolean) {
    this.#limit = limit;
    this.#isOpen = isOpen || limit === Number.POSITIVE_INFINITY;
  }

  /**
   * Counts the invitations of one placement, once.
   * @returns whether it may go now; otherwise it is held back
   * @throws AppointedError `too_many_invitations`
   */
  admit(key: string, invitations: number): boolean {
    if (this.#isReleased || invitations === 0 || this.#admitted.has(key)) return true;
    this.#invitations += invitations;
    if (this.#invitations > this.#limit) throw tooMany(this.#invitations, this.#limit);
    if (this.#isOpen) {
      if (this.#limit < Number.POSITIVE_INFINITY) this.#admitted.add(key);
      return true;
    }
    this.held += 1;
    return false;
  }

  /** From now on all that was counted may go. */
  release(): void {
    this.#isReleased = true;
    this.held = 0;
  }

  /** Those that come now wait. */
  close(): void {
    this.#admitted.clear();
    this.#isOpen = this.#limit === Number.POSITIVE_INFINITY;
  }

  #isReleased = false;
}

function tooMany(invitations: number, limit: number): AppointedError {
  return new AppointedError(
    'too_many_invitations',
    `${invitations} invitations or more would be mailed, and ${limit} are allowed`,
    {
      field: 'maxInvitations',
      hint: 'Raise maxInvitations if they are all meant, or save the meetings with sendMode none.',
    },
  );
}
