import type { IAppointmentFactory } from '@appointed/core';

/** A factory that makes a lesson for everybody. */
export const LESSON: IAppointmentFactory = lesson('1');

/** The lesson of a version. */
export function lesson(version: string): IAppointmentFactory {
  return {
    version,
    getAppointment: () => ({
      subject: `Lesson ${version}`,
      start: new Date('2027-01-15T09:00:00Z'),
      end: new Date('2027-01-15T10:00:00Z'),
    }),
  };
}

export default LESSON;

/** As many different addresses. */
export function addresses(count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => `person-${n + 1}@contoso.com`);
}
