import type { Attendee } from '../appointment/appointment.js';
import { isNativeAppointment } from '../appointment/native-appointment.js';
import type { Moment } from '../appointment/moment.js';
import { Frequencies } from './frequencies.js';
import type { PlanCounts, PlanRecipient } from './plan.js';
import type { Planned } from './planned.js';

/** A room or another resource, asked for at a time. */
export interface Booking {
  readonly resource: string;
  readonly start: Moment;
}

/** Counts what a plan would place and mail, and to whom. Holds a counter for each recipient. */
export class PlanTally {
  readonly #recipients = new Frequencies<string>();
  readonly bookings: Frequencies<Booking> = new Frequencies();
  #placements = 0;
  #meetings = 0;
  invitations = 0;
  onlineMeetings = 0;

  add({ content, sending }: Planned): void {
    this.#placements += 1;
    if (sending.attendees > 0) this.#meetings += 1;
    const { invitations, onlineMeetings } = sending.consequences;
    this.invitations += invitations;
    this.onlineMeetings += onlineMeetings;
    if (invitations === 0 || isNativeAppointment(content)) return;
    const { requiredAttendees, optionalAttendees, resources, start } = content;
    this.#invite([...requiredAttendees, ...optionalAttendees, ...resources]);
    for (const { address } of resources) {
      this.bookings.add(`${address.toLowerCase()} ${start.epochMs}`, { resource: address, start });
    }
  }

  get counts(): Pick<PlanCounts, 'placements' | 'meetings' | 'invitations' | 'recipients'> {
    return {
      placements: this.#placements,
      meetings: this.#meetings,
      invitations: this.invitations,
      recipients: this.#recipients.size,
    };
  }

  get topRecipients(): readonly PlanRecipient[] {
    return this.#recipients.top().map(({ thing, count }) => ({ address: thing, invitations: count }));
  }

  #invite(attendees: readonly Attendee[]): void {
    for (const { address } of attendees) this.#recipients.add(address.toLowerCase(), address);
  }
}
