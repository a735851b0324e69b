const marker: unique symbol = Symbol.for('appointed.native');

/**
 * A handle on an appointment that only one transport understands, e.g. an object of ews-javascript-api. Core sees the
 * transport's name, the subject and the number of attendees; the object itself stays inside the transport.
 */
export interface NativeAppointment {
  readonly [marker]: true;
  /** The name of the transport that can save it. */
  readonly transport: string;
  readonly subject: string;
  /** How many people and resources it invites; decides the send mode. */
  readonly attendeeCount: number;
}

/** Makes a handle. For authors of transports; the object behind it is theirs to keep, e.g. in a WeakMap. */
export function nativeAppointment(fields: Omit<NativeAppointment, typeof marker>): NativeAppointment {
  return Object.freeze({ ...fields, [marker]: true as const });
}

/** Is it a handle made by {@link nativeAppointment}? */
export function isNativeAppointment(value: unknown): value is NativeAppointment {
  return typeof value === 'object' && value !== null && marker in value;
}
