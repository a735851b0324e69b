import { AppointedError } from '../error/appointed-error.js';

/** What a placement means for others, or for a service behind the calendar, and cannot be taken back quietly. */
export interface Consequences {
  readonly invitations: number;
  readonly onlineMeetings: number;
}

/** A placement that is kept back, and what it means. */
export interface HeldBack extends Consequences {
  readonly key: string;
}

/** Most appointments: they need nobody's leave. */
export function isHarmless({ invitations, onlineMeetings }: Consequences): boolean {
  return invitations === 0 && onlineMeetings === 0;
}

/**
 * Keeps meetings back until it is known how many invitations, and how many online meetings, they are together. As soon as
 * that is more than allowed, nothing has been mailed; once the list has ended with fewer, they may go.
 */
export class InvitationGuard {
  readonly #most: Consequences;
  readonly #onHeld: ((held: HeldBack) => void) | undefined;
  #invitations = 0;
  #onlineMeetings = 0;
  #isOpen: boolean;
  /** Who was let go, and may come again after a setback: not many, while it is open. */
  readonly #admitted = new Set<string>();
  /** How many placements are held back. */
  held = 0;

  /**
   * @param isOpen they need not wait: those of a canary
   * @param onHeld told of each that is held back
   */
  constructor(most: Consequences, isOpen: boolean, onHeld?: (held: HeldBack) => void) {
    this.#most = most;
    this.#isOpen = isOpen;
    this.#onHeld = onHeld;
  }

  /**
   * Counts what one placement means, once.
   * @returns whether it may go now; otherwise it is held back
   * @throws AppointedError `too_many_invitations`, `too_many_online_meetings`
   */
  admit(key: string, consequences: Consequences): boolean {
    if (this.#isReleased || !this.#isLimited(consequences) || this.#admitted.has(key)) return true;
    this.#invitations += consequences.invitations;
    this.#onlineMeetings += consequences.onlineMeetings;
    const { invitations, onlineMeetings } = this.#most;
    if (this.#invitations > invitations) throw tooManyInvitations(this.#invitations, invitations);
    if (this.#onlineMeetings > onlineMeetings) throw tooManyOnlineMeetings(this.#onlineMeetings, onlineMeetings);
    if (this.#isOpen) {
      this.#admitted.add(key);
      return true;
    }
    this.held += 1;
    this.#onHeld?.({ key, ...consequences });
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
    this.#isOpen = false;
  }

  #isLimited({ invitations, onlineMeetings }: Consequences): boolean {
    const { invitations: most, onlineMeetings: mostOnline } = this.#most;
    return (invitations > 0 && most !== Infinity) || (onlineMeetings > 0 && mostOnline !== Infinity);
  }

  #isReleased = false;
}

function tooManyOnlineMeetings(onlineMeetings: number, limit: number): AppointedError {
  return new AppointedError(
    'too_many_online_meetings',
    `${onlineMeetings} online meetings or more would be made, each with a link of its own, and ${limit} are allowed`,
    {
      field: 'maxOnlineMeetings',
      hint: 'Raise maxOnlineMeetings if they are all meant. For one meeting of many people place it once, with attendees.',
    },
  );
}

function tooManyInvitations(invitations: number, limit: number): AppointedError {
  return new AppointedError(
    'too_many_invitations',
    `${invitations} invitations or more would be mailed, and ${limit} are allowed`,
    {
      field: 'maxInvitations',
      hint: 'Raise maxInvitations if they are all meant, or save the meetings with sendMode none.',
    },
  );
}
