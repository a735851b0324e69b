import { AppointedError, type IAppointmentFactory, isNativeAppointment } from '@appointed/core';
import { versionOf } from '../version/version-of.js';

/**
 * What another factory makes, with this reminder in place of its own.
 * @param minutesBefore the start; `false` for none
 * @throws AppointedError (of `getAppointment`) `unsupported` for native appointments
 */
export function withReminder(minutesBefore: number | false, factory: IAppointmentFactory): IAppointmentFactory {
  const reminder = minutesBefore === false ? false : { minutesBefore };
  return {
    version: versionOf('with-reminder/1', [reminder, factory.version]),
    async getAppointment(context) {
      const content = await factory.getAppointment(context);
      if (isNativeAppointment(content)) {
        throw new AppointedError('unsupported', 'a reminder cannot be put into a native appointment', {
          field: 'reminder',
          hint: 'Have the native factory set it.',
        });
      }
      // Nothing has no reminder, and what is no appointment is for core to refuse.
      return typeof content === 'object' && content !== null
        ? { ...content, reminder: reminder === false ? false : { ...reminder } }
        : content;
    },
  };
}
