import type { AppointmentInput } from '../appointment/appointment-input.js';
import type { NativeAppointment } from '../appointment/native-appointment.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import type { Nothing } from './nothing.js';

/** What a factory may know when it is asked for an appointment. */
export interface FactoryContext {
  /** Whose calendar it is for, with its attributes. */
  readonly mailbox: Mailbox;
  readonly runId: string;
  /** The factory's name within the run; `default` where only one is given. */
  readonly slot: string;
  /** When the run was first started. Count from here and never from the clock: a run may be resumed tomorrow. */
  readonly startedAt: Date;
  /** The run's signal. */
  readonly signal: AbortSignal;
}

/** What a factory returns: plain data, a handle that only its transport understands, or that there is to be nothing. */
export type Content = AppointmentInput | NativeAppointment | Nothing;

/**
 * Makes one new appointment for one mailbox. A run asks for a fresh one for each mailbox, and may ask more than once
 * for the same; the same context must give the same content.
 *
 * An exception is reported as `factory_failed` for that mailbox, and the run goes on with the next.
 */
export interface IAppointmentFactory {
  /** Changes when the same context gives other content. A run is not continued with another version than it began with. */
  readonly version?: string;
  getAppointment(context: FactoryContext): Content | Promise<Content>;
}
