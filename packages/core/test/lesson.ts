import type { AppointmentInput, IAppointmentFactory } from '@appointed/core';

/** The least that an appointment needs. */
export const LESSON: AppointmentInput = {
  subject: 'Lesson',
  start: new Date('2027-01-15T09:00:00Z'),
  end: new Date('2027-01-15T10:00:00Z'),
};

/** A factory that makes the lesson for everybody. */
export const lesson: IAppointmentFactory = { getAppointment: () => ({ ...LESSON }) };

/** A factory of the lesson with other fields; what the types forbid is welcome. */
export function lessonWith(fields: Readonly<Record<string, unknown>>): IAppointmentFactory {
  return { getAppointment: () => ({ ...LESSON, ...fields }) as AppointmentInput };
}

/** As many different addresses, each made when it is asked for. */
export function* addresses(count: number): Generator<string> {
  for (let n = 1; n <= count; n += 1) yield `person-${n}@contoso.com`;
}
