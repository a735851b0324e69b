import { createHash } from 'node:crypto';
import type { Appointment } from '../appointment/appointment.js';
import { isNativeAppointment, type NativeAppointment } from '../appointment/native-appointment.js';
import { AppointedError } from '../error/appointed-error.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import { mailboxName } from '../mailbox/mailbox-name.js';
import type { SendMode } from '../placement/send-mode.js';
import { sendingOf } from '../verbs/sending.js';

/** Digests what is to be placed, placement by placement, in the order of the list. */
export class PlanDigest {
  readonly #hash = createHash('sha256').update('appointed-plan/1');
  readonly #sendMode: SendMode | undefined;

  /** @param sendMode the run's */
  constructor(sendMode: SendMode | undefined) {
    this.#sendMode = sendMode;
  }

  /** @param content what the factory made, or why it made nothing */
  add(mailbox: Mailbox, slot: string, content: Appointment | NativeAppointment | AppointedError): void {
    // An appointment that was parsed has its members in one order, whatever the factory's had.
    this.#hash.update(`\0${JSON.stringify([mailboxName(mailbox), slot, this.#said(content)])}`);
  }

  /** Nothing can be added any more. */
  hex(): string {
    return this.#hash.digest('hex');
  }

  #said(content: Appointment | NativeAppointment | AppointedError): unknown {
    if (AppointedError.is(content)) return { error: content.code, field: content.field };
    const { sendMode } = sendingOf(content, this.#sendMode);
    if (!isNativeAppointment(content)) return { appointment: content, sendMode };
    const { transport, subject, attendeeCount } = content;
    return { native: { transport, subject, attendeeCount }, sendMode };
  }
}
